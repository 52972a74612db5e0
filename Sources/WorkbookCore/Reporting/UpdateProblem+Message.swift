import WorkbookChapters

extension UpdateProblem {
  /// Why a block is not updated, and the way out.
  package var message: String {
    switch self {
    case .programFailed:
      "the program did not end well; mend it first"
    case .notFinite(let line):
      "'\(line)' holds a number that is not finite; mend the program or write it by hand"
    case .convergence(let problem):
      problem.message
    case .ambiguous(let line):
      "no printed line is like '\(line)'; write by hand which one is meant"
    case .edited:
      "it was changed while its programs ran; run again"
    case .unwritable:
      "what is printed cannot stand in this block; write it by hand"
    case .adoptedComment:
      "what adopt wrote shares its line, or its list item, with what is yours; remove it by hand"
    }
  }
}
