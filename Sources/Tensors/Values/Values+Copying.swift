import WorkbookArrays

extension Values {
  /// Sets all elements to one value.
  func fill(_ value: Double) {
    if Capture.isOn { return record(as: .constant) { $0.fill(value) } }
    guard isContiguous else {
      return assign(Values(value, shape, dtype))
    }
    if count == 0 { return }
    setElement(0, value)
    withExtendedLifetime(storage) { kernel_fill(dtype.byteCount, count, start, start) }
  }

  /// Sets all elements to a number, exact where an integer stands among integers.
  func fill(number: some Number) {
    if dtype == .int64, let integer = number as? Int, Int(exactly: number._double) != integer {
      return assign(Values(number: integer, dtype))
    }
    fill(number._double)
  }

  /// Sets each element to that of other values of the same type, whose shape broadcasts to this.
  func assign(_ other: Values) {
    if Capture.isOn { return record(other) { $0.assign($1) } }
    require(other.dtype == dtype, "assign: cannot put \(other.dtype) into \(dtype)")
    let x = other.unchanged(by: self).broadcast(to: shape, "assign")
    withExtendedLifetime((storage, x.storage)) {
      if isContiguous, x.isContiguous {
        start.copyMemory(from: x.start, byteCount: count * dtype.byteCount)
      } else {
        copyElements(shape, from: x.operand, to: operand)
      }
    }
  }

  /// These values as another element type.
  func converted(to type: DType) -> Values {
    if type == dtype { return self }
    let result = Values(shape, type)
    result.convert(contiguous())
    return result
  }

  private func convert(_ x: Values) {
    if Capture.isOn { return record(x) { $0.convert($1) } }
    withExtendedLifetime((storage, x.storage)) {
      if kernel_convert(x.dtype.kernelType, dtype.kernelType, count, x.start, start) { return }
      _ = x.elements.map(integer)
    }
  }

  /// The element at a place of the storage counted from `offset`; of what is no number, without its sign.
  func element(_ place: Int) -> Double {
    let value = withExtendedLifetime(storage) {
      switch dtype {
      case .float32: Double(pointer(Float.self)[place])
      case .float64: pointer(Double.self)[place]
      case .int64: Double(pointer(Int64.self)[place])
      case .bool: Double(pointer(UInt8.self)[place])
      }
    }
    return value.isNaN ? .nan : value
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

  /// Sets the elements in a range, of contiguous ones, to `start` and as many steps as `first`, one more
  /// for each.
  func setSteps(_ range: Range<Int>, from start: Double, _ first: Double, by step: Double) {
    if Capture.isOn {
      return record(as: .constant) { $0.setSteps(range, from: start, first, by: step) }
    }
    guard dtype.isFloatingPoint else {
      for i in range {
        setElement(i, start + (first + Double(i - range.lowerBound)) * step)
      }
      return
    }
    compute("arange", from: self) { kernels in
      inParallel(range.count, grain: elementwiseGrain) { part in
        kernels.table.ramp(
          part.count, start, first + Double(part.lowerBound), step,
          self.start + (range.lowerBound + part.lowerBound) * kernels.size)
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
