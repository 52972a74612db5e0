import Testing

@testable import WorkbookChapters

@Suite struct InlineCommentsTests {
  /// The comments of each paragraph and heading, as they stand in the text.
  static func scan(_ markdown: String) -> [String] {
    let bytes = Array(markdown.utf8)
    return BlockScanner.scan(bytes).texts.flatMap { scanned in
      InlineComments(scanned, in: bytes).ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
    }
  }

  @Test(arguments: [
    ("a <!-- b --> c <!--d-->", ["<!-- b -->", "<!--d-->"]),
    ("> a <!-- b\n> c --> `\n> d <!---> e", ["<!-- b\n> c -->", "<!--->"]),
    ("# a <!-- b -->\n\nc <!-- d -->\n---\n", ["<!-- b -->", "<!-- d -->"]),
    ("| <!-- a --> |\n|---|\n| <!-- b --> |\n", ["<!-- a -->", "<!-- b -->"]),
    // In code.
    ("`<!-- a -->` <!-- b -->", ["<!-- b -->"]),
    ("`a <!-- b --> ``c` <!-- d -->", ["<!-- d -->"]),
    ("`a <!-- b --> ``c <!-- d -->", ["<!-- b -->", "<!-- d -->"]),
    ("\\`<!-- a -->` `<!-- b -->`", ["<!-- a -->", "<!-- b -->"]),
    ("    <!-- a -->\n\n```\n<!-- b -->\n```\n\n<div><!-- c --></div>\n", []),
    // In tags, instructions and addresses.
    ("x <a b=\"<!-- c -->\"> <?a <!-- b --> ?> <![CDATA[ <!-- c --> ]]>", []),
    ("x <a <!-- b --> <! <!-- c -->", ["<!-- b -->", "<!-- c -->"]),
    ("<https://a.b> <c@d.e> <!-- f -->", ["<!-- f -->"]), ("x \\<!-- a -->", []),
    // In links: in their texts they are, in their destinations and titles they are not.
    ("[<!-- a -->](b.md)", ["<!-- a -->"]),
    ("[a](<<!-- b -->> <!-- c -->", ["<!-- b -->", "<!-- c -->"]),
    ("[a](<!-- b -->)", []), ("[a](<!-- b --> <!-- c -->)", ["<!-- b -->", "<!-- c -->"]),
    ("[a](b \"<!-- c -->\") <!-- d -->", ["<!-- d -->"]),
    ("![a](<b> '<!-- c -->')", []), ("[a][<!-- b -->] <!-- c -->", ["<!-- c -->"]),
    ("a](b \"<!-- c -->\")", ["<!-- c -->"]),
    ("[a]: b.md \"<!-- c -->\"\nx <!-- d -->\n", ["<!-- d -->"]),
    ("[a]: b \"<!-- c -->\"\nT\n===", []), ("<!-", []), ("x <!--", []),
  ])
  func `finds what CommonMark finds`(markdown: String, expected: [String]) {
    #expect(Self.scan(markdown) == expected)
  }

  /// Each thousands of times: other than in proportion to the length there is no end of it.
  @Test(arguments: [
    "[", "![", "]", "[a](<", "[a](‹", "[a](b(", "[a](b (", "[a](b \"", "[a](b '", "[a][", "[a](b)",
    "<", "<a", "<a ", "<a b=\"", "<a b='\" c=", "</", "<!--", "<!", "<!a", "<?", "<![CDATA[", "<a:",
    "<a@", "`a", "a``b`", "\\", "\\`", "&", "*a", "_a", "[a]: <", "[a]: b\n", "[a]: b '\n",
    "[a]: b (\n",
    "[a]:", "[![a](b)](c)", "[[a](b)](c)",
  ])
  func `text takes time in proportion to its length`(pattern: String) {
    let unit = Array(pattern.utf8)
    let text = Array(repeatElement(unit, count: 100_000 / unit.count).joined())
    let comments = InlineComments(ScannedText(lines: [0..<text.count], level: 0), in: text)
    #expect(comments.ranges.count <= text.count)
  }

  @Test func `runs of backticks of all lengths are matched in one pass`() {
    let text = Array(
      (1..<800).map { String(repeating: "`", count: $0) }.joined(separator: "a").utf8)
    let comments = InlineComments(ScannedText(lines: [0..<text.count], level: 0), in: text)
    #expect(comments.ranges.isEmpty)
  }
}
