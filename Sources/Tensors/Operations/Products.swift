import WorkbookArrays

extension Tensor {
  /// The matrix product, `[n, k]` by `[k, m]` to `[n, m]`.
  ///
  /// Traps unless both are matrices and the inner sizes agree.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]], w: Tensor = [[1], [10]]
  /// print(x.mm(w))
  /// ```
  /// ```output
  /// tensor([[21.],
  ///         [43.]])
  /// ```
  ///
  /// <!-- workbook: traps="cannot multiply [2, 2] by [3, 1]; the inner sizes 2 and 3 differ" -->
  /// ```swift
  /// // mm: cannot multiply [2, 2] by [3, 1]; the inner sizes 2 and 3 differ
  /// print(x.mm(.ones(3, 1)))
  /// ```
  public func mm(_ other: Tensor) -> Tensor {
    Tensor(
      Values.mm(values, other.values), "mm",
      Edge(self, saving: other.values) { g, b in Values.mm(g, b.matrixTransposed) },
      Edge(other, saving: values) { g, a in Values.mm(a.matrixTransposed, g) })
  }

  /// The product of matrices, of vectors, or of stacks of matrices in the last two dimensions,
  /// whose other dimensions broadcast.
  ///
  /// A vector `[k]` on the left counts as `[1, k]`, on the right as `[k, 1]`, and the 1 goes again.
  ///
  /// Traps unless the inner sizes agree and the other dimensions broadcast.
  ///
  /// ```swift
  /// let v: Tensor = [1, 2, 3]
  /// print(v.matmul(v))
  /// print(Tensor.ones(5, 2, 3).matmul(v).shape)
  /// print(Tensor.ones(5, 1, 2, 3).matmul(.ones(4, 3, 6)).shape)
  /// ```
  /// ```output
  /// tensor(14.)
  /// [5, 2]
  /// [5, 4, 2, 6]
  /// ```
  public func matmul(_ other: Tensor) -> Tensor {
    require(
      ndim > 0 && other.ndim > 0,
      "matmul: needs one dimension or more, not \(shape) and \(other.shape)")
    let inner = (shape[ndim - 1], other.shape[Swift.max(other.ndim - 2, 0)])
    require(
      inner.0 == inner.1,
      "matmul: cannot multiply \(shape) by \(other.shape); "
        + "the inner sizes \(inner.0) and \(inner.1) differ")
    if ndim == 1 { return unsqueeze(0).matmul(other).squeeze(other.ndim == 1 ? 0 : -2).asResult() }
    if other.ndim == 1 { return matmul(other.unsqueeze(1)).squeeze(-1).asResult() }
    return Tensor(
      Values.matmul(values, other.values), "matmul",
      Edge(self, saving: other.values) { g, b in Values.matmul(g, b.matrixTransposed) },
      Edge(other, saving: values) { g, a in Values.matmul(a.matrixTransposed, g) })
  }

  /// `self · weightᵀ + bias`, as a linear layer computes it: `[n, i]`, `[o, i]`, `[o]` to `[n, o]`.
  ///
  /// Leading dimensions of `self` are kept: `[…, i]` to `[…, o]`. Traps unless the sizes agree.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2]], weight: Tensor = [[1, 0], [0, 1], [1, 1]]
  /// print(x.linear(weight, [0.5, 0, 0]))
  /// ```
  /// ```output
  /// tensor([[1.5000, 2.0000, 3.0000]])
  /// ```
  public func linear(_ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
    require(weight.ndim == 2, "linear: a weight is [out, in], not \(weight.shape)")
    if ndim != 2, let width = shape.last {
      let outer = Array(shape.dropLast())
      return reshape(outer.reduce(1, *), width).linear(weight, bias)
        .reshape(outer + [weight.shape[0]]).asResult()
    }
    let result = Values.mm(
      values, weight.values.matrixTransposed, bias: bias?.values, "linear")
    let edges = (
      Edge(self, saving: weight.values) { g, w in Values.mm(g, w) },
      Edge(weight, saving: values) { g, x in Values.mm(g.matrixTransposed, x) }
    )
    guard let bias else { return Tensor(result, "linear", edges.0, edges.1) }
    return Tensor(result, "linear", [edges.0, edges.1, Edge(bias) { $0 }])
  }
}
