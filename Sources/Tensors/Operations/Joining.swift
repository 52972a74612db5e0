import WorkbookArrays

extension Tensor {
  /// Tensors one after the other along a dimension; the other sizes must agree.
  ///
  /// Empty ones of shape `[0]` are left out. Traps if the sizes do not agree, or if there is no tensor.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2]], y: Tensor = [[3, 4]]
  /// print(Tensor.cat([x, y]))
  /// print(Tensor.cat([x, y], dim: 1))
  /// ```
  /// ```output
  /// tensor([[1., 2.],
  ///         [3., 4.]])
  /// tensor([[1., 2., 3., 4.]])
  /// ```
  public static func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
    let filled = tensors.filter { $0.shape != [0] }
    let tensors = filled.isEmpty ? tensors : filled
    guard let first = tensors.first else { fail("cat: needs at least one tensor") }
    let d = first.dimension(dim, "cat")
    for tensor in tensors {
      var (expected, actual) = (first.shape, tensor.shape)
      if actual.count == expected.count { (expected[d], actual[d]) = (0, 0) }
      require(
        expected == actual,
        "cat: cannot put \(tensor.shape) after \(first.shape) along dimension \(d)")
      if tensor.dtype != first.dtype { failOnMixing("cat", first.dtype, tensor.dtype) }
    }
    var start = 0
    let edges = tensors.map { tensor in
      let range = start..<start + tensor.shape[d]
      start = range.upperBound
      return Edge(tensor) { $0.slice(d, range) }
    }
    return Tensor(Values.joined(tensors.map(\.values), d), "cat", edges)
  }

  /// Tensors of one shape side by side along a new dimension.
  ///
  /// Traps if the shapes differ, or if there is no tensor.
  ///
  /// ```swift
  /// let x: Tensor = [1, 2], y: Tensor = [3, 4]
  /// print(Tensor.stack([x, y]))
  /// print(Tensor.stack([x, y], dim: 1))
  /// ```
  /// ```output
  /// tensor([[1., 2.],
  ///         [3., 4.]])
  /// tensor([[1., 3.],
  ///         [2., 4.]])
  /// ```
  public static func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
    guard let first = tensors.first else { fail("stack: needs at least one tensor") }
    for tensor in tensors {
      require(
        tensor.shape == first.shape, "stack: cannot put \(tensor.shape) beside \(first.shape)")
      if tensor.dtype != first.dtype { failOnMixing("stack", first.dtype, tensor.dtype) }
    }
    let place = first.placeOfNewDimension(dim, "stack")
    let edges = tensors.enumerated().map { i, tensor in Edge(tensor) { $0.select(place, i) } }
    return Tensor(Values.stacked(tensors.map(\.values), place), "stack", edges)
  }
}
