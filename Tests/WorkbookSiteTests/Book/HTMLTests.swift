import Testing

@testable import WorkbookSite

@Suite struct HTMLTests {
  @Test(arguments: [
    ("<a href=\"b\">&", "&lt;a href=&quot;b&quot;&gt;&amp;"),
    // What a log's readers heed is nothing to a page's.
    ("##vso[x]", "##vso[x]"), ("\u{200E}a\u{200F}\u{061C}\n\tb", "\u{200E}a\u{200F}\u{061C}\n\tb"),
    ("\u{1B}[1m\u{0}\u{7F}", "␛[1m␀\u{FFFD}"), ("\u{202E}a\u{2066}", "\u{FFFD}a\u{FFFD}"),
  ])
  func `text stays as it is, but for control characters and what turns it round`(
    text: String, expected: String
  ) {
    #expect(htmlEscaped(text) == expected)
  }
}
