import Testing

@testable import WorkbookChapters

@Suite struct InlineScannerTests {
  /// The inlines of each paragraph and heading, as they stand in the text.
  static func scan(_ markdown: String) -> [String] {
    let bytes = Array(markdown.utf8)
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    return BlockScanner.scan(bytes).texts.flatMap { scanned -> [String] in
      let scanner = InlineScanner(scanned, in: bytes)
      return scanner.definitions.map { "definition \(text($0))" }
        + scanner.inlines.map { inline in
          let suffix = inline.isInLink ? " in link" : ""
          return switch inline.kind {
          case .code(_, let content): "code \(text(content))\(suffix)"
          case .link(let destination): "link \(text(inline.label)) to \(text(destination))\(suffix)"
          case .image(let destination):
            "image \(text(inline.label)) at \(text(destination))\(suffix)"
          case .address: "address \(text(inline.range))\(suffix)"
          case .comment: "comment"
          case .html: "html \(text(inline.range))\(suffix)"
          }
        }
    }
  }

  @Test(arguments: [
    ("`a` and ``b ` c``", ["code a", "code b ` c"]),
    ("`a``b` `c", ["code a``b"]),
    ("\\`a` `b`", ["code  "]),
    ("[a](b.md) [c](<d e.md> \"t\")", ["link a to b.md", "link c to <d e.md>"]),
    ("[`a`](b(c).md#d)", ["link `a` to b(c).md#d", "code a in link"]),
    ("![a](b.svg)", ["image a at b.svg"]),
    ("[![a](b.svg)](c.md)", ["link ![a](b.svg) to c.md", "image a at b.svg in link"]),
    ("`[a](b)`", ["code [a](b)"]),
    ("[a\nb](c)", ["link a\nb to c"]),
    ("> [a](b)\n> `c\n> d`", ["link a to b", "code c\n> d"]),
    (
      "<b>x</b> <https://a.b> <!-- c --> 1 < 2",
      ["html <b>", "html </b>", "address <https://a.b>", "comment"]
    ),
    ("[a]: b.md \"t\"\n[c]: <d>\n", ["definition b.md", "definition <d>"]),
    ("[a][b] [c]", ["link a to ", "link c to "]),
    ("\\[a](b) ![](c)", ["image  at c"]),
    ("# `a` [b](c)\n\nd `e`\n---\n", ["code a", "link b to c", "code e"]),
    ("| `a` |\n|---|\n| [b](c) |\n", ["code a", "link b to c"]),
    ("    `code`\n\n```\n`code`\n```\n\n<div>`code`</div>\n", []),
    ("[a](b(c)", ["link a to "]), ("[a](b (c(d))", ["link a to "]),
    ("x <!-- > [a](b) --> [c](d)", ["comment", "link c to d"]),
    ("x <! [a](b) >", ["link a to b"]),
    ("x <?a [a](b) ?> <![CDATA[ [a](b) ]]> <!A [a](b)>", []),
    ("<a b=\"[a](b)\"> <a b=c d='>'/>", ["html <a b=\"[a](b)\">", "html <a b=c d='>'/>"]),
    ("<a b> <a [a](b)>", ["html <a b>", "link a to b"]),
    (
      "<c:d> <cc:d> <a@b.c>",
      ["address <cc:d>", "address <a@b.c>"]
    ),
    ("[a]:\nb.md\n'x\ny'\n[c]: d\n", ["definition b.md", "definition d"]),
    ("[a]: b\nT\n===", ["definition b"]), ("[a]: b c\n", ["link a to "]),
    ("`", []), ("[", []), ("]](", []), ("<", []), ("![", []), ("[a](", ["link a to "]),
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
    let scanner = InlineScanner(ScannedText(lines: [0..<text.count], level: 0), in: text)
    #expect(scanner.inlines.count <= text.count)
  }

  @Test func `runs of backticks of all lengths are matched in one pass`() {
    let text = Array(
      (1..<800).map { String(repeating: "`", count: $0) }.joined(separator: "a").utf8)
    let scanner = InlineScanner(ScannedText(lines: [0..<text.count], level: 0), in: text)
    #expect(scanner.inlines.isEmpty)
  }
}
