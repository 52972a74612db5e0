import WorkbookArrays

extension Values {
  /// Folds the given dimensions, ascending, into size 1; a copy if there are none.
  func reduced(_ kernel: KernelReduction, _ dims: [Int], _ operation: String) -> Values {
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
    result.compute(operation, from: self) {
      $0.reduce(kernel, outer, length, inner, start, result.start)
    }
    return result
  }

  /// The sum of all elements, without dimensions.
  func total() -> Values {
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
    let x = contiguous()
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
    let result = Values(places.shape, dtype)
    forEachPlace(dim, places) { result.setElement($0, element($1)) }
    return result
  }

  /// Zeros in a shape, with these values added where places along a dimension name.
  func scattered(_ dim: Int, _ places: Values, into shape: [Int]) -> Values {
    let result = Values(filled: 0, shape, dtype)
    let gradient = contiguous()
    result.forEachPlace(dim, places) {
      result.setElement($1, result.element($1) + gradient.element($0))
    }
    return result
  }

  /// Calls `body` with the number of each place and the offset of the element it names.
  private func forEachPlace(_ dim: Int, _ places: Values, _ body: (Int, Int) -> Void) {
    let indices = places.integers
    let counted = Layout.rowMajorStrides(places.shape)
    for i in indices.indices {
      require(
        indices[i] >= 0 && indices[i] < shape[dim],
        "gather: the index \(indices[i]) is not in 0..<\(shape[dim]), the size of dimension \(dim)")
      var offset = indices[i] * strides[dim]
      for d in shape.indices where d != dim {
        offset += i / counted[d] % max(places.shape[d], 1) * strides[d]
      }
      body(i, offset)
    }
  }
}
