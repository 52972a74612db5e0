import WorkbookChapters

extension NotRunProblem {
  /// The problem and the way out.
  package var message: String {
    switch self {
    case .skipped: "this cell is skipped; remove its 'skip', or run without --strict"
    case .onlyCompiled:
      "the program is only compiled; remove this 'no-run', or run without --strict"
    }
  }
}
