import WorkbookArrays
import Tensors

/// What a loss makes of the losses of the single elements.
///
/// ```swift
/// import Tensors
/// let (input, target): (Tensor, Tensor) = ([1, 2, 3], [1, 1, 1])
/// for reduction in [Reduction.none, .mean, .sum] {
///   print(MSELoss(reduction: reduction)(input, target))
/// }
/// ```
/// ```output
/// tensor([0., 1., 4.])
/// tensor(1.6667)
/// tensor(5.)
/// ```
public enum Reduction: Sendable {
  /// Nothing: a loss for each element.
  case none
  /// Their mean.
  case mean
  /// Their sum.
  case sum

  fileprivate func callAsFunction(_ losses: Tensor) -> Tensor {
    switch self {
    case .none: losses
    case .mean: losses.mean()
    case .sum: losses.sum()
    }
  }
}

/// The squared differences between input and target.
///
/// ```swift
/// import Tensors
/// print(MSELoss()([[1, 2], [3, 4]], [[1, 1], [1, 1]]))
/// ```
/// ```output
/// tensor(3.5000)
/// ```
public struct MSELoss {
  /// What is made of the single losses.
  public let reduction: Reduction

  /// A loss with a reduction.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss, a scalar unless the reduction is `none`.
  ///
  /// Traps unless both have the same shape.
  ///
  /// ```swift
  /// import Tensors
  /// let lossFn = MSELoss(reduction: .sum)
  /// print(lossFn([1, 2, 3], [1, 1, 1]).item())
  /// ```
  /// ```output
  /// 5.0
  /// ```
  ///
  /// <!-- workbook: traps="MSELoss: the input is [3], the target [3, 1]; reshape one of them" -->
  /// ```swift
  /// // MSELoss: the input is [3], the target [3, 1]; reshape one of them
  /// print(lossFn([1, 2, 3], [[1], [1], [1]]))
  /// ```
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    requireSameShape("MSELoss", input, target)
    return switch reduction {
    case .none: (input - target).pow(2)
    case .mean: input.squaredDistance(target) / Double(input.count)
    case .sum: input.squaredDistance(target)
    }
  }
}

/// The absolute differences between input and target.
///
/// ```swift
/// import Tensors
/// print(L1Loss()([1, 2, 3], [1, 1, 1]))
/// ```
/// ```output
/// tensor(1.)
/// ```
public struct L1Loss {
  /// What is made of the single losses.
  public let reduction: Reduction

  /// A loss with a reduction.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss, a scalar unless the reduction is `none`.
  ///
  /// Traps unless both have the same shape.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    requireSameShape("L1Loss", input, target)
    return reduction(input.absoluteLoss(target))
  }
}

/// The cross entropy between softmax(input) and classes or class probabilities.
///
/// ```swift
/// import Tensors
/// let scores: Tensor = [[2, 0, 0], [0, 0, 0]]
/// let classes = Tensor([0, 2], dtype: .int64)
/// print(CrossEntropyLoss(reduction: .none)(scores, classes))
/// ```
/// ```output
/// tensor([0.2395, 1.0986])
/// ```
public struct CrossEntropyLoss {
  /// What is made of the losses of the samples.
  public let reduction: Reduction

  /// A loss with a reduction.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss, a scalar unless the reduction is `none`, which gives `[N]`.
  ///
  /// Traps unless classes are int64, of the input's shape without its last size, and within its classes,
  /// or probabilities have its shape. No class is left out, as PyTorch's -100 is.
  ///
  /// - Parameters:
  ///   - input: A score for each class, `[N, C]` or `[C]`.
  ///   - target: The classes, int64 `[N]`, or probabilities in the input's shape.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    if target.dtype == .int64 || target.shape == Array(input.shape.dropLast()) {
      requireClasses("CrossEntropyLoss", input, target)
      return reduction(-chosen("CrossEntropyLoss", input.logSoftmax(dim: -1), target))
    }
    require(
      input.ndim == 1 || input.ndim == 2,
      "CrossEntropyLoss: scores are [N, C] or [C], not \(input.shape)")
    requireSameShape("CrossEntropyLoss", input, target)
    return reduction(-(input.logSoftmax(dim: -1) * target).sum(dim: -1))
  }
}

/// The negative log-likelihood of classes, given log-probabilities as `logSoftmax` computes them.
///
/// ```swift
/// import Tensors
/// let scores: Tensor = [[2, 0, 0], [0, 0, 0]]
/// let classes = Tensor([0, 2], dtype: .int64)
/// print(NLLLoss()(scores.logSoftmax(dim: 1), classes))
/// ```
/// ```output
/// tensor(0.6691)
/// ```
public struct NLLLoss {
  /// What is made of the losses of the samples.
  public let reduction: Reduction

  /// A loss with a reduction.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss, a scalar unless the reduction is `none`, which gives `[N]`.
  ///
  /// Traps unless the classes are int64 `[N]` and within the input's.
  ///
  /// - Parameters:
  ///   - input: A log-probability for each class, `[N, C]` or `[C]`.
  ///   - target: The classes, int64 `[N]`, or a scalar.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    requireClasses("NLLLoss", input, target)
    return reduction(-chosen("NLLLoss", input, target))
  }
}

/// The cross entropy between probabilities and the logistic function of scores, without its overflow.
///
/// ```swift
/// import Tensors
/// print(BCEWithLogitsLoss()([0, 100, -100], [1, 1, 0]))
/// ```
/// ```output
/// tensor(0.2310)
/// ```
public struct BCEWithLogitsLoss {
  /// What is made of the single losses.
  public let reduction: Reduction

  /// A loss with a reduction.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss, a scalar unless the reduction is `none`.
  ///
  /// Traps unless both have the same shape.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    requireSameShape("BCEWithLogitsLoss", input, target)
    return reduction(input.binaryCrossEntropy(target))
  }
}

/// Half the squared differences up to `delta`, and from there on straight lines.
///
/// Source: Huber, "Robust estimation of a location parameter", 1964.
///
/// ```swift
/// import Tensors
/// print(HuberLoss(reduction: .none)([0.5, 1, 10], [0, 0, 0]))
/// ```
/// ```output
/// tensor([0.1250, 0.5000, 9.5000])
/// ```
public struct HuberLoss {
  /// What is made of the single losses.
  public let reduction: Reduction
  /// Where the lines begin.
  public let delta: Double

  /// A loss with a reduction.
  ///
  /// Traps unless `delta` is above 0.
  public init(reduction: Reduction = .mean, delta: Double = 1) {
    require(delta > 0, "HuberLoss: delta cannot be \(delta)")
    self.reduction = reduction
    self.delta = delta
  }

  /// The loss, a scalar unless the reduction is `none`.
  ///
  /// Traps unless both have the same shape.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    requireSameShape("HuberLoss", input, target)
    return reduction(input.huberLoss(target, delta))
  }
}

/// What classes, whose type and shape are checked, name of the input.
private func chosen(_ loss: String, _ input: Tensor, _ classes: Tensor) -> Tensor {
  input.gather(dim: -1, classes.unsqueeze(-1), for: loss).squeeze(-1)
}

private func requireClasses(_ loss: String, _ input: Tensor, _ classes: Tensor) {
  require(
    input.ndim == 1 || input.ndim == 2,
    "\(loss): scores are [N, C] or [C], not \(input.shape)")
  require(
    classes.dtype == .int64,
    "\(loss): classes \(classes.shape) are int64, not \(classes.dtype); "
      + "make them so with .to(.int64)")
  let expected = Array(input.shape.dropLast())
  require(
    classes.shape == expected,
    "\(loss): classes \(classes.shape) for scores \(input.shape); expected \(expected)")
}

private func requireSameShape(_ loss: String, _ input: Tensor, _ target: Tensor) {
  require(
    input.shape == target.shape,
    "\(loss): the input is \(input.shape), the target \(target.shape); reshape one of them")
}
