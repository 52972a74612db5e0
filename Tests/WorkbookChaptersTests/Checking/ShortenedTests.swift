import Testing

@testable import WorkbookChapters

@Suite struct ShortenedTests {
  @Test(arguments: [
    ("", ""), ("abc", "abc"), ("abcdef", "abc… (3 bytes more)"), ("abé", "ab… (2 bytes more)"),
    ("😀", "… (4 bytes more)"), ("a😀", "a… (4 bytes more)"),
  ])
  func `a long text is told in part, between characters, with what is left out`(
    text: String, shown: String
  ) {
    #expect(shortened(Array(text.utf8), to: 3) == shown)
  }
}
