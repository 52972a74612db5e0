import WorkbookChapters
import WorkbookCore

/// The chapters as pages of the site, with what their runs printed.
///
/// The doc comments of Swift files stand in the reference.
func pages(of chapters: [ChapterResult]) -> [SitePage] {
  let chapters = chapters.filter { !isSwiftFile($0.chapter.path) }
  let names = pageNames(chapters.map(\.chapter.path))
  return zip(chapters, names).map { result, name in
    var page = SitePage(result.chapter, source: result.source, name: name)
    page.failures = result.failures
    page.add(result.programs)
    return page
  }
}

extension SitePage {
  /// What stands behind the chapter's name where no markup can; nothing where it passed.
  func mark(in words: SiteWords) -> String { failures.isEmpty ? "" : " ✗ \(words.failed)" }

  /// The checks whose verdicts stand below cells.
  static let kindsOfCells: Set<Check.Kind> = [.error, .traps, .prints]

  /// Shows what became of programs of the chapter.
  mutating func add(_ results: [ProgramResult]) {
    for result in results {
      failures += result.failures
      // The blocks are the solution's.
      if result.program.exercise != nil { continue }
      cellChecks += result.checks.filter { Self.kindsOfCells.contains($0.kind) }
      let checks = Dictionary(
        result.checks.filter { $0.kind == .output }.map { ($0.line, $0) },
        uniquingKeysWith: { first, _ in first })
      for expectation in result.program.expectations {
        let check = checks[expectation.line]
        let printed = check?.printed.map { result.output[$0] } ?? []
        outputs[expectation.line] = SitePage.Output(
          program: result.program.name, expectation: expectation,
          check: check, printed: String(decoding: printed, as: UTF8.self),
          gap: result.gap)
      }
    }
  }
}
