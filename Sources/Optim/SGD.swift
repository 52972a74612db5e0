import WorkbookArrays
import Tensors

/// Stochastic gradient descent, optionally with momentum, term for term and rounded as in PyTorch.
///
///     g ← grad + weightDecay · w
///     v ← momentum · v + (1 − dampening) · g        v ← g at the first step
///     g ← nesterov ? g + momentum · v : v
///     w ← w − lr · g
///
/// ```swift
/// import Tensors
/// let w = Tensor([1, -100], requiresGrad: true)
/// let optimizer = SGD([w], lr: 0.1)
/// (w * w).sum().backward()
/// optimizer.step()
/// print(w)
/// ```
/// ```output
/// tensor([  0.8000, -80.0000], requiresGrad: true)
/// ```
public final class SGD: GroupedOptimizer {
  /// Parameters with settings of their own.
  ///
  /// ```swift
  /// import Tensors
  /// let (a, b) = (Tensor([1], requiresGrad: true), Tensor([1], requiresGrad: true))
  /// let optimizer = SGD([SGD.Group([a], lr: 0.1), SGD.Group([b], lr: 0.5)])
  /// (a + b).backward()
  /// optimizer.step()
  /// print(a, b)
  /// optimizer.paramGroups[1].lr = 0.25
  /// ```
  /// ```output
  /// tensor([0.9000], requiresGrad: true) tensor([0.5000], requiresGrad: true)
  /// ```
  public struct Group: ParameterGroup {
    /// What is improved.
    public let parameters: [Tensor]
    /// The learning rate.
    public var lr: Double
    /// How much of the velocity stays from step to step.
    public var momentum: Double
    /// How much less of the gradient goes into the velocity.
    public var dampening: Double
    /// The factor of the L2 penalty.
    public var weightDecay: Double
    /// Whether to look ahead by the velocity.
    public var nesterov: Bool

    /// Parameters with settings of their own.
    ///
    /// Traps if there are none, if a setting is negative, or if `nesterov` is without momentum or with
    /// dampening.
    public init(
      _ parameters: [Tensor], lr: Double = 1e-3, momentum: Double = 0, dampening: Double = 0,
      weightDecay: Double = 0, nesterov: Bool = false
    ) {
      requireLearnable(parameters, "SGD")
      requireSetting(lr >= 0, "SGD", "lr", lr)
      requireSetting(momentum >= 0, "SGD", "momentum", momentum)
      requireSetting(weightDecay >= 0, "SGD", "weightDecay", weightDecay)
      require(
        !nesterov || momentum > 0 && dampening == 0,
        "SGD: nesterov needs a momentum above 0 and no dampening")
      self.parameters = parameters
      self.lr = lr
      self.momentum = momentum
      self.dampening = dampening
      self.weightDecay = weightDecay
      self.nesterov = nesterov
    }
  }

  /// The groups; their settings may change between steps, their parameters may not.
  public var paramGroups: [Group] {
    willSet { requireSameParameters(paramGroups, newValue) }
  }
  private var velocities: [Tensor?]

  /// Descent on the given parameters.
  ///
  /// Traps if there are none, if one is given twice, if a setting is negative, or if `nesterov` is
  /// without momentum or with dampening.
  public convenience init(
    _ parameters: [Tensor], lr: Double = 1e-3, momentum: Double = 0, dampening: Double = 0,
    weightDecay: Double = 0, nesterov: Bool = false
  ) {
    self.init([
      Group(
        parameters, lr: lr, momentum: momentum, dampening: dampening, weightDecay: weightDecay,
        nesterov: nesterov)
    ])
  }

  /// Descent on groups of parameters, each with settings of its own.
  ///
  /// Traps if there are none, or if a parameter is in them twice.
  public init(_ groups: [Group]) {
    requireDistinct(groups, "SGD")
    paramGroups = groups
    velocities = groups.flatMap(\.parameters).map { _ in nil }
  }

  /// Changes every parameter that has a gradient by one step.
  ///
  /// ```swift
  /// import Tensors
  /// let w = Tensor([1], requiresGrad: true)
  /// let optimizer = SGD([w], lr: 0.1, momentum: 0.9)
  /// for _ in 0..<3 {
  ///   optimizer.zeroGrad()
  ///   w.sum().backward()
  ///   optimizer.step()
  ///   print(w)
  /// }
  /// ```
  /// ```output
  /// tensor([0.9000], requiresGrad: true)
  /// tensor([0.7100], requiresGrad: true)
  /// tensor([0.4390], requiresGrad: true)
  /// ```
  public func step() {
    improveEach { [self] i, parameter, gradient, group in
      let isFirst = velocities[i] == nil
      if isFirst, group.momentum != 0 { velocities[i] = .zerosLike(parameter) }
      let settings = KernelSGD(
        rate: group.lr, weight_decay: group.weightDecay, momentum: group.momentum,
        share: 1 - group.dampening, nesterov: group.nesterov, first: isFirst)
      // Without momentum the velocity rests.
      let velocity = group.momentum != 0 ? velocities[i] : nil
      parameter.update("SGD", gradient, velocity) { table, count, w, g, velocity, _, _ in
        table.sgd(settings, count, w, g, velocity)
      }
    }
  }
}
