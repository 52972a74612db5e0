/// Whether operations are recorded for gradients; each thread and task has its own setting.
enum GradMode {
  @TaskLocal static var isEnabled = true
}

/// Runs a closure without recording its operations: what it computes needs no gradient, and it may
/// change tensors in place that require one.
///
/// A view that is taken in it, of a tensor that requires a gradient, can be changed in it only.
///
/// ```swift
/// let w = Tensor([1, 2], requiresGrad: true)
/// w.pow(2).sum().backward()
/// noGrad { w -= 0.1 * w.grad! }
/// print(w)
/// ```
/// ```output
/// tensor([0.8000, 1.6000], requiresGrad: true)
/// ```
public func noGrad<Result>(_ body: () throws -> Result) rethrows -> Result {
  try GradMode.$isEnabled.withValue(false, operation: body)
}

/// Whether operations are recorded here: false inside ``noGrad(_:)``.
///
/// ```swift
/// print(isGradEnabled(), noGrad { isGradEnabled() })
/// ```
/// ```output
/// true false
/// ```
public func isGradEnabled() -> Bool { GradMode.isEnabled }
