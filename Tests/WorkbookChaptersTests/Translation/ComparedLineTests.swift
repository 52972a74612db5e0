import Testing

@testable import WorkbookChapters

@Suite struct ComparedLineTests {
  static func code(_ code: String) -> [ComparedLine] {
    ComparedLine.code(SwiftLexerTests.text(code))
  }

  static func output(_ text: String) -> [ComparedLine] {
    ComparedLine.output(SwiftLexerTests.text(text))
  }

  @Test(arguments: [
    ("let a = 1", "let a = 1  // 一"), ("// one\n// two\na", "/* 一 */\na"),
    ("a  /* b */", "a /* 二\n三 */"), ("print(\"loss\", x)", "print(\"损失\", x)"),
    ("print(\"\")", "print(\"空\")"), ("\"\"\"\na \\(b) c\n\"\"\"", "\"\"\"\n甲 \\(b) 丙\n\"\"\""),
    ("f(\"is \\(x ? \"on\" : \"off\")\")", "f(\"是\\(x ? \"开\" : \"关\")\")"),
    ("print(1)  // Prints \"1 apple\"", "print(1)  // Prints \"1 个苹果\"."),
    ("\"step 3, w1: 0.5\"", "\"第 3 步，w1：0.5\""), ("#\"a \"b\" c\"#", "#\"甲\"#"),
  ])
  func `comments and printed words may differ`(original: String, translation: String) {
    #expect(Self.code(original) == Self.code(translation))
  }

  @Test(arguments: [
    ("let a = 1", "let a = 2"), ("a\nb", "a\n\nb"), ("  a", "a"), ("a", "// a"),
    ("\"\\(x)\"", "\"\\(y)\""), ("\"\\(x) a\"", "\"a\""), ("\"a\\n\"", "\"a\""),
    ("\"a 1\"", "\"a 2\""), ("\"%.3f\"", "\"%.4f\""), ("\"-2.5\"", "\"2.5\""),
    ("\"w1\"", "\"w2\""), ("\"\\u{1F600}\"", "\"\\u{1F601}\""), ("\"a\"", "#\"a\"#"),
    ("print(1)  // Prints \"1\"", "print(1)  // Prints \"2\""),
    ("print(1)  // Prints \"1\"", "print(1)"), ("#/a 1/#", "#/b 1/#"),
    ("\"a\"\nb", "\"a\"\n// c\nb\nd"),
  ])
  func `everything else may not`(original: String, translation: String) {
    #expect(Self.code(original) != Self.code(translation))
  }

  @Test func `of an output, numbers and '...' may not differ`() {
    #expect(
      Self.output("w1: measured -2.5, 3\n...") == Self.output("w1：测得 -2.5， 3\n  ... "))
    for other in ["w1: measured -2.50, 3\n...", "w1: measured -2.5\n...", "w1: a -2.5, 3", "b"] {
      #expect(Self.output("w1: measured -2.5, 3\n...") != Self.output(other))
    }
    #expect(Self.output("...") != Self.output("…"))
  }

  @Test func `the column is that of the first difference`() {
    let (a, b) = (Self.code("f(\"é\", x, 1)")[0], Self.code("f(\"损失\", x, 2)")[0])
    #expect(b.column(differingFrom: a) == 16)
    #expect(a.column(differingFrom: b) == 12)
    #expect(Self.code("f(1)")[0].column(differingFrom: Self.code("f(1) + 2")[0]) == 5)
  }

  /// Each thousands of times: other than in proportion to the length there is no end of it.
  @Test(arguments: ["(", "{", "\"\\(", "/*", "\"\\u", "\"\\u{", "#\"", "`a"])
  func `a line takes time in proportion to its length`(pattern: String) {
    let lines = Self.code(String(repeating: pattern, count: 100_000 / pattern.utf8.count))
    #expect(lines.count <= 1)
  }
}
