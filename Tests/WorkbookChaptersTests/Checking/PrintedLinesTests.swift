import Testing

@testable import WorkbookChapters

@Suite struct PrintedLinesTests {
  @Test(
    arguments: [
      ("", []), ("a", ["a"]), ("a\nb\n", ["a", "b"]), ("\n \na\n\nb\n\t\r\n", ["a", "", "b"]),
      ("\n\n", []),
    ] as [(String, [String])])
  func `a part of the output is lines without blank ones at the ends`(
    output: String, lines: [String]
  ) {
    let bytes = Array("xx\(output)yy".utf8)
    let printed = PrintedLines(bytes, 2..<(bytes.count - 2))
    #expect((0..<printed.count).map { String(decoding: printed[$0], as: UTF8.self) } == lines)
  }

  @Test func `a very long line is shown in part`() {
    let printed = PrintedLines([UInt8](repeating: 0x61, count: 10_000), 0..<10_000)
    #expect(printed.string(0).count < 300 && printed.string(0).hasSuffix("… (9800 bytes more)"))
    #expect(printed[0].count == 10_000)
  }
}
