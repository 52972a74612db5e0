import WorkbookSystem

/// A run's problems one a line, as editors read them: `path:line:column: error: … [kind]`.
package struct ShortReport {
  var report: RunReport

  package init(_ report: RunReport) {
    self.report = report
  }

  /// In the order of their places, each line with its line feed.
  package func text() -> String {
    report.chapters.flatMap(lines).joined()
  }

  private func lines(of chapter: RunReport.Chapter) -> [String] {
    let failures = chapter.failures.map { failure in
      (
        place: (failure.path, failure.line, failure.column),
        words: "error: \(oneLine(failure.message)) [\(failure.kind.rawValue)]"
      )
    }
    let warnings = chapter.warnings.map { warning in
      (
        place: (warning.path, warning.line, warning.column),
        words: "warning: \(oneLine(warning.message))"
      )
    }
    let idle = chapter.idleCells.map { line, words in
      (place: (chapter.path, line, 1), words: "note: \(oneLine(words))")
    }
    return (failures + warnings + idle).sorted { $0.place < $1.place }.map { place, words in
      "\(oneLine(place.0)):\(place.1):\(place.2): \(words)\n"
    }
  }

  private func oneLine(_ text: String) -> String {
    printable(text).split(separator: "\n").joined(separator: "; ")
  }
}
