extension ProgramResult.Status {
  /// Why it did not run; nil of one that did, or was not to.
  var reason: String? {
    switch self {
    case .ran, .compiled: nil
    case .skipped(let reason): reason
    case .notRun(.format): "its cells break the chapter format"
    case .notRun(.library): "its library does not build"
    case .notRun(.compiler): "it does not compile"
    case .notRun(.earlierFailure): "stopped after the first failure"
    case .notRun(.interruption): "interrupted"
    }
  }
}
