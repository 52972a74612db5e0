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
    let d = dimensions([dim], "softmax")
    let powers = shifted(d, "softmax").map(.exp, "softmax")
    let result = powers / powers.reduced(.sum, d, "softmax")
    return Tensor(
      result, "softmax",
      Edge(self, saving: result) { g, y in y * (g - (g * y).reduced(.sum, d, "softmax")) })
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
    let d = dimensions([dim], "logSoftmax")
    let shifted = shifted(d, "logSoftmax")
    let sums = shifted.map(.exp, "logSoftmax").reduced(.sum, d, "logSoftmax")
    let result = shifted - sums.map(.log, "logSoftmax")
    return Tensor(
      result, "logSoftmax",
      Edge(self, saving: result) { g, y in
        g - y.map(.exp, "logSoftmax") * g.reduced(.sum, d, "logSoftmax")
      })
  }

  /// The elements less the largest along a dimension, so that no power overflows.
  private func shifted(_ dims: [Int], _ operation: String) -> Values {
    count == 0 ? values : values - values.reduced(.maximum, dims, operation)
  }
}
