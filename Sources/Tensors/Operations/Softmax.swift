import WorkbookArrays

extension Tensor {
  /// eˣ divided by its sum along a dimension: positive numbers that sum to 1.
  ///
  /// Traps if there is no such dimension.
  ///
  /// ```swift
  /// print(Tensor([[1, 2, 3], [1000, 1000, 0]]).softmax(dim: 1))
  /// ```
  /// ```output
  /// tensor([[0.0900, 0.2447, 0.6652],
  ///         [0.5000, 0.5000, 0.0000]])
  /// ```
  public func softmax(dim: Int) -> Tensor {
    let d = dimensions([dim], "softmax").first
    let result = values.softmax(d, isLog: false, "softmax")
    return Tensor(
      result, "softmax",
      Edge(self, saving: result) { g, y in g.softmaxGradient(y, d, isLog: false, "softmax") })
  }

  /// The logarithm of the softmax along a dimension, without its overflow and cancellation.
  ///
  /// Traps if there is no such dimension.
  ///
  /// ```swift
  /// print(Tensor([0, 1000]).logSoftmax(dim: 0))
  /// ```
  /// ```output
  /// tensor([-1000.,     0.])
  /// ```
  public func logSoftmax(dim: Int) -> Tensor {
    let d = dimensions([dim], "logSoftmax").first
    let result = values.softmax(d, isLog: true, "logSoftmax")
    return Tensor(
      result, "logSoftmax",
      Edge(self, saving: result) { g, y in g.softmaxGradient(y, d, isLog: true, "logSoftmax") })
  }
}
