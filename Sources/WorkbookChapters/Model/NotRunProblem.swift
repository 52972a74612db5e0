/// Why a strict run does not take a program for checked.
package enum NotRunProblem: Hashable, Sendable {
  case skipped
  case onlyCompiled
}
