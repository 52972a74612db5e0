/// How a program ended that should have ended otherwise.
package enum RunProblem: Hashable, Sendable {
  case ended(Transcript.End)

  /// What a report calls the failure.
  package var kind: Failure.Kind {
    switch self {
    case .ended(.exited), .ended(.trapped): .trap
    case .ended(.timedOut): .timeout
    case .ended(.exceeded): .limit
    case .ended(.interrupted), .ended(.killed): .fault
    }
  }
}
