import WorkbookSystem
import WorkbookChapters

/// What `adopt` found, in a table, and what looks like mistakes of the documents.
func rows(of chapters: [AdoptedChapter]) -> [String] {
  let chapters = chapters.filter { $0.cells > 0 }
  guard !chapters.isEmpty else { return ["no Swift cells here"] }
  var whole = AdoptedChapter(path: "all")
  for chapter in chapters {
    whole.cells += chapter.cells
    whole.compiled += chapter.compiled
    whole.run += chapter.run
    whole.checked += chapter.checked
    whole.skipped += chapter.skipped
  }
  let all = chapters.count > 1 ? chapters + [whole] : chapters
  let table =
    [["", "cells", "compiled", "run", "checked", "skipped"]]
    + all.map { chapter in
      [
        printable(chapter.path), "\(chapter.cells)", "\(chapter.compiled)", "\(chapter.run)",
        "\(chapter.checked)", "\(chapter.skipped.count)",
      ]
    }
  let widths = table[0].indices.map { column in table.map { width(of: $0[column]) }.max() ?? 0 }
  var rows = table.map { row in
    row.enumerated().map { column, text in
      let space = String(repeating: " ", count: widths[column] - width(of: text))
      return column == 0 ? text + space : space + text
    }.joined(separator: "  ")
  }
  let reasons = SkipReason.allCases.compactMap { reason in
    let count = whole.skipped.count { $0 == reason }
    return count > 0 ? "\(count) \(reason.words)" : nil
  }
  if !reasons.isEmpty { rows.append("skipped: " + reasons.joined(separator: ", ")) }
  let mistakes = chapters.flatMap(\.mistakes)
  if !mistakes.isEmpty { rows.append("These look like mistakes of the documents:") }
  rows += mistakes.map { place, message in
    printable("\(place.path):\(place.line):\(place.column): \(message)")
  }
  return rows
}

extension SkipReason {
  fileprivate var words: String {
    switch self {
    case .nameElsewhere: "name what is defined elsewhere"
    case .noBody: "have no bodies"
    case .abridged: "abridged"
    case .manifest: "of a manifest"
    case .noModule: "import a module that is not there"
    case .notSwift: "no Swift"
    case .missingContext: "need what stands around them"
    case .other: "with other errors"
    }
  }
}
