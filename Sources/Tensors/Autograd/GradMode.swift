/// Whether operations are recorded for gradients; each thread and task has its own setting.
enum GradMode {
  @TaskLocal static var isEnabled = true
}

/// Runs a closure without recording its operations: what it computes needs no gradient, and it may
/// change tensors in place that require one.
public func noGrad<Result>(_ body: () throws -> Result) rethrows -> Result {
  try GradMode.$isEnabled.withValue(false, operation: body)
}

/// Whether operations are recorded here: false inside `noGrad`.
public func isGradEnabled() -> Bool { GradMode.isEnabled }
