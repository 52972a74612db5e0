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

/// Each element, or `negativeSlope` times it where it is negative.
///
/// ```swift
/// import Tensors
/// print(LeakyReLU(0.1)([-1, 0, 2]))
/// ```
/// ```output
/// tensor([-0.1000,  0.0000,  2.0000])
/// ```
public final class LeakyReLU: Module {
  /// What negative elements are multiplied by.
  public let negativeSlope: Double
  /// A rectified linear unit with a slope below 0.
  public init(_ negativeSlope: Double = 0.01) { self.negativeSlope = negativeSlope }
  /// Computes the elements and the scaled ones.
  public func forward(_ x: Tensor) -> Tensor { x.leakyRelu(negativeSlope) }
  /// The slope.
  public var extraDescription: String { "negativeSlope: \(negativeSlope)" }
}

/// Each element times the probability that a standard normal number is smaller, x · Φ(x).
///
/// Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
///
/// ```swift
/// import Tensors
/// print(GELU()([-1, 0, 2]))
/// ```
/// ```output
/// tensor([-0.1587,  0.0000,  1.9545])
/// ```
public final class GELU: Module {
  /// A Gaussian error linear unit.
  public init() {}
  /// Computes x · Φ(x).
  public func forward(_ x: Tensor) -> Tensor { x.gelu() }
}

/// eˣ divided by its sum along a dimension.
///
/// ```swift
/// import Tensors
/// print(Softmax(dim: 1)([[1, 2, 3]]))
/// ```
/// ```output
/// tensor([[0.0900, 0.2447, 0.6652]])
/// ```
public final class Softmax: Module {
  /// The dimension along which the results sum to 1.
  public let dim: Int
  /// A softmax along a dimension.
  public init(dim: Int) { self.dim = dim }
  /// Computes `x.softmax(dim: dim)`.
  public func forward(_ x: Tensor) -> Tensor { x.softmax(dim: dim) }
  /// The dimension.
  public var extraDescription: String { "dim: \(dim)" }
}

/// Dimensions joined into one, all but the first.
///
/// ```swift
/// import Tensors
/// print(Flatten()(.ones(64, 3, 4)).shape)
/// ```
/// ```output
/// [64, 12]
/// ```
public final class Flatten: Module {
  private let first: Int
  private let last: Int
  /// A layer that joins the dimensions from `first` to `last`.
  public init(_ first: Int = 1, _ last: Int = -1) { (self.first, self.last) = (first, last) }
  /// Computes `x.flatten(first, last)`.
  public func forward(_ x: Tensor) -> Tensor { x.flatten(first, last) }
  /// The dimensions.
  public var extraDescription: String { "startDim: \(first), endDim: \(last)" }
}
