import WorkbookArrays

extension Values {
  /// Folds the given dimensions, ascending, into size 1; a copy if there are none.
  func reduced(_ kernel: KernelReduction, _ dims: [Int], _ operation: String) -> Values {
    if dims.isEmpty { return copy() }
    var x = contiguous()
    if dtype == .bool, kernel == .sum || kernel == .product { x = x.converted(to: .int64) }
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
    if dtype == .int64 {
      withExtendedLifetime((storage, result.storage)) {
        kernel_reduce_i64(
          kernel, outer, length, inner, pointer(Int.self), result.pointer(Int.self))
      }
      return result
    }
    result.compute(operation, from: self) {
      $0.reduce(kernel, outer, length, inner, start, result.start)
    }
    return result
  }

  /// The sum of all elements, without dimensions.
  func total() -> Values {
    if !dtype.isFloatingPoint {
      let x = converted(to: .int64).contiguous().reshaped([count])
      return x.reduced(.sum, [0], "sum").reshaped([])
    }
    if isSingle { return single * Double(count) }
    let x = contiguous()
    let result = Values([], dtype)
    result.compute("sum", from: x) { $0.reduce(.sum, 1, count, 1, x.start, result.start) }
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
    let (x, y) = (a.contiguous(), b.contiguous())
    let result = Values([], a.dtype)
    result.compute("MSELoss", from: x, y) {
      $0.table.squared_distance(x.count, x.start, y.start, result.start)
    }
    return result
  }

  /// `scale · (a − b)` for values of one shape, and a `scale` of one element.
  static func scaledDifference(_ scale: Values, _ a: Values, _ b: Values) -> Values {
    let (x, y) = (a.contiguous(), b.contiguous())
    let result = Values(like: x)
    result.compute("MSELoss", from: x, y) {
      $0.table.scaled_difference(x.count, scale.element(0), x.start, y.start, result.start)
    }
    return result
  }

  /// The first places of the largest (`sign` 1) or smallest (-1) elements along a dimension, which
  /// becomes size 1.
  func argExtreme(_ sign: Int32, _ dim: Int, _ operation: String) -> Values {
    let x = dtype.isFloatingPoint ? contiguous() : converted(to: .float64).contiguous()
    var target = shape
    target[dim] = 1
    let (outer, length, inner) = layout.sections(dim, dim)
    require(
      length > 0 || outer * inner == 0, "\(operation): no elements to choose from in \(shape)")
    let result = Values(target, .int64)
    result.compute(operation, from: x) {
      $0.table.arg_extreme(outer, length, inner, sign, x.start, result.pointer(Int.self))
    }
    return result
  }

  /// The elements that places along a dimension name, in the shape of the places.
  func gathered(_ dim: Int, _ places: Values) -> Values {
    var x = self
    for d in shape.indices where d != dim { x = x.slice(d, 0..<places.shape[d]) }
    x = x.contiguous()
    let result = Values(places.shape, dtype)
    let (outer, count, inner) = places.layout.sections(dim, dim)
    withExtendedLifetime((x.storage, places.storage, result.storage)) {
      if kernel_gather(
        dtype.byteCount, outer, shape[dim], inner, count, places.pointer(Int.self), x.start,
        result.start)
      {
        return
      }
      let index = places.integers.first { $0 < 0 || $0 >= shape[dim] }!
      fail(
        "gather: the index \(index) is not in 0..<\(shape[dim]), the size of dimension \(dim)")
    }
    return result
  }

  /// Zeros in a shape, with these values added where places along a dimension name.
  func scattered(_ dim: Int, _ places: Values, into shape: [Int]) -> Values {
    let gradient = contiguous()
    var near = places.shape
    near[dim] = shape[dim]
    let result = Values(filled: 0, near, dtype)
    let (outer, count, inner) = places.layout.sections(dim, dim)
    withExtendedLifetime(places.storage) {
      result.compute("gather", from: gradient) {
        $0.table.scatter_add(
          outer, shape[dim], inner, count, places.pointer(Int.self), gradient.start, result.start)
      }
    }
    if near == shape { return result }
    let whole = Values(filled: 0, shape, dtype)
    var part = whole
    for d in shape.indices { part = part.slice(d, 0..<near[d]) }
    part.assign(result)
    return whole
  }
}
