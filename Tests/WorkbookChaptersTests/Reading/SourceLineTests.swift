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
}
