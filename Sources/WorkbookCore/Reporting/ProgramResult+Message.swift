import WorkbookChapters

extension Program {
  /// What it may do that others may not, as options say it.
  var grants: [String] {
    allowances.sorted().map(\.rawValue) + [givenFiles].compactMap { $0.map { "files=\($0.file)" } }
  }
}

extension ProgramResult {
  /// Cells that do not run though nothing is wrong with them: where, and why.
  var dependentCellReasons: [(line: Int, reason: String)] {
    dependentCells.map { line, needed in
      let reason =
        needed.map { "it needs what the cell of line \($0) declares" }
        ?? "it does not compile without the cells above that do not"
      return (line, reason)
    }
  }

  /// Why it did not run; nil of one that did, or has nothing to run.
  var reason: String? {
    switch status {
    case .ran: nil
    case .compiled:
      isOnlyCompiled ? "`no-run`" + (program.noRunLine.map { " at line \($0)" } ?? "") : nil
    case .skipped:
      Set(skippedCells.compactMap(\.skipReason)).sorted().joined(separator: "; ")
    case .notRun(.format): "its cells break the chapter format"
    case .notRun(.library): "its library does not build"
    case .notRun(.compiler): "it does not compile"
    case .notRun(.earlierFailure): "stopped after the first failure"
    case .notRun(.interruption): "interrupted"
    }
  }
}
