import WorkbookSystem
import WorkbookChapters

/// A run as JUnit's XML: a suite a chapter, a case a program.
struct JUnitReport {
  private struct Case {
    var name: String
    var seconds = 0.0
    var failures: [RunReport.Failure] = []
    var skipped: String?
    var output = ""
    var allowed: [String] = []
  }

  var report: RunReport

  func xml() -> String {
    let suites = report.chapters.map { chapter in (chapter, cases(of: chapter)) }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"workbook\" \(counts(suites.flatMap(\.1)))"
    text += " time=\"\(fixed(report.seconds, digits: 3))\">\n"
    for (chapter, cases) in suites { text += suite(chapter, cases) }
    return text + "</testsuites>\n"
  }

  private func suite(_ chapter: RunReport.Chapter, _ cases: [Case]) -> String {
    let path = xmlEscaped(chapter.path)
    let time = fixed(chapter.compileSeconds + chapter.runSeconds, digits: 3)
    var text = "  <testsuite name=\"\(path)\" \(counts(cases)) time=\"\(time)\">\n"
    text += "    <properties><property name=\"confinement\""
    text += " value=\"\(report.confinement.rawValue)\"/></properties>\n"
    for test in cases {
      text += "    <testcase classname=\"\(path)\" name=\"\(xmlEscaped(test.name))\""
      text += " file=\"\(path)\" time=\"\(fixed(test.seconds, digits: 3))\">\n"
      if !test.allowed.isEmpty {
        text += "      <properties><property name=\"allowed\""
        text += " value=\"\(xmlEscaped(test.allowed.joined(separator: ", ")))\"/></properties>\n"
      }
      for failure in test.failures {
        let place = "\(failure.path):\(failure.line):\(failure.column)"
        text += "      <failure type=\"\(failure.kind.rawValue)\""
        text += " message=\"\(xmlEscaped(failure.message))\">"
        text += "\(xmlEscaped("\(place): \(failure.message)"))</failure>\n"
      }
      if let reason = test.skipped {
        text += "      <skipped message=\"\(xmlEscaped(reason))\"/>\n"
      }
      if !test.output.isEmpty {
        text += "      <system-out>\(xmlEscaped(test.output))</system-out>\n"
      }
      text += "    </testcase>\n"
    }
    return text + "  </testsuite>\n"
  }

  /// The programs of a chapter; what belongs to none of them stands in a case of the chapter's own.
  private func cases(of chapter: RunReport.Chapter) -> [Case] {
    var cases: [Case] = chapter.programs.map { program in
      let failures = chapter.failures.filter { $0.program == program.name }
      let isSkipped = program.outcome == .skipped || program.outcome == .notRun
      return Case(
        name: program.name, seconds: program.seconds, failures: failures,
        skipped: isSkipped && failures.isEmpty ? program.reason ?? "not run" : nil,
        output: program.output, allowed: program.allowed ?? [])
    }
    let others = chapter.failures.filter { $0.program == nil }
    if !others.isEmpty {
      cases.append(Case(name: "(chapter)", failures: others))
    } else if cases.isEmpty {
      cases.append(Case(name: "(chapter)", skipped: "a page without cells"))
    }
    return cases
  }

  private func counts(_ cases: [Case]) -> String {
    let failed = cases.count { !$0.failures.isEmpty }
    let skipped = cases.count { $0.skipped != nil }
    return "tests=\"\(cases.count)\" failures=\"\(failed)\" skipped=\"\(skipped)\""
  }
}
