extension UpdateProblem {
  /// The problem and the way out.
  package var message: String {
    switch self {
    case .programFailed:
      "not updated: the program did not end well; mend it first"
    case .notFinite(let line):
      "not updated: '\(line)' holds a number that is not finite; mend the program or write it by hand"
    case .convergence(let problem):
      "not updated: \(problem.message)"
    case .ambiguous(let line):
      "not updated: no printed line is like '\(line)'; write by hand which one is meant"
    case .unwritable:
      "not updated: what is printed cannot stand in this block; write it by hand"
    }
  }
}
