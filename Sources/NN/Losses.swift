import Tensors

/// What a loss makes of the losses of the single elements.
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
public struct MSELoss {
  /// What is made of the single losses.
  public let reduction: Reduction

  /// A loss with a reduction.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss, a scalar unless the reduction is `none`.
  ///
  /// Traps unless both have the same shape.
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
    return reduction((input - target).abs())
  }
}

/// The cross entropy between softmax(input) and classes or class probabilities.
public struct CrossEntropyLoss {
  /// What is made of the losses of the samples.
  public let reduction: Reduction

  /// A loss with a reduction.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss, a scalar unless the reduction is `none`, which gives `[N]`.
  ///
  /// - Parameters:
  ///   - input: A score for each class, `[N, C]` or `[C]`.
  ///   - target: The classes, int64 `[N]`, or probabilities in the input's shape.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    require(
      input.ndim == 1 || input.ndim == 2,
      "CrossEntropyLoss: scores are [N, C] or [C], not \(input.shape)")
    let scores = input.logSoftmax(dim: -1)
    let losses: Tensor
    if target.dtype == .int64 {
      require(
        target.shape == Array(input.shape.dropLast()),
        "CrossEntropyLoss: classes \(target.shape) for scores \(input.shape); "
          + "expected \(Array(input.shape.dropLast()))")
      losses = -scores.gather(dim: -1, target.unsqueeze(-1)).squeeze(-1)
    } else {
      requireSameShape("CrossEntropyLoss", input, target)
      losses = -(scores * target).sum(dim: -1)
    }
    return reduction(losses)
  }
}

private func requireSameShape(_ loss: String, _ input: Tensor, _ target: Tensor) {
  require(
    input.shape == target.shape,
    "\(loss): the input is \(input.shape), the target \(target.shape); reshape one of them")
}
