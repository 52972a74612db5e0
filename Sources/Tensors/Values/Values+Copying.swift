import Kernels
import NDArrays

extension Values {
  /// Sets all elements to one value.
  func fill(_ value: Double) {
    guard isContiguous else {
      return assign(Values(value, shape, dtype))
    }
    let count = count
    switch dtype {
    case .float32, .float64:
      withPointers(
        "fill",
        f32: { kernel_fill_f32(count, Float(value), $0) },
        f64: { kernel_fill_f64(count, value, $0) })
    case .int64:
      withExtendedLifetime(storage) {
        pointer(Int64.self).update(repeating: integer(value), count: count)
      }
    case .bool:
      withExtendedLifetime(storage) {
        pointer(UInt8.self).update(repeating: value != 0 ? 1 : 0, count: count)
      }
    }
  }

  /// Sets each element to that of other values of the same type, whose shape broadcasts to this.
  func assign(_ other: Values) {
    require(other.dtype == dtype, "assign: cannot put \(other.dtype) into \(dtype)")
    let x = other.unchanged(by: self).broadcast(to: shape, "assign")
    if count == 0 { return }
    if isContiguous, x.isContiguous {
      let byteCount = count * dtype.byteCount
      return withExtendedLifetime((storage, x.storage)) {
        storage.base.advanced(by: offset * dtype.byteCount).copyMemory(
          from: x.storage.base.advanced(by: x.offset * dtype.byteCount), byteCount: byteCount)
      }
    }
    let grid = Grid(shape, [x.strides, strides])
    let (from, to) = (grid.steps[0], grid.steps[1])
    switch dtype {
    case .float32:
      grid.forEach { rows, columns, at in
        withExtendedLifetime((storage, x.storage)) {
          kernel_copy_f32(
            rows, columns, x.pointer(Float.self) + at[0], from.row, from.column,
            pointer(Float.self) + at[1], to.row, to.column)
        }
      }
    case .float64:
      grid.forEach { rows, columns, at in
        withExtendedLifetime((storage, x.storage)) {
          kernel_copy_f64(
            rows, columns, x.pointer(Double.self) + at[0], from.row, from.column,
            pointer(Double.self) + at[1], to.row, to.column)
        }
      }
    case .int64: copyElements(grid, x, Int64.self)
    case .bool: copyElements(grid, x, UInt8.self)
    }
  }

  private func copyElements<Scalar>(_ grid: Grid, _ x: Values, _: Scalar.Type) {
    let (from, to) = (grid.steps[0], grid.steps[1])
    withExtendedLifetime((storage, x.storage)) {
      let (source, target) = (x.pointer(Scalar.self), pointer(Scalar.self))
      grid.forEach { rows, columns, at in
        for row in 0..<rows {
          for column in 0..<columns {
            target[at[1] + row * to.row + column * to.column] =
              source[at[0] + row * from.row + column * from.column]
          }
        }
      }
    }
  }

  /// These values as another element type.
  func converted(to type: DType) -> Values {
    if type == dtype { return self }
    let x = contiguous()
    let result = Values(shape, type)
    let count = count
    withExtendedLifetime((x.storage, result.storage)) {
      switch (dtype, type) {
      case (.float32, .float64):
        kernel_convert_f32_f64(count, x.pointer(Float.self), result.pointer(Double.self))
      case (.float64, .float32):
        kernel_convert_f64_f32(count, x.pointer(Double.self), result.pointer(Float.self))
      default:
        for i in 0..<count { result.setElement(i, x.element(i)) }
      }
    }
    return result
  }

  /// The element at a place of the storage counted from `offset`.
  func element(_ place: Int) -> Double {
    withExtendedLifetime(storage) {
      switch dtype {
      case .float32: Double(pointer(Float.self)[place])
      case .float64: pointer(Double.self)[place]
      case .int64: Double(pointer(Int64.self)[place])
      case .bool: Double(pointer(UInt8.self)[place])
      }
    }
  }

  /// Sets the element at a place of the storage counted from `offset`.
  func setElement(_ place: Int, _ value: Double) {
    withExtendedLifetime(storage) {
      switch dtype {
      case .float32: pointer(Float.self)[place] = Float(value)
      case .float64: pointer(Double.self)[place] = value
      case .int64: pointer(Int64.self)[place] = integer(value)
      case .bool: pointer(UInt8.self)[place] = value != 0 ? 1 : 0
      }
    }
  }

  /// Sets an int64 element.
  func setInteger(_ place: Int, _ value: Int) {
    withExtendedLifetime(storage) { pointer(Int64.self)[place] = Int64(value) }
  }

  private func integer(_ value: Double) -> Int64 {
    guard let integer = Int64(exactly: value.rounded(.towardZero)) else {
      fail("to: \(value) has no int64")
    }
    return integer
  }

  /// All elements in row-major order.
  var elements: [Double] {
    let x = contiguous()
    return (0..<count).map { x.element($0) }
  }

  /// All elements of integer values in row-major order.
  var integers: [Int] {
    let x = contiguous()
    return withExtendedLifetime(x.storage) {
      (0..<count).map { Int(x.pointer(Int64.self)[$0]) }
    }
  }
}
