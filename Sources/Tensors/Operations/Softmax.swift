import Kernels

extension Tensor {
  /// eˣ divided by its sum along a dimension: positive numbers that sum to 1.
  public func softmax(dim: Int) -> Tensor {
    let d = dimension(dim, "softmax")
    let powers = (values - values.reduced(.maximum, [d], "softmax")).map(.exp, "softmax")
    let result = powers / powers.reduced(.sum, [d], "softmax")
    return Tensor(
      result, "softmax",
      Edge(self, saving: result) { g, y in y * (g - (g * y).reduced(.sum, [d], "softmax")) })
  }

  /// The logarithm of the softmax along a dimension, without its overflow and cancellation.
  public func logSoftmax(dim: Int) -> Tensor {
    let d = dimension(dim, "logSoftmax")
    let shifted = values - values.reduced(.maximum, [d], "logSoftmax")
    let sums = shifted.map(.exp, "logSoftmax").reduced(.sum, [d], "logSoftmax")
    let result = shifted - sums.map(.log, "logSoftmax")
    return Tensor(
      result, "logSoftmax",
      Edge(self, saving: result) { g, y in
        g - y.map(.exp, "logSoftmax") * g.reduced(.sum, [d], "logSoftmax")
      })
  }
}
