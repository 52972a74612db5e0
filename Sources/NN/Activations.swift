import Tensors

/// Each element, or 0 where it is negative.
public final class ReLU: Module {
  /// A rectified linear unit.
  public init() {}
  /// Computes `x.relu()`.
  public func forward(_ x: Tensor) -> Tensor { x.relu() }
}

/// The hyperbolic tangent of each element.
public final class Tanh: Module {
  /// A hyperbolic tangent.
  public init() {}
  /// Computes `x.tanh()`.
  public func forward(_ x: Tensor) -> Tensor { x.tanh() }
}

/// The logistic function 1 / (1 + e⁻ˣ) of each element.
public final class Sigmoid: Module {
  /// A logistic function.
  public init() {}
  /// Computes `x.sigmoid()`.
  public func forward(_ x: Tensor) -> Tensor { x.sigmoid() }
}
