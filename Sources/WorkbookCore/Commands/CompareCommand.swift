import Foundation
import WorkbookSystem
import WorkbookChapters

/// `workbook compare`: tells where a translation has other programs or outputs than its original.
///
/// It runs nothing. Chapters that break the format are told of and not compared.
package func compare(
  _ original: String, with translation: String, terminal: Terminal, write: (String) -> Void
) throws -> ExitCode {
  let pairs = try ChapterPair.pairs(original, translation)
  func tell(_ message: String, at place: Location, source: [UInt8]) {
    write(
      "\(terminal.styled("\(printable(place.path)):\(place.line):\(place.column):", .bold)) "
        + "\(terminal.styled("error:", .red, .bold)) \(printable(message))\n")
    let excerpt = Excerpt(source: source, location: place, columns: terminal.columns)
    for row in excerpt.rows(terminal) { write(row + "\n") }
  }

  var (drifted, unreadable) = (0, 0)
  for pair in pairs {
    if let problem = pair.problem {
      let drift = Drift(
        problem: problem, location: Location(path: pair.translation, line: 1, column: 1),
        original: Location(path: pair.original, line: 1, column: 1))
      tell(drift.message, at: drift.location, source: [])
      drifted += 1
      continue
    }
    let book = try readBook([pair.original, pair.translation])
    let failures = book.flatMap { entry in entry.chapter.failures.map { ($0, entry.source) } }
    for (failure, source) in failures {
      tell(failure.message, at: failure.location, source: source)
    }
    guard failures.isEmpty, let first = book.first, let last = book.last else {
      unreadable += 1
      continue
    }
    let drifts = ChapterComparison(first.chapter, last.chapter).drifts
    for drift in drifts { tell(drift.message, at: drift.location, source: last.source) }
    if !drifts.isEmpty { drifted += 1 }
  }

  if unreadable > 0 {
    write(terminal.styled("\(counted(unreadable, "chapter")) cannot be compared", .red) + "\n")
  }
  if drifted > 0 {
    let text = "\(drifted) of \(counted(pairs.count, "chapter")) differ from \(original)"
    write(terminal.styled(printable(text), .red) + "\n")
  }
  if unreadable + drifted == 0 {
    let text = "\(counted(pairs.count, "chapter")) with the programs and outputs of \(original)"
    write(terminal.styled(printable(text), .green) + "\n")
  }
  return unreadable > 0 ? .unreadable : drifted > 0 ? .failed : .passed
}
