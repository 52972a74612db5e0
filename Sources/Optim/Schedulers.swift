import Tensors
import WorkbookArrays

/// Multiplies an optimizer's learning rates by `gamma` after each `stepSize` steps of its own.
///
/// ```swift
/// import Tensors
/// let optimizer = SGD([Tensor([1], requiresGrad: true)], lr: 1)
/// let scheduler = StepLR(optimizer, stepSize: 2, gamma: 0.5)
/// for _ in 0..<4 {
///   scheduler.step()
///   print(optimizer.lr)
/// }
/// ```
/// ```output
/// 1.0
/// 0.5
/// 0.5
/// 0.25
/// ```
public final class StepLR {
  private let optimizer: any Optimizer
  private let stepSize: Int
  private let gamma: Double
  private var t = 0

  /// A schedule for an optimizer.
  ///
  /// Traps unless `stepSize` is 1 or more.
  public init(_ optimizer: any Optimizer, stepSize: Int, gamma: Double = 0.1) {
    require(stepSize >= 1, "StepLR: stepSize cannot be \(stepSize)")
    (self.optimizer, self.stepSize, self.gamma) = (optimizer, stepSize, gamma)
  }

  /// Goes on by one step, often an epoch, after the optimizer's own.
  ///
  /// Traps in a `Graph` that is being captured: a schedule goes on after each replay.
  ///
  /// ```swift
  /// import Tensors
  /// let optimizer = Adam([Tensor([1], requiresGrad: true)], lr: 0.5)
  /// StepLR(optimizer, stepSize: 1, gamma: 0.5).step()
  /// print(optimizer.lr)
  /// ```
  /// ```output
  /// 0.25
  /// ```
  public func step() {
    Capture.refuseChange("StepLR")
    t += 1
    if t % stepSize == 0 { optimizer.lrs = optimizer.lrs.map { $0 * gamma } }
  }
}

/// Lowers an optimizer's learning rates along half a cosine, in `tMax` steps down to `etaMin`.
///
/// Each step goes on from the rates of that moment, as PyTorch's does, so that what else changes them
/// counts, another schedule too.
///
/// Source: Loshchilov and Hutter, "SGDR", 2017, without its restarts.
///
/// ```swift
/// import Tensors
/// let optimizer = SGD([Tensor([1], requiresGrad: true)], lr: 1)
/// let scheduler = CosineAnnealingLR(optimizer, tMax: 4)
/// for _ in 0..<4 {
///   scheduler.step()
///   print((optimizer.lr * 1000).rounded() / 1000)
/// }
/// ```
/// ```output
/// 0.854
/// 0.5
/// 0.146
/// 0.0
/// ```
public final class CosineAnnealingLR {
  private let optimizer: any Optimizer
  private let tMax: Int
  private let etaMin: Double
  private let starts: [Double]
  private var t = 0

  /// A schedule for an optimizer, from the learning rates that it has.
  ///
  /// Traps unless `tMax` is 1 or more.
  public init(_ optimizer: any Optimizer, tMax: Int, etaMin: Double = 0) {
    require(tMax >= 1, "CosineAnnealingLR: tMax cannot be \(tMax)")
    (self.optimizer, self.tMax, self.etaMin) = (optimizer, tMax, etaMin)
    starts = optimizer.lrs
  }

  /// Goes on by one step, often an epoch, after the optimizer's own.
  ///
  /// Traps in a `Graph` that is being captured: a schedule goes on after each replay.
  public func step() {
    Capture.refuseChange("CosineAnnealingLR")
    // From the bottom no factor leads up again.
    let isAtBottom = (t - tMax) % (2 * tMax) == 0
    t += 1
    func share(_ t: Int) -> Double { 1 + cos(.pi * Double(t) / Double(tMax)) }
    optimizer.lrs = zip(optimizer.lrs, starts).map { lr, start in
      isAtBottom
        ? lr + (start - etaMin) * (1 - cos(.pi / Double(tMax))) / 2
        : share(t) / share(t - 1) * (lr - etaMin) + etaMin
    }
  }
}
