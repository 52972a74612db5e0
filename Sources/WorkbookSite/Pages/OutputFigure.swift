import Foundation
import WorkbookChapters

/// What stands in the figure of an output block, on a made page and on one that a program was run on: the
/// text, what was printed beside it where that is something else, the verdict and the curve.
struct OutputFigure {
  /// Where expected and printed part: a row, and a byte of it, in what is expected.
  struct Mark {
    var row: Int
    var column: Int
    var difference: CheckProblem.Difference
  }

  var expected: String
  /// What was printed, where it failed.
  var printed: String?
  var mark: Mark?
  var status: Check.Status?
  /// HTML.
  var verdict = ""
  /// SVG.
  var curve: String?

  func html(in words: SiteWords) -> String {
    let verdictClass = status.map { "verdict \($0.rawValue)" } ?? "verdict"
    let parts = [
      text(in: words), "<figcaption class=\"\(verdictClass)\">\(verdict)</figcaption>", curve,
    ]
    return parts.compactMap(\.self).joined(separator: "\n")
  }

  private func text(in words: SiteWords) -> String {
    guard let printed else { return block(htmlEscaped(expected)) }
    var (left, right) = (htmlEscaped(expected), htmlEscaped(printed))
    if let mark {
      let difference = mark.difference
      left = marked(expected, difference.expected, in: words) { row, line in
        row == mark.row
          ? line.utf8.index(line.startIndex, offsetBy: mark.column, limitedBy: line.endIndex) : nil
      }
      right = marked(printed, difference.actual, in: words) { _, line in
        guard line.trimmed == difference.actualLine[...].trimmed else { return nil }
        return difference.actual.isEmpty
          ? line.endIndex : line.range(of: difference.actual)?.lowerBound
      }
    }
    return """
      <div class="pair"><div><p>\(words.expected)</p>\(block(left, "expected"))</div>
      <div><p>\(words.printed)</p>\(block(right, "printed"))</div></div>
      """
  }

  /// The text with the first place that is found marked, up to the end of the word there.
  private func marked(
    _ text: String, _ word: String, in words: SiteWords,
    _ find: (_ row: Int, _ line: Substring) -> String.Index?
  ) -> String {
    for (row, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let start = find(row, line) else { continue }
      let end = text[start...].hasPrefix(word) ? text.index(start, offsetBy: word.count) : start
      let shown = start == end ? words.nothing : String(text[start..<end])
      return htmlEscaped(String(text[..<start])) + "<mark>\(htmlEscaped(shown))</mark>"
        + htmlEscaped(String(text[end...]))
    }
    return htmlEscaped(text)
  }

  private func block(_ html: String, _ look: String? = nil) -> String {
    let look = look.map { " class=\"\($0)\"" } ?? ""
    let ended = html.hasSuffix("\n") || html.isEmpty ? html : html + "\n"
    return "<pre tabindex=\"0\"\(look)><code>\(ended)</code></pre>"
  }
}

extension OutputFigure.Mark {
  /// Nil of a failure that is no difference of a line in the block.
  init?(_ failure: Failure, in fence: Fence) {
    guard case .check(.differs(let difference)) = failure.problem else { return nil }
    let (row, column) = fence.place(of: failure.location)
    guard row >= 0 else { return nil }
    self.init(row: row, column: column, difference: difference)
  }
}

extension Fence {
  /// The row, and the byte of it, in the block's text; −1 is the fence's row.
  func place(of location: Location) -> (row: Int, column: Int) {
    let row = location.line - line - 1
    let lines = content.lines
    let start = lines.indices.contains(row) ? lines[row].column : 1
    return (row, max(0, location.column - start))
  }

  var text: String { content.lines.map(\.text).joined(separator: "\n") }
}

extension Substring {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
