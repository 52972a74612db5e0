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
public final class Adam: GroupedOptimizer, AdamOptimizer {
  /// Parameters with settings of their own.
  ///
  /// ```swift
  /// import Tensors
  /// let (a, b) = (Tensor([1], requiresGrad: true), Tensor([1], requiresGrad: true))
  /// let optimizer = Adam([Adam.Group([a], lr: 0.1), Adam.Group([b], lr: 0.5)])
  /// optimizer.paramGroups[0].lr = 0.2
  /// print(optimizer.lrs)
  /// ```
  /// ```output
  /// [0.2, 0.5]
  /// ```
  public struct Group: ParameterGroup, AdamGroup {
    /// What is improved.
    public let parameters: [Tensor]
    /// The learning rate.
    public var lr: Double
    /// How much of each moment stays from step to step.
    public var betas: (Double, Double)
    /// What keeps the divisor from 0.
    public var eps: Double
    /// The factor of the L2 penalty.
    public var weightDecay: Double
    /// Whether the largest second moment so far divides, as Reddi and others (2018) have it.
    public let amsgrad: Bool

    /// Parameters with settings of their own.
    ///
    /// Traps if there are none, or if a setting is out of bounds.
    public init(
      _ parameters: [Tensor], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
      eps: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false
    ) {
      self.parameters = parameters
      self.lr = lr
      self.betas = betas
      self.eps = eps
      self.weightDecay = weightDecay
      self.amsgrad = amsgrad
      requireSettings("Adam")
    }
  }

  /// The groups; their settings may change between steps, their parameters may not.
  public var paramGroups: [Group] {
    willSet { requireSameParameters(paramGroups, newValue) }
  }
  var states: [AdamState?]

  /// Adam on the given parameters.
  ///
  /// Traps if there are none, if one is given twice, or if a setting is out of bounds.
  ///
  /// - Parameters:
  ///   - parameters: What to improve.
  ///   - lr: The learning rate.
  ///   - betas: How much of each moment stays from step to step.
  ///   - eps: What keeps the divisor from 0.
  ///   - weightDecay: The factor of the L2 penalty.
  ///   - amsgrad: Whether the largest second moment so far divides (Reddi et al. 2018).
  public convenience init(
    _ parameters: [Tensor], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false
  ) {
    self.init([
      Group(
        parameters, lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad)
    ])
  }

  /// Adam on groups of parameters, each with settings of its own.
  ///
  /// Traps if there are none, or if a parameter is in them twice.
  public init(_ groups: [Group]) {
    requireDistinct(groups, "Adam")
    paramGroups = groups
    states = groups.flatMap(\.parameters).map { _ in nil }
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
  public func step() { step("Adam", isDecoupled: false) }
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
public final class AdamW: GroupedOptimizer, AdamOptimizer {
  /// Parameters with settings of their own.
  ///
  /// ```swift
  /// import Tensors
  /// let (a, b) = (Tensor([1], requiresGrad: true), Tensor([1], requiresGrad: true))
  /// let optimizer = AdamW([AdamW.Group([a], lr: 0.1), AdamW.Group([b], lr: 0.5)])
  /// optimizer.paramGroups[0].lr = 0.2
  /// print(optimizer.lrs)
  /// ```
  /// ```output
  /// [0.2, 0.5]
  /// ```
  public struct Group: ParameterGroup, AdamGroup {
    /// What is improved.
    public let parameters: [Tensor]
    /// The learning rate.
    public var lr: Double
    /// How much of each moment stays from step to step.
    public var betas: (Double, Double)
    /// What keeps the divisor from 0.
    public var eps: Double
    /// The factor of the decay.
    public var weightDecay: Double
    /// Whether the largest second moment so far divides, as Reddi and others (2018) have it.
    public let amsgrad: Bool

    /// Parameters with settings of their own.
    ///
    /// Traps if there are none, or if a setting is out of bounds.
    public init(
      _ parameters: [Tensor], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
      eps: Double = 1e-8, weightDecay: Double = 1e-2, amsgrad: Bool = false
    ) {
      self.parameters = parameters
      self.lr = lr
      self.betas = betas
      self.eps = eps
      self.weightDecay = weightDecay
      self.amsgrad = amsgrad
      requireSettings("AdamW")
    }
  }

  /// The groups; their settings may change between steps, their parameters may not.
  public var paramGroups: [Group] {
    willSet { requireSameParameters(paramGroups, newValue) }
  }
  var states: [AdamState?]

  /// AdamW on the given parameters; for the settings see ``Adam``.
  ///
  /// Traps if there are none, or if a setting is out of bounds.
  public convenience init(
    _ parameters: [Tensor], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 1e-2, amsgrad: Bool = false
  ) {
    self.init([
      Group(
        parameters, lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad)
    ])
  }

  /// AdamW on groups of parameters, each with settings of its own.
  ///
  /// Traps if there are none, or if a parameter is in them twice.
  public init(_ groups: [Group]) {
    requireDistinct(groups, "AdamW")
    paramGroups = groups
    states = groups.flatMap(\.parameters).map { _ in nil }
  }

  /// Changes every parameter that has a gradient by one step.
  public func step() { step("AdamW", isDecoupled: true) }
}
