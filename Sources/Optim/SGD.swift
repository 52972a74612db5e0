import WorkbookArrays
import Tensors

/// Stochastic gradient descent, optionally with momentum, term for term as in PyTorch.
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
public final class SGD: Optimizer {
  /// What is improved.
  public let parameters: [Tensor]
  /// The learning rate.
  public var lr: Double
  /// How much of the velocity stays from step to step.
  public let momentum: Double
  /// How much less of the gradient goes into the velocity.
  public let dampening: Double
  /// The factor of the L2 penalty.
  public let weightDecay: Double
  /// Whether to look ahead by the velocity.
  public let nesterov: Bool
  private var velocities: [Tensor?]

  /// Descent on the given parameters.
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
    velocities = parameters.map { _ in nil }
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
    for (i, parameter) in parameters.enumerated() {
      guard let gradient = parameter.grad else { continue }
      let isFirst = velocities[i] == nil
      if isFirst, momentum != 0 { velocities[i] = .zerosLike(parameter) }
      let settings = KernelSGD(
        rate: lr, weight_decay: weightDecay, momentum: momentum, share: 1 - dampening,
        nesterov: nesterov, first: isFirst)
      parameter.update("SGD", gradient, velocities[i]) { table, count, w, g, velocity, _, _ in
        table.sgd(settings, count, w, g, velocity)
      }
    }
  }
}
