import Tensors

/// A fully connected layer: `x · weightᵀ + bias`, from `[…, inFeatures]` to `[…, outFeatures]`.
///
/// ```swift
/// import Tensors
/// manualSeed(0)
/// let layer = Linear(3, 2)
/// print(layer)
/// print(layer.weight)
/// print(layer.bias!)
/// ```
/// ```output
/// Linear(inFeatures: 3, outFeatures: 2, bias: true)
/// tensor([[-0.0043,  0.3097, -0.4752],
///         [-0.4249, -0.2224,  0.1548]], requiresGrad: true)
/// tensor([-0.0114,  0.4578], requiresGrad: true)
/// ```
public final class Linear: Module {
  /// The weights, `[outFeatures, inFeatures]`.
  public let weight: Tensor
  /// The biases, `[outFeatures]`; nil for a layer without.
  public let bias: Tensor?

  /// A layer with weights, then biases, drawn uniformly from ±1/√inFeatures.
  public init(
    _ inFeatures: Int, _ outFeatures: Int, bias: Bool = true, dtype: DType = .float32,
    device: Device = .cpu
  ) {
    weight = .zeros(outFeatures, inFeatures, dtype: dtype, device: device)
    self.bias = bias ? .zeros(outFeatures, dtype: dtype, device: device) : nil
    if inFeatures > 0 {
      // Term for term as PyTorch: Kaiming's uniform bound (He et al. 2015) with a = √5.
      let width = Double(inFeatures)
      let bound = 3.0.squareRoot() * ((2.0 / 6).squareRoot() / width.squareRoot())
      weight.uniform(-bound, bound)
      self.bias?.uniform(-1 / width.squareRoot(), 1 / width.squareRoot())
    }
    weight.requiresGrad = true
    self.bias?.requiresGrad = true
  }

  /// Computes `x · weightᵀ + bias`.
  ///
  /// Traps unless the last size of `x` is `inFeatures`.
  ///
  /// ```swift
  /// import Tensors
  /// let layer = Linear(3, 2)
  /// print(layer.forward(.ones(5, 3)).shape, layer(.ones(7, 5, 3)).shape)
  /// ```
  /// ```output
  /// [5, 2] [7, 5, 2]
  /// ```
  public func forward(_ x: Tensor) -> Tensor { x.linear(weight, bias) }

  /// The sizes.
  public var extraDescription: String {
    "inFeatures: \(weight.shape[1]), outFeatures: \(weight.shape[0]), bias: \(bias != nil)"
  }
}
