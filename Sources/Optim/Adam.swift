import WorkbookArrays
import Tensors

/// Adam (Kingma and Ba 2015), term for term as in PyTorch.
///
///     t ← t + 1
///     g ← grad + weightDecay · w
///     m ← β₁ · m + (1 − β₁) · g                     the first moment, the mean
///     v ← β₂ · v + (1 − β₂) · g²                    the second moment
///     m̂ ← m / (1 − β₁ᵗ),  v̂ ← v / (1 − β₂ᵗ)         without their bias towards 0
///     w ← w − lr · m̂ / (√v̂ + eps)
///
/// ```swift
/// import Tensors
/// let w = Tensor([1, -100], requiresGrad: true)
/// let optimizer = Adam([w], lr: 0.1)
/// (w * w).sum().backward()
/// optimizer.step()
/// print(w)
/// ```
/// ```output
/// tensor([  0.9000, -99.9000], requiresGrad: true)
/// ```
public final class Adam: Optimizer {
  private let rule: AdamRule

  /// What is improved.
  public var parameters: [Tensor] { rule.parameters }

  /// The learning rate.
  public var lr: Double {
    get { rule.lr }
    set { rule.lr = newValue }
  }

  /// Adam on the given parameters.
  ///
  /// Traps if there are none, or if a setting is out of bounds.
  ///
  /// - Parameters:
  ///   - parameters: What to improve.
  ///   - lr: The learning rate.
  ///   - betas: How much of each moment stays from step to step.
  ///   - eps: What keeps the divisor from 0.
  ///   - weightDecay: The factor of the L2 penalty.
  ///   - amsgrad: Whether the largest second moment so far divides (Reddi et al. 2018).
  public init(
    _ parameters: [Tensor], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false
  ) {
    rule = AdamRule(
      "Adam", parameters, lr, betas, eps, weightDecay, isDecoupled: false, amsgrad: amsgrad)
  }

  /// Changes every parameter that has a gradient by one step.
  ///
  /// ```swift
  /// import Tensors
  /// let w = Tensor([1], requiresGrad: true)
  /// let optimizer = Adam([w], lr: 0.1)
  /// for _ in 0..<3 {
  ///   optimizer.zeroGrad()
  ///   w.sum().backward()
  ///   optimizer.step()
  ///   print(w)
  /// }
  /// ```
  /// ```output
  /// tensor([0.9000], requiresGrad: true)
  /// tensor([0.8000], requiresGrad: true)
  /// tensor([0.7000], requiresGrad: true)
  /// ```
  public func step() { rule.step() }
}

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), term for term as in PyTorch.
///
/// Before each step of ``Adam`` without decay, w ← w − lr · weightDecay · w.
///
/// ```swift
/// import Tensors
/// let w = Tensor([1, 1], requiresGrad: true)
/// let optimizer = AdamW([w], lr: 0.1, weightDecay: 0.5)
/// w[0].backward()
/// optimizer.step()
/// print(w)
/// ```
/// ```output
/// tensor([0.8500, 0.9500], requiresGrad: true)
/// ```
public final class AdamW: Optimizer {
  private let rule: AdamRule

  /// What is improved.
  public var parameters: [Tensor] { rule.parameters }

  /// The learning rate.
  public var lr: Double {
    get { rule.lr }
    set { rule.lr = newValue }
  }

  /// AdamW on the given parameters; for the settings see ``Adam``.
  ///
  /// Traps if there are none, or if a setting is out of bounds.
  public init(
    _ parameters: [Tensor], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 1e-2, amsgrad: Bool = false
  ) {
    rule = AdamRule(
      "AdamW", parameters, lr, betas, eps, weightDecay, isDecoupled: true, amsgrad: amsgrad)
  }

  /// Changes every parameter that has a gradient by one step.
  public func step() { rule.step() }
}

/// The settings, state and update rule of both.
private final class AdamRule {
  private struct State {
    var t = 0
    let m: Tensor
    let v: Tensor
    let maximum: Tensor?
  }

  let parameters: [Tensor]
  var lr: Double
  private let name: String
  private let betas: (Double, Double)
  private let eps: Double
  private let weightDecay: Double
  private let isDecoupled: Bool
  private let amsgrad: Bool
  private var states: [State?]

  init(
    _ name: String, _ parameters: [Tensor], _ lr: Double, _ betas: (Double, Double), _ eps: Double,
    _ weightDecay: Double, isDecoupled: Bool, amsgrad: Bool
  ) {
    requireLearnable(parameters, name)
    requireSetting(lr >= 0, name, "lr", lr)
    requireSetting(0 <= betas.0 && betas.0 < 1, name, "betas.0", betas.0)
    requireSetting(0 <= betas.1 && betas.1 < 1, name, "betas.1", betas.1)
    requireSetting(eps >= 0, name, "eps", eps)
    requireSetting(weightDecay >= 0, name, "weightDecay", weightDecay)
    self.name = name
    self.parameters = parameters
    self.lr = lr
    self.betas = betas
    self.eps = eps
    self.weightDecay = weightDecay
    self.isDecoupled = isDecoupled
    self.amsgrad = amsgrad
    states = parameters.map { _ in nil }
  }

  func step() {
    for (i, parameter) in parameters.enumerated() {
      guard let gradient = parameter.grad else { continue }
      var state =
        states[i]
        ?? State(
          m: .zerosLike(parameter), v: .zerosLike(parameter),
          maximum: amsgrad ? .zerosLike(parameter) : nil)
      state.t += 1
      states[i] = state
      // Everything in double, rounded once; 1 − 0.999 in float32 would be off by 1e-5 already.
      let settings = KernelAdam(
        step_size: lr / (1 - pow(betas.0, Double(state.t))), share1: 1 - betas.0, beta2: betas.1,
        share2: 1 - betas.1, epsilon: eps,
        root_correction: (1 - pow(betas.1, Double(state.t))).squareRoot(),
        weight_decay: isDecoupled ? 0 : weightDecay, shrink: isDecoupled ? 1 - lr * weightDecay : 1)
      parameter.update(name, gradient, state.m, state.v, state.maximum) {
        table, count, w, g, m, v, maximum in
        table.adam(settings, count, w, g, m!, v!, maximum)
      }
    }
  }
}
