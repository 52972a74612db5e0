import WorkbookChapters

/// A Markdown file with replacements, which knows where each of its bytes comes from.
struct EditedMarkdown {
  private struct Edit {
    var range: Range<Int>
    var text: [UInt8]
  }

  let source: [UInt8]
  private var edits: [Edit] = []

  init(_ source: [UInt8]) {
    self.source = source
  }

  /// Replaces a range of the file's bytes.
  ///
  /// Of two that overlap the first in the text counts; of insertions at one place the first stands first.
  mutating func replace(_ range: Range<Int>, with text: String) {
    edits.append(Edit(range: range, text: Array(text.utf8)))
  }

  mutating func insert(_ text: String, at offset: Int) {
    replace(offset..<offset, with: text)
  }

  /// The edited text, and for each of its bytes the offset in the file: of a replacement's bytes where
  /// the replaced range begins.
  func render() -> (text: [UInt8], origins: [Int]) {
    var text: [UInt8] = []
    var origins: [Int] = []
    var offset = 0
    func copy(upTo end: Int) {
      text += source[offset..<end]
      origins += offset..<end
      offset = end
    }
    // `sorted` is stable: insertions at one place keep their order.
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard edit.range.lowerBound >= offset else { continue }
      copy(upTo: edit.range.lowerBound)
      text += edit.text
      origins += repeatElement(offset, count: edit.text.count)
      offset = edit.range.upperBound
    }
    copy(upTo: source.count)
    return (text, origins)
  }
}

/// Lines and columns of a text, counted from 1, columns in bytes.
struct LineTable {
  private let lines: [SourceLine]

  init(_ bytes: [UInt8]) {
    lines = Array(SourceLines(bytes))
  }

  func line(_ number: Int) -> SourceLine? {
    number >= 1 && number <= lines.count ? lines[number - 1] : nil
  }

  /// The place of an offset; behind the last line, the end of it.
  func place(of offset: Int) -> Position {
    // The last line that begins at the offset or before it.
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return Position(line: 1, column: 1) }
    let line = lines[low - 1]
    return Position(line: line.number, column: line.column(of: min(offset, line.end)))
  }

  func offset(line number: Int, column: Int) -> Int? {
    line(number).map { min($0.first + max(column, 1) - 1, $0.end) }
  }
}
