import WorkbookSystem
import WorkbookChapters

/// `workbook compare`: tells where a translation has other programs or outputs than its original.
///
/// It runs nothing. Chapters that break the format are told of and not compared.
package func compare(
  _ original: String, with translation: String, onEvent: (Event) -> Void
) throws -> ExitCode {
  let pairs = try ChapterPair.pairs(original, translation)
  var (drifted, unreadable) = (0, 0)
  for pair in pairs {
    func tell(_ drifts: [Drift], source: [UInt8]) {
      for drift in drifts {
        onEvent(.problem(drift, at: drift.location, isError: true, source: source))
      }
      if !drifts.isEmpty { drifted += 1 }
    }
    if let problem = pair.problem {
      let drift = Drift(
        problem: problem, location: Location(path: pair.translation, line: 1, column: 1),
        original: Location(path: pair.original, line: 1, column: 1))
      tell([drift], source: [])
      continue
    }
    let book = try readBook([pair.original, pair.translation])
    for entry in book {
      for failure in entry.chapter.failures {
        onEvent(.problem(failure, at: failure.location, isError: true, source: entry.source))
      }
    }
    guard book.allSatisfy(\.chapter.failures.isEmpty), let first = book.first, let last = book.last
    else {
      unreadable += 1
      continue
    }
    tell(ChapterComparison(first.chapter, last.chapter).drifts, source: last.source)
  }
  onEvent(
    .compared(
      with: original, chapters: pairs.count, drifted: drifted, unreadable: unreadable))
  return unreadable > 0 ? .unreadable : drifted > 0 ? .failed : .passed
}
