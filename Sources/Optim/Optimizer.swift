import WorkbookArrays
import Tensors

/// What improves parameters step by step by their gradients.
///
/// For an update rule of one's own, conform a class and change the parameters in `step`, within
/// `noGrad`:
///
/// ```swift
/// import Tensors
///
/// final class Sign: Optimizer {
///   let parameters: [Tensor]
///   init(_ parameters: [Tensor]) { self.parameters = parameters }
///
///   func step() {
///     noGrad {
///       for p in parameters { if let g = p.grad { p -= 0.01 * (g / g.abs()) } }
///     }
///   }
/// }
///
/// let w = Tensor([1, -100], requiresGrad: true)
/// (w * w).sum().backward()
/// Sign([w]).step()
/// print(w)
/// ```
/// ```output
/// tensor([  0.9900, -99.9900], requiresGrad: true)
/// ```
public protocol Optimizer: AnyObject {
  /// What is improved.
  var parameters: [Tensor] { get }

  /// The learning rate, which schedulers change.
  ///
  /// An optimizer that declares none as `var lr` cannot be scheduled.
  var lr: Double { get set }

  /// The learning rates, one for each group of parameters that has its own; only ``lr`` at first.
  var lrs: [Double] { get set }

  /// Changes every parameter that has a gradient by one step.
  func step()
}

extension Optimizer {
  /// Traps: an optimizer of one's own has the learning rate that it declares.
  public var lr: Double {
    get { failWithoutRate(self) }
    set { failWithoutRate(self) }
  }

  /// The learning rate alone.
  public var lrs: [Double] {
    get { [lr] }
    set {
      requireRates(newValue, 1)
      lr = newValue[0]
    }
  }

  /// Forgets the gradients of all parameters, so that `backward` starts anew.
  ///
  /// ```swift
  /// import Tensors
  /// let w = Tensor([1], requiresGrad: true)
  /// let optimizer = SGD([w], lr: 0.1)
  /// (w * w).backward()
  /// optimizer.zeroGrad()
  /// print(w.grad == nil)
  /// ```
  /// ```output
  /// true
  /// ```
  public func zeroGrad() {
    for parameter in parameters { parameter.grad = nil }
  }
}

private func failWithoutRate(_ optimizer: any Optimizer) -> Never {
  let name = "\(type(of: optimizer))"
  fail("lr: \(name) has no learning rate to read and set; declare var lr: Double in it")
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
