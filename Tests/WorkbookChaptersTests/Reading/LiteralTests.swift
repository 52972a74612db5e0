import Testing

@testable import WorkbookChapters

@Suite struct LiteralTests {
  @Test(arguments: [
    ("é ü.md", "é ü.md"), ("a\"b\\c", "a\\\"b\\\\c"), ("a\nb", "a\\u{a}b"), ("\\(x)", "\\\\(x)"),
  ])
  func `a text cannot leave its literal`(text: String, content: String) {
    #expect(literal(text) == "\"\(content)\"")
  }
}
