import Testing

@testable import WorkbookChapters

@Suite struct InlineTests {
  @Test(arguments: [
    ("a *b* **`c`** [d](e) ![f](g) <https://h.i>", "a b c d f https://h.i"),
    // What a page shows as text is text.
    ("Array<Int> and H<sub>2</sub>O<!-- x -->", "Array<Int> and H2O"),
    ("$x$ a\\*b &amp;", "x a*b &"),
  ])
  func `the text alone is what a page says, without marks`(markdown: String, expected: String) {
    let bytes = Array(markdown.utf8)
    let blocks = BlockScanner.scan(bytes)
    let references = LinkReferences(blocks.texts, in: bytes)
    #expect(InlineParser.inlines(of: blocks.texts[0], in: bytes, references).plain == expected)
  }
}
