import WorkbookSystem
import WorkbookChapters

/// A table as Git hosts write it: rows of cells between `|`, the second row of hyphens.
struct MarkdownTable {
  enum Alignment: String { case left, center, right }

  var alignments: [Alignment?]
  /// The cells of the first row.
  var header: [ScannedText]
  /// As many cells as the header has, in each row.
  var rows: [[ScannedText]]

  /// The table that a paragraph holds, and the lines before it.
  static func find(in text: ScannedText, _ bytes: [UInt8]) -> (ScannedText, MarkdownTable)? {
    guard
      let index = text.lines.indices.dropFirst().first(where: {
        bytes[text.lines[$0]].contains(UInt8(ascii: "-"))
          && alignments(bytes, text.lines[$0]) != nil
      }), let alignments = alignments(bytes, text.lines[index])
    else { return nil }
    let header = cells(bytes, text.lines[index - 1])
    guard header.count == alignments.count else { return nil }
    let rows = text.lines[(index + 1)...].map { line in
      let cells = Self.cells(bytes, line).prefix(alignments.count)
      let none = ScannedText(lines: [line.upperBound..<line.upperBound], level: 0)
      return cells + repeatElement(none, count: alignments.count - cells.count)
    }
    return (
      ScannedText(lines: Array(text.lines[..<(index - 1)]), level: 0),
      MarkdownTable(alignments: alignments, header: header, rows: rows.map { Array($0) })
    )
  }

  /// What `| --- | :-: |` says; nil of another line.
  private static func alignments(_ bytes: [UInt8], _ line: Range<Int>) -> [Alignment?]? {
    guard bytes[line].contains(UInt8(ascii: "|")) || bytes[line].contains(UInt8(ascii: ":")) else {
      return nil
    }
    var found: [Alignment?] = []
    for cell in cells(bytes, line) {
      var mark = bytes[cell.lines[0]]
      let isLeft = mark.first == UInt8(ascii: ":")
      if isLeft { mark.removeFirst() }
      let isRight = mark.last == UInt8(ascii: ":")
      if isRight { mark.removeLast() }
      guard !mark.isEmpty, mark.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
      found.append(isLeft ? (isRight ? .center : .left) : (isRight ? .right : nil))
    }
    return found
  }

  private static func cells(_ bytes: [UInt8], _ line: Range<Int>) -> [ScannedText] {
    func trimmed(_ range: Range<Int>) -> Range<Int> {
      var (start, end) = (range.lowerBound, range.upperBound)
      while start < end, bytes[start].isSpaceOrTab { start += 1 }
      while end > start, bytes[end - 1].isSpaceOrTab { end -= 1 }
      return start..<end
    }
    var line = trimmed(line)
    if !line.isEmpty, bytes[line.lowerBound] == UInt8(ascii: "|") {
      line = (line.lowerBound + 1)..<line.upperBound
    }
    var cells: [ScannedText] = []
    var start = line.lowerBound
    for index in line {
      guard bytes[index] == UInt8(ascii: "|"),
        index == line.lowerBound || bytes[index - 1] != UInt8(ascii: "\\")
      else { continue }
      cells.append(ScannedText(lines: [trimmed(start..<index)], level: 0))
      start = index + 1
    }
    let rest = trimmed(start..<line.upperBound)
    if !rest.isEmpty { cells.append(ScannedText(lines: [rest], level: 0)) }
    return cells
  }
}
