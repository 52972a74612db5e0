import WorkbookSystem
import WorkbookChapters

/// What `list --format json` prints.
package struct ListReport: Codable, Hashable, Sendable {
  /// What `list` prints.
  package enum Format: String, CaseIterable, Sendable { case text, json }

  package struct Chapter: Codable, Hashable, Sendable {
    package var path: String
    package var title: String
    package var fences: [Fence]
    package var failures: [RunReport.Failure]
    var warnings: [RunReport.Warning]
  }

  package struct Fence: Codable, Hashable, Sendable {
    package var line: Int
    package var endLine: Int
    package var info: String
    package var role: String
    package var program: String?
    package var code: String
  }

  package var chapters: [Chapter]

  package init(_ chapters: [WorkbookChapters.Chapter]) {
    self.chapters = chapters.map { chapter in
      Chapter(
        path: chapter.path, title: chapter.title,
        fences: chapter.fences.map { fence in
          Fence(
            line: fence.line, endLine: fence.endLine, info: fence.info, role: fence.role.rawValue,
            program: fence.program, code: fence.content.string)
        },
        failures: chapter.failures.map { failure in
          failure.report(
            of: chapter.program(of: failure, among: chapter.programs.map(\.name)))
        },
        warnings: chapter.warnings.map(\.report))
    }
  }

  package func json() -> String { encodedJSON(self) }
}

/// What `list` prints for people: a line a chapter, below it one a program, and one each of its blocks.
func rows(listing chapters: [Chapter]) -> [String] {
  var rows: [String] = []
  for chapter in chapters {
    rows.append("\(printable(chapter.path))  \(printable(chapter.title))")
    for program in chapter.programs {
      let cells = counted(program.cells.count, "cell")
      let outputs = counted(program.expectations.count, "output block")
      let skipped = program.cells.count { $0.skipReason != nil }
      let mode =
        (skipped > 0 ? ", \(counted(skipped, "cell")) skipped" : "")
        + (program.mode == .compileOnly ? ", compiled only" : "")
      rows.append("  #\(printable(program.name))  \(cells), \(outputs)\(printable(mode))")
      let lines = Set(program.cells.map(\.line) + program.expectations.map(\.line))
      for fence in chapter.fences where lines.contains(fence.line) {
        rows.append("    \(printable(chapter.path)):\(fence.line)  \(printable(fence.info))")
      }
    }
    if chapter.programs.isEmpty { rows.append("  a page without cells") }
    for failure in chapter.failures {
      let place = failure.location
      rows.append(
        "  \(printable(place.path)):\(place.line):\(place.column): \(failure.kind.rawValue): "
          + printable(failure.message))
    }
  }
  return rows
}
