import WorkbookArrays
import Tensors

/// In training, sets each element to 0 with probability `p` and scales the others by 1/(1 − p);
/// out of it, lets everything through.
///
/// After the same seed it drops what PyTorch 2.15 does, of tensors that are contiguous.
///
/// Source: Srivastava and others, "Dropout", JMLR 15, 2014.
///
/// ```swift
/// import Tensors
/// let dropout = Dropout(0.5)
/// manualSeed(0)
/// print(dropout(.ones(8)))
/// print(dropout.eval()(.ones(8)))
/// ```
/// ```output
/// tensor([0., 0., 2., 0., 0., 0., 2., 2.])
/// tensor([1., 1., 1., 1., 1., 1., 1., 1.])
/// ```
public final class Dropout: Module {
  /// The probability that an element is dropped.
  public let p: Double
  /// Whether elements are dropped.
  public var training = true

  /// A layer that drops with probability `p`, in 0...1.
  ///
  /// Traps if `p` is outside.
  public init(_ p: Double = 0.5) {
    require(p >= 0 && p <= 1, "Dropout: a probability is in 0...1, not \(p)")
    self.p = p
  }

  /// Drops elements of `x` in training.
  ///
  /// ```swift
  /// import Tensors
  /// manualSeed(0)
  /// let kept = Dropout(0.25).forward(.ones(10_000)) .> 0
  /// print(kept.to(.float64).mean().item())
  /// ```
  /// ```output
  /// 0.75
  /// ```
  public func forward(_ x: Tensor) -> Tensor {
    guard training, p > 0 else { return x }
    return p == 1 ? x * 0 : x * (.bernoulli(like: x, 1 - p) / (1 - p))
  }

  /// The probability.
  public var extraDescription: String { "p: \(p)" }
}
