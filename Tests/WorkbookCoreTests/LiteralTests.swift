import Testing

@testable import WorkbookChapters
@testable import WorkbookConfinement
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct LiteralTests {
  @Test(arguments: [
    ("é ü.md", "é ü.md"), ("a\"b\\c", "a\\\"b\\\\c"), ("a\nb", "a\\u{a}b"), ("\\(x)", "\\\\(x)"),
  ])
  func `a text cannot leave its literal`(text: String, content: String) {
    #expect(literal(text) == "\"\(content)\"")
  }
}
