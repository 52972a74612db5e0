import Tensors
import WorkbookArrays

/// Each sample less its mean and divided by its standard deviation, times weights, plus biases.
///
/// Source: Ba, Kiros and Hinton, "Layer normalization", 2016.
///
/// ```swift
/// import Tensors
/// print(LayerNorm([3])([[1, 2, 3], [10, 20, 60]]))
/// ```
/// ```output
/// tensor([[-1.2247,  0.0000,  1.2247],
///         [-0.9258, -0.4629,  1.3887]], gradFn: layerNorm)
/// ```
public final class LayerNorm: Module {
  /// The weights, of the shape of a sample.
  public let weight: Tensor
  /// The biases, of the shape of a sample.
  public let bias: Tensor
  /// What keeps the divisor from 0.
  public let eps: Double

  /// A layer for samples of a shape, the last sizes of what it is given.
  ///
  /// Traps if `shape` is empty.
  public init(_ shape: [Int], eps: Double = 1e-5, dtype: DType = .float32) {
    require(!shape.isEmpty, "LayerNorm: a sample needs one dimension or more")
    weight = .ones(shape, dtype: dtype, requiresGrad: true)
    bias = .zeros(shape, dtype: dtype, requiresGrad: true)
    self.eps = eps
  }

  /// Computes the normalized samples.
  ///
  /// Traps unless the last sizes of `x` are those of a sample.
  ///
  /// ```swift
  /// import Tensors
  /// print(LayerNorm([2]).forward([[1, 3]]))
  /// ```
  /// ```output
  /// tensor([[-1.0000,  1.0000]], gradFn: layerNorm)
  /// ```
  public func forward(_ x: Tensor) -> Tensor {
    let shape = weight.shape
    require(
      Array(x.shape.suffix(shape.count)) == shape,
      "LayerNorm: the last sizes of \(x.shape) are not \(shape)")
    return x.layerNorm(weight, bias, eps)
  }

  /// The shape of a sample and eps.
  public var extraDescription: String { "\(weight.shape), eps: \(eps)" }
}
