import Testing

@testable import WorkbookChapters
@testable import WorkbookSite

@Suite struct SwiftColoursTests {
  private static func html(_ code: String) -> String {
    let lines = code.split(separator: "\n").enumerated().map {
      Text.Line(text: String($1), line: $0 + 1, column: 1)
    }
    return SwiftColours.html(Text(lines: lines))
  }

  @Test(arguments: [
    ("let a = 1", "<span class=\"k\">let</span> a = 1"),
    ("x.self < y", "x.self &lt; y"), ("letter", "letter"),
    (
      "/* a\nlet */ let",
      "<span class=\"c\">/* a</span>\n<span class=\"c\">let */</span> <span class=\"k\">let</span>"
    ),
    (
      "\"a \\(if) b\"",
      "<span class=\"s\">&quot;a </span>\\(<span class=\"k\">if</span>)<span class=\"s\"> b&quot;</span>"
    ),
    ("a // <b>", "a <span class=\"c\">// &lt;b&gt;</span>"),
  ])
  func `keywords, words and comments are told apart`(code: String, expected: String) {
    #expect(Self.html(code) == expected)
  }
}
