import WorkbookSystem

/// A run for GitHub Actions: annotations at the lines in the Markdown, and a summary table.
struct GitHubReport {
  var report: RunReport

  /// Workflow commands, one a line, which GitHub shows beside the lines they name.
  func annotations() -> String {
    var text = ""
    for chapter in report.chapters {
      for failure in chapter.failures {
        text += command(
          "error", failure.path, failure.line, failure.column, title: failure.kind.rawValue,
          failure.message)
      }
      for warning in chapter.warnings {
        text += command(
          "warning", warning.path, warning.line, warning.column, title: "warning", warning.message)
      }
      for (line, words) in chapter.idleCells {
        text += command("notice", chapter.path, line, 1, title: "not run", words)
      }
    }
    return text
  }

  /// Markdown for the file that `GITHUB_STEP_SUMMARY` names.
  func summary() -> String {
    var text = "### workbook: \(report.status.rawValue) in \(duration(report.seconds))"
    text += "\(report.confinement.remark)\n\n"
    text += "| chapter | status | seconds | checks |\n| --- | --- | ---: | ---: |\n"
    for chapter in report.chapters {
      let passed = chapter.checks.count { $0.status == .passed }
      let seconds = fixed(chapter.compileSeconds + chapter.runSeconds, digits: 2)
      text += "| \(cell(chapter.path)) | \(chapter.status.rawValue) | \(seconds)"
      text += " | \(passed) of \(chapter.checks.count) |\n"
    }
    let failures = report.chapters.flatMap(\.failures)
    if !failures.isEmpty { text += "\n" }
    for failure in failures {
      text += "- \(cell("\(failure.path):\(failure.line):\(failure.column)"))"
      text += " \(failure.kind.rawValue): \(cell(failure.message))\n"
    }
    return text
  }

  private func command(
    _ name: String, _ path: String, _ line: Int, _ column: Int, title: String, _ message: String
  ) -> String {
    let properties = "file=\(property(path)),line=\(line),col=\(column),title=\(property(title))"
    return "::\(name) \(properties)::\(data(message))\n"
  }

  /// GitHub's escapes of a message (`@actions/toolkit`, `escapeData`).
  private func data(_ text: String) -> String {
    printable(text).replacing("%", with: "%25").replacing("\n", with: "%0A")
  }

  /// GitHub's escapes of a property (`@actions/toolkit`, `escapeProperty`).
  private func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }

  /// The text as code that no Markdown or HTML in it can break.
  private func cell(_ text: String) -> String {
    let line = printable(text).replacing("\n", with: " ")
    let escaped = xmlEscaped(line).replacing("|", with: "&#124;").replacing("`", with: "&#96;")
    return "<code>\(escaped)</code>"
  }
}
