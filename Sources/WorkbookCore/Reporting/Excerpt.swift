import WorkbookSystem
import WorkbookChapters

/// The lines of a Markdown file around a place, numbered, with a caret under the column.
struct Excerpt {
  /// The file's bytes.
  var source: [UInt8]
  var location: Location
  var columns: Int

  /// One string a row; none where the file has no such line.
  func rows(_ terminal: Terminal) -> [String] {
    let context = 1
    let first = max(1, location.line - context)
    let lines = lines(first...(location.line + context))
    guard location.line - first < lines.count else { return [] }
    let gutter = String(first + lines.count - 1).count
    let room = max(20, columns - gutter - 8)

    var rows: [String] = []
    for (offset, line) in lines.enumerated() {
      let number = first + offset
      let label = String(repeating: " ", count: gutter - String(number).count) + String(number)
      guard number == location.line else {
        rows.append(
          terminal.styled("   \(label) │ ", .blue) + clipped(shown(line), from: 0, to: room))
        continue
      }
      let before = shown(line.prefix(max(0, location.column - 1)))
      let start = before.count > room - 10 ? before.count - room / 2 : 0
      let shown = clipped(shown(line), from: start, to: room)
      let indent = width(of: String(before.dropFirst(start))) + (start > 0 ? 1 : 0)
      rows.append(terminal.styled(" ▸ \(label) │ ", .blue) + shown)
      let blank = String(repeating: " ", count: gutter)
      rows.append(
        terminal.styled("   \(blank) │ ", .blue) + String(repeating: " ", count: indent)
          + terminal.styled("^", .red, .bold))
    }
    return rows
  }

  /// The characters of the line from `start` on, as many as there is room for, with `…` where it was cut.
  private func clipped(_ line: String, from start: Int, to room: Int) -> String {
    let rest = line.dropFirst(start)
    return (start > 0 ? "…" : "") + rest.prefix(room) + (rest.count > room ? "…" : "")
  }

  /// Tabs as one space.
  private func shown(_ bytes: ArraySlice<UInt8>) -> String {
    printable(String(decoding: bytes, as: UTF8.self)).replacing("\t", with: " ")
  }

  /// The lines of the file with numbers in the range, without line ends.
  private func lines(_ range: ClosedRange<Int>) -> [ArraySlice<UInt8>] {
    SourceLines(source).lazy.prefix { $0.number <= range.upperBound }
      .filter { range.contains($0.number) }.map { source[$0.start..<$0.end] }
  }
}
