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
        rows.append(terminal.styled("   \(label) │ ", .blue) + clipped(line, from: 0, to: room))
        continue
      }
      let before = prefix(of: line, bytes: location.column - 1)
      let start = before.count > room - 10 ? before.count - room / 2 : 0
      let shown = clipped(line, from: start, to: room)
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

  /// What stands before the byte column, as it is shown.
  private func prefix(of line: String, bytes: Int) -> String {
    String(decoding: Array(line.utf8).prefix(max(0, bytes)), as: UTF8.self)
  }

  /// The lines of the file with numbers in the range, without line ends, tabs as one space.
  private func lines(_ range: ClosedRange<Int>) -> [String] {
    var lines: [String] = []
    var number = 1
    var start = 0
    var index = 0
    func add(upTo end: Int) {
      guard range.contains(number) else { return }
      let text = String(decoding: source[start..<end], as: UTF8.self)
      lines.append(printable(text).replacing("\t", with: " "))
    }
    while index < source.count, number <= range.upperBound {
      let byte = source[index]
      if byte == 0x0A || byte == 0x0D {
        add(upTo: index)
        if byte == 0x0D, index + 1 < source.count, source[index + 1] == 0x0A { index += 1 }
        number += 1
        start = index + 1
      }
      index += 1
    }
    if start < source.count, number <= range.upperBound { add(upTo: source.count) }
    return lines
  }
}
