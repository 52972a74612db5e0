/// A line of a file, or the part of it behind the prefix of its containers.
package struct SourceLine: Hashable {
  /// Counted from 1.
  package var number: Int
  /// The offset that columns are counted from.
  package var first: Int
  package var start: Int
  /// Without the line end.
  package var end: Int

  /// The column, counted from 1, of an offset on this line.
  package func column(of offset: Int) -> Int { offset - first + 1 }
}

/// The lines of a file, ended by LF, CRLF or CR; a byte order mark belongs to none.
package struct SourceLines: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var offset: Int
  private var number = 1

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  package mutating func next() -> SourceLine? {
    guard offset < bytes.count else { return nil }
    let start = offset
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") {
      end += 1
    }
    offset = end + 1
    if offset < bytes.count, bytes[end] == UInt8(ascii: "\r"), bytes[offset] == UInt8(ascii: "\n") {
      offset += 1
    }
    defer { number += 1 }
    return SourceLine(number: number, first: start, start: start, end: end)
  }
}

/// Lines and columns of a text, counted from 1, columns in bytes.
package struct LineTable {
  private let lines: [SourceLine]

  package init(_ bytes: [UInt8]) {
    lines = Array(SourceLines(bytes))
  }

  package func line(_ number: Int) -> SourceLine? {
    number >= 1 && number <= lines.count ? lines[number - 1] : nil
  }

  /// The place of an offset; behind the last line, the end of it.
  package func place(of offset: Int) -> Position {
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

  package func offset(line number: Int, column: Int) -> Int? {
    line(number).map { min($0.first + max(column, 1) - 1, $0.end) }
  }
}
