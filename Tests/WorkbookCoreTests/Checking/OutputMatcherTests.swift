import Testing

@testable import WorkbookCore

@Suite struct OutputMatcherTests {
  static func fit(_ expected: String, _ printed: String) -> OutputMatcher.Fit {
    let bytes = Array(printed.utf8)
    var matcher = OutputMatcher(
      SwiftLexerTests.text(expected).lines, PrintedLines(bytes, bytes.indices), Tolerance())
    return matcher.fitWithinTolerance()
  }

  @Test(
    "A line of ... stands for any number of lines",
    arguments: [
      ("...", ""), ("...", "a"), ("a\n...", "a"), ("a\n...", "a\nb\nc"), ("...\nc", "a\nb\nc"),
      ("a\n...\nc", "a\nc"), ("a\n...\nc", "a\nb\nc\nc"), ("...\nb\n...", "a\nb\nc"),
      ("...\na\nb\n...\na\n...", "a\na\nb\nb\na"), ("a\n ... \n...\nb", "a\nb"), ("\n\na\n\n", "a"),
      ("", "\n"),
      ("...\nb\n...\nb", "b\nb"),
    ])
  func fits(expected: String, printed: String) {
    guard case .fits = Self.fit(expected, printed) else {
      Issue.record("does not fit")
      return
    }
  }

  @Test(
    "Lines that are missing, added or swapped have no place",
    arguments: [
      ("a", ""), ("", "a"), ("a", "a\na"), ("a\nb", "b\na"), ("a\n...\na", "a"), ("...\nb", "b\na"),
      ("b\n...", "a\nb"), ("...\nb\n...\nb", "b"), ("a\n\nb", "a\nb"),
      ("...\na\nb\n...", "a\nc\nb"), ("....", "a"),
    ])
  func fails(expected: String, printed: String) {
    guard case .fails = Self.fit(expected, printed) else {
      Issue.record("fits")
      return
    }
  }

  @Test(
    "Output that fits in very many ways is given up, not tried for ever", .timeLimit(.minutes(1)))
  func hostile() {
    let lines = [Text.Line](repeating: Text.Line(text: "a", line: 1, column: 1), count: 4_000)
    let ends = [Text.Line(text: "...", line: 1, column: 1)]
    let b = [Text.Line(text: "b", line: 1, column: 1)]
    let bytes = Array(String(repeating: "a\n", count: 8_000).utf8)
    var matcher = OutputMatcher(
      ends + lines + b + ends, PrintedLines(bytes, bytes.indices), Tolerance(), limit: 100_000)
    guard case .tooManyWays = matcher.fitWithinTolerance() else {
      Issue.record("tried them all")
      return
    }
  }
}
