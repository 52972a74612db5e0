import WorkbookArrays

extension Values {
  /// Folds the given dimensions, ascending, into size 1; a copy if there are none.
  func reduced(_ kernel: KernelReduction, _ dims: [Int], _ operation: String) -> Values {
    if dtype == .bool {
      // Counted, or chosen from.
      let result = converted(to: .int64).reduced(kernel, dims, operation)
      return kernel == .sum || kernel == .product ? result : result.converted(to: .bool)
    }
    if dims.isEmpty { return copy() }
    var x = contiguous()
    // Neighbouring dimensions are folded together, the last run first.
    var end = dims.count
    while end > 0 {
      var start = end - 1
      while start > 0, dims[start - 1] == dims[start] - 1 { start -= 1 }
      x = x.reducedRun(kernel, dims[start], dims[end - 1], operation)
      end = start
    }
    return x
  }

  private func reducedRun(
    _ kernel: KernelReduction, _ first: Int, _ last: Int, _ operation: String
  ) -> Values {
    var target = shape
    for d in first...last { target[d] = 1 }
    let (outer, length, inner) = layout.sections(first, last)
    if length == 0, kernel == .maximum || kernel == .minimum {
      require(outer * inner == 0, "\(operation): no elements to choose from in \(shape)")
    }
    let result = Values(target, dtype)
    result.reduce(kernel, outer, length, inner, self, operation)
    return result
  }

  /// Sets these values, `[outer, inner]`, to those of contiguous ones, `[outer, length, inner]`, folded.
  private func reduce(
    _ kernel: KernelReduction, _ outer: Int, _ length: Int, _ inner: Int, _ x: Values,
    _ operation: String
  ) {
    if Capture.isOn {
      return record(x) { $0.reduce(kernel, outer, length, inner, $1, operation) }
    }
    if dtype == .int64 {
      return withExtendedLifetime((storage, x.storage)) {
        kernel_reduce_i64(kernel, outer, length, inner, x.pointer(Int.self), pointer(Int.self))
      }
    }
    compute(operation, from: x) { $0.reduce(kernel, outer, length, inner, x.start, start) }
  }

  /// The sum of all elements, without dimensions.
  func total() -> Values {
    if !dtype.isFloatingPoint {
      let x = converted(to: .int64).contiguous().reshaped([count])
      return x.reduced(.sum, [0], "sum").reshaped([])
    }
    if isSingle { return single * Double(count) }
    let result = Values([], dtype)
    result.reduce(.sum, 1, count, 1, contiguous(), "sum")
    return result
  }

  /// The sums over all that broadcasting repeated, back in the shape before it.
  func summed(to target: [Int]) -> Values {
    if shape == target { return self }
    let shift = shape.count - target.count
    let dims = shape.indices.filter { $0 < shift || target[$0 - shift] == 1 && shape[$0] != 1 }
    if isSingle {
      let repeats = dims.reduce(1) { $0 * shape[$1] }
      return (single * Double(repeats)).broadcast(to: target, "sum")
    }
    return reduced(.sum, dims, "sum").reshaped(target)
  }

  /// The sum of the squares of the differences of values of one shape, without dimensions.
  static func squaredDistance(_ a: Values, _ b: Values) -> Values {
    let result = Values([], a.dtype)
    result.addSquares(a.contiguous(), b.contiguous())
    return result
  }

  private func addSquares(_ x: Values, _ y: Values) {
    if Capture.isOn { return record(x, y) { $0.addSquares($1, $2) } }
    compute("MSELoss", from: x, y) {
      $0.table.squared_distance(x.count, x.start, y.start, start)
    }
  }

  /// `scale · (a − b)` for values of one shape, and a `scale` of one element.
  static func scaledDifference(_ scale: Values, _ a: Values, _ b: Values) -> Values {
    let x = a.contiguous()
    let result = Values(like: x)
    result.scaleDifference(scale, x, b.contiguous())
    return result
  }

  private func scaleDifference(_ scale: Values, _ x: Values, _ y: Values) {
    if Capture.isOn { return record(scale, x, y) { $0.scaleDifference($1, $2, $3) } }
    compute("MSELoss", from: x, y) {
      $0.table.scaled_difference(count, scale.element(0), x.start, y.start, start)
    }
  }

  /// The first places of the largest (`sign` 1) or smallest (-1) elements along a dimension, which
  /// becomes size 1.
  func argExtreme(_ sign: Int32, _ dim: Int, _ operation: String) -> Values {
    guard dtype.isFloatingPoint else {
      // No floating-point type holds all integers: the first equal to the extreme is looked for.
      let integers = converted(to: .int64)
      let extreme = integers.reduced(sign > 0 ? .maximum : .minimum, [dim], operation)
      return Values.compare(.equal, integers, extreme, operation).converted(to: .float32)
        .argExtreme(1, dim, operation)
    }
    let x = contiguous()
    var target = shape
    target[dim] = 1
    let (outer, length, inner) = layout.sections(dim, dim)
    require(
      length > 0 || outer * inner == 0, "\(operation): no elements to choose from in \(shape)")
    let result = Values(target, .int64)
    result.findExtremes(sign, outer, length, inner, x, operation)
    return result
  }

  private func findExtremes(
    _ sign: Int32, _ outer: Int, _ length: Int, _ inner: Int, _ x: Values, _ operation: String
  ) {
    if Capture.isOn {
      return record(x) { $0.findExtremes(sign, outer, length, inner, $1, operation) }
    }
    compute(operation, from: x) {
      $0.table.arg_extreme(outer, length, inner, sign, x.start, pointer(Int.self))
    }
  }

  /// The elements that places along a dimension name, in the shape of the places.
  func gathered(_ dim: Int, _ places: Values, _ operation: String) -> Values {
    var x = self
    for d in shape.indices where d != dim { x = x.slice(d, 0..<places.shape[d]) }
    let result = Values(places.shape, dtype)
    result.gather(dim, places, x.contiguous(), operation)
    return result
  }

  private func gather(_ dim: Int, _ places: Values, _ x: Values, _ operation: String) {
    if Capture.isOn { return record(places, x) { $0.gather(dim, $1, $2, operation) } }
    let ((outer, count, inner), length) = (places.layout.sections(dim, dim), x.shape[dim])
    withExtendedLifetime((storage, places.storage, x.storage)) {
      if kernel_gather(
        dtype.byteCount, outer, length, inner, count, places.pointer(Int.self), x.start, start)
      {
        return
      }
      let index = places.integers.first { $0 < 0 || $0 >= length }!
      fail("\(operation): the index \(index) is not in 0..<\(length), the size of dimension \(dim)")
    }
  }

  /// Zeros in a shape, with these values added where places along a dimension name.
  func scattered(_ dim: Int, _ places: Values, into shape: [Int]) -> Values {
    let gradient = contiguous()
    var near = places.shape
    near[dim] = shape[dim]
    let result = Values(filled: 0, near, dtype)
    result.scatter(dim, places, gradient)
    if near == shape { return result }
    let whole = Values(filled: 0, shape, dtype)
    var part = whole
    for d in shape.indices { part = part.slice(d, 0..<near[d]) }
    part.assign(result)
    return whole
  }

  private func scatter(_ dim: Int, _ places: Values, _ x: Values) {
    if Capture.isOn { return record(places, x) { $0.scatter(dim, $1, $2) } }
    let (outer, count, inner) = places.layout.sections(dim, dim)
    withExtendedLifetime(places.storage) {
      compute("gather", from: x) {
        $0.table.scatter_add(
          outer, shape[dim], inner, count, places.pointer(Int.self), x.start, start)
      }
    }
  }
}
