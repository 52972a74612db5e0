import Foundation
import Testing

@testable import WorkbookChapters

@Suite struct BlockScannerTests {
  /// An example of the CommonMark specification, with the fences that cmark 0.30.2 finds in it.
  struct Example: Decodable {
    struct Fence: Decodable, Equatable {
      var line: Int
      var info: String
      var code: String
    }
    var markdown: String
    var fences: [Fence]
  }

  static func scan(_ markdown: String) -> [Example.Fence] {
    let bytes = Array(markdown.utf8)
    return BlockScanner.scan(bytes).fences.map {
      Example.Fence(
        line: $0.line.number, info: InfoString.unescape(bytes[$0.info]), code: $0.content.string)
    }
  }

  @Test func `all examples of the CommonMark specification have cmark's fences`() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/commonmark-0.29", withExtension: "json"))
    let examples = try JSONDecoder().decode([Example].self, from: Data(contentsOf: url))
    #expect(examples.count == 649)
    for example in examples {
      #expect(Self.scan(example.markdown) == example.fences, "\(example.markdown)")
    }
  }

  @Test(arguments: [
    "```\nx\n```", "   ```\nx\n```", "~~~\nx\n~~~~~", "text\n```\nx\n```", "> ```\n> x\n> ```",
    "- ```\n  x\n  ```", "1. a\n\n   ```\n   x\n   ```", "-\n  ```\n  x", "a\n---\n```\nx",
    ">> 1) - ```\n>>      x", "- a\n\n\n\n  ```\n  x", "\u{FEFF}```\nx", "```\rx\r```",
    "```\r\nx\r\n```",
    "<div>\n\n```\nx\n```", "<!-- a -->\n```\nx", "<!--> \n```\nx", "[a]: /b\n```\nx",
    "-\t```\n\tx", "a\n<a>\n```\nx", "> a\n<a>\n```\nx", "\t x\n```\nx", "<pre>x</PRE>\n```\nx",
    "<?a?>\n```\nx", "<!A>\n```\nx", "<![CDATA[]]>\n```\nx", "* * *\n```\nx", "```\nx",
  ])
  func `a fence begins where CommonMark says`(markdown: String) {
    #expect(Self.scan(markdown).map(\.code) == ["x\n"])
  }

  @Test(arguments: [
    "    ```\n    x", "\t```\n", "``\nx\n``", "``` a`b\nx", "<!--\n```\nx\n```\n-->",
    "<pre>\n\n```\nx",
    "<div>\n```\nx\n```", "<a>\n```\nx", "<script>\n\n```", "-     ```\n      x",
    "- a\n\n      ```",
    "<!X\n```\n", "<?\n\n```\n", "<![CDATA[\n\n```", "\\```\n",
  ])
  func `what looks like a fence is none where CommonMark says so`(markdown: String) {
    #expect(Self.scan(markdown).isEmpty)
  }

  @Test(arguments: [
    ("```\na\n``\n````\nb", "a\n``\n", 4), ("```\na\n~~~\n```", "a\n~~~\n", 4),
    ("````\na\n```\n", "a\n```\n", 3), ("```\na\n``` b\n```", "a\n``` b\n", 4),
    ("```\na\n    ```\n", "a\n    ```\n", 3), ("> ```\n> a\nb", "a\n", 2),
    ("- ```\n  a\n\nb", "a\n\n", 3), ("- ```\n\n\n  a\n- b", "\n\na\n", 4),
    ("  ```\n   a\n  b\n c\n```", " a\nb\nc\n", 5), ("```", "", 1), ("```\n\n", "\n", 2),
  ])
  func `a fence ends where CommonMark says`(markdown: String, code: String, endLine: Int) {
    let fences = BlockScanner.scan(Array(markdown.utf8)).fences
    #expect(fences.map(\.content.string) == [code])
    #expect(fences.map(\.endLine) == [endLine])
  }

  @Test func `an item of nothing but link definitions ends at the second blank line`() {
    // Five columns are code outside of the item, and a fence in it.
    #expect(Self.scan("- [a]: /b\n\n\n     ```").isEmpty)
    #expect(Self.scan("- [a] /b\n\n\n     ```").count == 1)
  }

  @Test
  func
    `lines and columns count bytes in the file, also behind prefixes, tabs and a byte order mark`()
    throws
  {
    let markdown = "\u{FEFF}ä\r\n> 1. ```swift\r\n>    é = 1\r\n>\r\n>\t\tz"
    let fence = try #require(BlockScanner.scan(Array(markdown.utf8)).fences.first)
    #expect(fence.line.number == 2)
    #expect(fence.column == 6)
    #expect(fence.content.lines.map(\.text) == ["é = 1", "", "   z"])
    #expect(fence.content.lines.map(\.line) == [3, 4, 5])
    #expect(fence.content.lines[0].column == 6)
    // One column of the second tab belongs to the item, three to the code: `z` is the line's fourth byte.
    #expect(fence.content.lines[2].column + 3 == 4)
  }

  @Test(arguments: [
    ("---\ntitle: a\nauthor: b\n---\n# One", "One"), ("---\r\na: b\r\n...\r\n\r\nOne\n===", "One"),
    ("---\n\na\n===", "a"), ("---\n\na\n---\n\n# b\n", "a"), ("---\n---\n# a", "a"),
    ("# One\n# Two", "One"), ("text\n\n## Two ##", "Two"),
    ("One\n===", "One"),
    ("a\nb\n---", "a\nb"), ("```\n# no\n```\n# Yes #x", "Yes #x"), ("> # Quoted", "Quoted"),
    ("[a]: /b\n===\n# Yes", "Yes"), ("#no\n\n#\tYes\\#", "Yes\\#"),
  ])
  func `the first heading is the title`(markdown: String, title: String) {
    let bytes = Array(markdown.utf8)
    let lines = BlockScanner.scan(bytes).headings.first?.lines ?? []
    let text = lines.map { String(decoding: bytes[$0], as: UTF8.self) }.joined(separator: "\n")
    #expect(text == title)
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("`", 200_000, "", 0), (">", 10_000, "\n", 50_000), ("- ", 10_000, "\n", 50_000),
      ("- ", 10_000, "y\n", 50_000), ("> - ", 5_000, ">\n", 20_000), ("* ", 50_000, "", 0),
      ("<a ", 50_000, "", 0), ("[a\n", 50_000, "", 0), ("[a]: b\n", 20_000, "", 0),
      ("a\n-\n", 20_000, "", 0), (" ", 200_000, "", 0),
    ])
  func `hostile input costs time in proportion to its length`(
    start: String, count: Int, rest: String, restCount: Int
  ) {
    let markdown =
      String(repeating: start, count: count) + "x`\n" + String(repeating: rest, count: restCount)
    // Quadratic work would take minutes here.
    #expect(Self.scan(markdown).isEmpty)
  }
}
