import Tensors

/// A fully connected layer: `x · weightᵀ + bias`, from `[…, inFeatures]` to `[…, outFeatures]`.
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
  public func forward(_ x: Tensor) -> Tensor { x.linear(weight, bias) }

  /// The sizes.
  public var extraDescription: String {
    "inFeatures: \(weight.shape[1]), outFeatures: \(weight.shape[0]), bias: \(bias != nil)"
  }
}
