import WorkbookArrays
import Tensors

/// RMSprop (Hinton 2012), term for term as in PyTorch.
///
///     g ← grad + weightDecay · w
///     s ← alpha · s + (1 − alpha) · g²
///     a ← alpha · a + (1 − alpha) · g               only if centered
///     b ← momentum · b + g / (√(s − a²) + eps)
///     w ← w − lr · b
///
/// ```swift
/// import Tensors
/// let w = Tensor([1.5, -100], requiresGrad: true)
/// let optimizer = RMSprop([w], lr: 0.1)
/// (w * w).sum().backward()
/// optimizer.step()
/// print(w)
/// ```
/// ```output
/// tensor([  0.5000, -99.0000], requiresGrad: true)
/// ```
public final class RMSprop: GroupedOptimizer {
  /// Parameters with settings of their own.
  ///
  /// ```swift
  /// import Tensors
  /// let (a, b) = (Tensor([1], requiresGrad: true), Tensor([1], requiresGrad: true))
  /// let groups = [RMSprop.Group([a]), RMSprop.Group([b], lr: 0.1)]
  /// print(RMSprop(groups).lrs)
  /// ```
  /// ```output
  /// [0.01, 0.1]
  /// ```
  public struct Group: ParameterGroup {
    /// What is improved.
    public let parameters: [Tensor]
    /// The learning rate.
    public var lr: Double
    /// How much of the squares' mean stays from step to step.
    public var alpha: Double
    /// What keeps the divisor from 0.
    public var eps: Double
    /// The factor of the L2 penalty.
    public var weightDecay: Double
    /// How much of the velocity stays from step to step.
    public var momentum: Double
    /// Whether the gradient's variance divides, not its mean square.
    public let centered: Bool

    /// Parameters with settings of their own.
    ///
    /// Traps if there are none, or if a setting is negative.
    public init(
      _ parameters: [Tensor], lr: Double = 1e-2, alpha: Double = 0.99, eps: Double = 1e-8,
      weightDecay: Double = 0, momentum: Double = 0, centered: Bool = false
    ) {
      requireLearnable(parameters, "RMSprop")
      requireSetting(lr >= 0, "RMSprop", "lr", lr)
      requireSetting(alpha >= 0, "RMSprop", "alpha", alpha)
      requireSetting(eps >= 0, "RMSprop", "eps", eps)
      requireSetting(weightDecay >= 0, "RMSprop", "weightDecay", weightDecay)
      requireSetting(momentum >= 0, "RMSprop", "momentum", momentum)
      self.parameters = parameters
      self.lr = lr
      self.alpha = alpha
      self.eps = eps
      self.weightDecay = weightDecay
      self.momentum = momentum
      self.centered = centered
    }
  }

  private struct State {
    let square: Tensor
    let mean: Tensor?
    var velocity: Tensor?
  }

  /// The groups; their settings may change between steps, their parameters may not.
  public var paramGroups: [Group] {
    willSet { requireSameParameters(paramGroups, newValue) }
  }
  private var states: [State?]

  /// RMSprop on the given parameters.
  ///
  /// Traps if there are none, if one is given twice, or if a setting is negative.
  public convenience init(
    _ parameters: [Tensor], lr: Double = 1e-2, alpha: Double = 0.99, eps: Double = 1e-8,
    weightDecay: Double = 0, momentum: Double = 0, centered: Bool = false
  ) {
    self.init([
      Group(
        parameters, lr: lr, alpha: alpha, eps: eps, weightDecay: weightDecay, momentum: momentum,
        centered: centered)
    ])
  }

  /// RMSprop on groups of parameters, each with settings of its own.
  ///
  /// Traps if there are none, or if a parameter is in them twice.
  public init(_ groups: [Group]) {
    requireDistinct(groups, "RMSprop")
    paramGroups = groups
    states = groups.flatMap(\.parameters).map { _ in nil }
  }

  /// Changes every parameter that has a gradient by one step.
  ///
  /// ```swift
  /// import Tensors
  /// let w = Tensor([1.5], requiresGrad: true)
  /// let optimizer = RMSprop([w], lr: 0.1)
  /// for _ in 0..<3 {
  ///   optimizer.zeroGrad()
  ///   w.sum().backward()
  ///   optimizer.step()
  ///   print(w)
  /// }
  /// ```
  /// ```output
  /// tensor([0.5000], requiresGrad: true)
  /// tensor([-0.2089], requiresGrad: true)
  /// tensor([-0.7891], requiresGrad: true)
  /// ```
  public func step() {
    improveEach { [self] i, parameter, gradient, group in
      var state =
        states[i]
        ?? State(
          square: .zerosLike(parameter), mean: group.centered ? .zerosLike(parameter) : nil)
      if group.momentum > 0, state.velocity == nil { state.velocity = .zerosLike(parameter) }
      states[i] = state
      let settings = KernelRMSprop(
        rate: group.lr, alpha: group.alpha, share: 1 - group.alpha, epsilon: group.eps,
        weight_decay: group.weightDecay, momentum: group.momentum)
      // Without momentum the velocity rests.
      let velocity = group.momentum > 0 ? state.velocity : nil
      parameter.update("RMSprop", gradient, state.square, state.mean, velocity) {
        table, count, w, g, square, mean, velocity in
        table.rmsprop(settings, count, w, g, square!, mean, velocity)
      }
    }
  }
}
