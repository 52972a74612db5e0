import Testing

@testable import WorkbookChapters

@Suite struct SourceLineTests {
  @Test(
    arguments: [
      ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb\rc\n\nd", ["a", "b", "c", "", "d"]),
      ("\n\r\n\r", ["", "", ""]), ("\u{FEFF}a\nb", ["a", "b"]), ("\r\r\n", ["", ""]),
    ] as [(String, [String])])
  func `lines end with LF, CRLF or CR, and the last one with the file`(
    text: String, lines: [String]
  ) {
    let bytes = Array(text.utf8)
    let found = Array(SourceLines(bytes))
    #expect(found.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) } == lines)
    #expect(found.map(\.number) == Array(1..<(lines.count + 1)))
    #expect(found.allSatisfy { $0.column(of: $0.start) == 1 })
  }

  @Test(arguments: ["a\nbc\n\nd", "a\r\nbc\r\n\r\nd", "a\rbc\r\rd"])
  func `lines and columns of offsets, and back`(text: String) {
    let table = LineTable(Array(text.utf8))
    for (line, column, byte) in [(1, 1, "a"), (2, 1, "b"), (2, 2, "c"), (4, 1, "d")] {
      let offset = table.offset(line: line, column: column)
      #expect(offset.map { Array(text.utf8)[$0] } == byte.utf8.first)
      #expect(offset.map(table.place) == Position(line: line, column: column))
    }
    #expect(table.offset(line: 5, column: 1) == nil)
    #expect(LineTable([]).place(of: 0) == Position(line: 1, column: 1))
  }
}
