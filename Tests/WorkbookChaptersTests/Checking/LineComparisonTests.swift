import Testing

@testable import WorkbookChapters

@Suite struct LineComparisonTests {
  static func compare(_ expected: String, _ actual: String) -> LineComparison {
    let line = ExpectedLine(Text.Line(text: expected, line: 1, column: 1))
    return LineComparison(line, PrintedLine(Array(actual.utf8)[...]), Tolerance())
  }

  @Test(arguments: [
    ("a  b", " a b "), ("99 0.25", "99 0.2512"), ("(0.5, 1.50)", "(0.5, 1.503)"),
    ("loss=0.25", "loss=0.25"),
    ("nan inf -inf", "-nan inf -inf"), ("1.0", "1"), ("", "  "), ("0.00", "-0.001"),
  ])
  func `lines match token by token`(expected: String, actual: String) {
    #expect(Self.compare(expected, actual).matches)
  }

  @Test(
    arguments: [
      ("99 0.25", "98 0.25", 0), ("99 0.25", "99 0.5", nil), ("a b", "ab", 0), ("a", "a b", 1),
      ("a b", "a", 1),
      ("99", "99.0", 0), ("007", "7", 0), ("+5", "5", 0), ("nan", "0.5", 0), ("0.5", "nan", nil),
      ("0.5", "inf", nil), ("inf", "-inf", 0), ("inf", "nan", 0), ("0.5,", "0.5", 1),
      ("0.5 ,", "0.5,", 1),
      ("v1.5", "v1.6", 0), ("0.5", "x", 0), ("1", "nan", 0), ("0.5", "", 0), ("", "0.5", 0),
    ] as [(String, String, Int?)])
  func `lines differ at a token, or only in numbers`(
    expected: String, actual: String, divergence: Int?
  ) {
    let comparison = Self.compare(expected, actual)
    #expect(!comparison.matches)
    #expect(comparison.divergence == divergence)
  }

  @Test func `the step of a line is the integer that it begins with`() {
    func step(_ text: String) -> Int? {
      ExpectedLine(Text.Line(text: text, line: 1, column: 1)).step
    }
    #expect(step("499 0.5") == 499)
    #expect(step("0.5 499") == nil)
    #expect(step("step 1") == nil)
    #expect(step("99999999999999999999 1") == nil)
  }
}
