import Tensors
import WorkbookArrays

/// Scales the gradients of parameters, in place, so that the Euclidean norm of all of them together
/// is `maxNorm` at most; returns the norm before.
///
/// Traps unless `maxNorm` is above 0.
///
/// ```swift
/// import Tensors
/// let (a, b) = (Tensor([3], requiresGrad: true), Tensor([4], requiresGrad: true))
/// (a * a + b * b).sum().backward()
/// print(clipGradNorm([a, b], maxNorm: 1))
/// print(a.grad!, b.grad!)
/// ```
/// ```output
/// 10.0
/// tensor([0.6000]) tensor([0.8000])
/// ```
@discardableResult
public func clipGradNorm(_ parameters: [Tensor], maxNorm: Double) -> Double {
  require(maxNorm > 0, "clipGradNorm: maxNorm cannot be \(maxNorm)")
  Capture.refuseRead("clipGradNorm")
  let gradients = parameters.compactMap(\.grad)
  let norms = gradients.map { $0.norm().item() }
  let total = norms.reduce(0) { $0 + $1 * $1 }.squareRoot()
  // Term for term as PyTorch.
  let scale = maxNorm / (total + 1e-6)
  if !(scale >= 1) { noGrad { for gradient in gradients { gradient *= scale } } }
  return total
}
