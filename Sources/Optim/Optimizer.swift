import Tensors

/// What improves parameters step by step by their gradients.
///
/// For an update rule of one's own, conform a class and change the parameters in `step`, within
/// `noGrad`:
///
///     final class Sign: Optimizer {
///       let parameters: [Tensor]
///       init(_ parameters: [Tensor]) { self.parameters = parameters }
///
///       func step() {
///         noGrad {
///           for p in parameters { if let g = p.grad { p -= 0.01 * (g / g.abs()) } }
///         }
///       }
///     }
public protocol Optimizer: AnyObject {
  /// What is improved.
  var parameters: [Tensor] { get }

  /// Changes every parameter that has a gradient by one step.
  func step()
}

extension Optimizer {
  /// Forgets the gradients of all parameters, so that `backward` starts anew.
  public func zeroGrad() {
    for parameter in parameters { parameter.grad = nil }
  }
}

/// Traps unless there are parameters and all of them can be learned.
func requireLearnable(_ parameters: [Tensor], _ optimizer: String) {
  require(!parameters.isEmpty, "\(optimizer): no parameters to improve")
  for (i, parameter) in parameters.enumerated() {
    require(
      parameter.isLeaf && parameter.requiresGrad,
      "\(optimizer): parameter \(i), \(parameter.shape), is not a leaf that requires a gradient")
  }
}

/// Traps unless a setting is within bounds.
func requireSetting(_ isValid: Bool, _ optimizer: String, _ name: String, _ value: Double) {
  require(isValid, "\(optimizer): \(name) cannot be \(value)")
}
