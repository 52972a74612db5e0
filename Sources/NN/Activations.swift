import Tensors

/// Each element, or 0 where it is negative.
///
/// ```swift
/// import Tensors
/// print(ReLU()([-1, 0, 2]))
/// ```
/// ```output
/// tensor([0., 0., 2.])
/// ```
public final class ReLU: Module {
  /// A rectified linear unit.
  public init() {}
  /// Computes `x.relu()`.
  ///
  /// ```swift
  /// import Tensors
  /// print(ReLU().forward([-1, 0, 2]))
  /// ```
  /// ```output
  /// tensor([0., 0., 2.])
  /// ```
  public func forward(_ x: Tensor) -> Tensor { x.relu() }
}

/// The hyperbolic tangent of each element.
///
/// ```swift
/// import Tensors
/// print(Tanh()([-1, 0, 2]))
/// ```
/// ```output
/// tensor([-0.7616,  0.0000,  0.9640])
/// ```
public final class Tanh: Module {
  /// A hyperbolic tangent.
  public init() {}
  /// Computes `x.tanh()`.
  public func forward(_ x: Tensor) -> Tensor { x.tanh() }
}

/// The logistic function 1 / (1 + e⁻ˣ) of each element.
///
/// ```swift
/// import Tensors
/// print(Sigmoid()([-1, 0, 2]))
/// ```
/// ```output
/// tensor([0.2689, 0.5000, 0.8808])
/// ```
public final class Sigmoid: Module {
  /// A logistic function.
  public init() {}
  /// Computes `x.sigmoid()`.
  public func forward(_ x: Tensor) -> Tensor { x.sigmoid() }
}
