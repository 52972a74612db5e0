/// What a command's end tells the shell; `--help` documents them.
package enum ExitCode: Int32, Sendable {
  case passed = 0
  case failed = 1
  case unreadable = 2
  case usage = 64
  case fault = 70
  case interrupted = 130
}

extension ExitCode {
  /// Of a run in which something failed, by the kinds of the failures as reports name them.
  init(ofFailures kinds: some Sequence<String>) {
    self = kinds.contains { $0 == "format" || $0 == "compile" } ? .unreadable : .failed
  }
}
