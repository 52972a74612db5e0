import Testing

@testable import WorkbookChapters

@Suite struct HTMLBlockTests {
  static func block(_ line: String, interruptsParagraph: Bool = false) -> HTMLBlock? {
    HTMLBlock(startOf: Array(line.utf8)[...], interruptsParagraph: interruptsParagraph)
  }

  @Test(arguments: [
    ("<pre", HTMLBlock.literal), ("<SCRIPT>", .literal), ("<style x", .literal),
    ("<textarea\tx", .literal), ("<!-- x", .comment), ("<?php", .instruction),
    ("<!x", .declaration), ("<![CDATA[x", .cdata), ("<div", .element), ("</Div>", .element),
    ("<h1/>", .element), ("<search x", .element), ("<a>", .tag), ("</b >", .tag),
    ("<a-b c:d='x' e=f g />  ", .tag), ("<a b = \"c\">", .tag), ("<script2>", .tag),
    ("</pre>", .tag),
  ])
  func `each kind has its start`(line: String, kind: HTMLBlock) {
    #expect(Self.block(line) == kind)
  }

  @Test(arguments: [
    "<", "< a>", "<a", "<a> x", "<a b=>", "<a b='>", "<a 'b'>", "<a b='c'd>", "</a b>", "</a/>",
    "<1>",
    "<divx", "<!", "<!-", "<![cdata[",
  ])
  func `anything else is text`(line: String) {
    #expect(Self.block(line) == nil)
  }

  @Test func `only a lone tag does not interrupt a paragraph`() {
    #expect(Self.block("<a>", interruptsParagraph: true) == nil)
    #expect(Self.block("<div>", interruptsParagraph: true) == .element)
    #expect(Self.block("<!--", interruptsParagraph: true) == .comment)
  }

  @Test(arguments: [
    (HTMLBlock.literal, "x</PRE>y", "</pre"), (.comment, "x-->", "-- >"),
    (.instruction, "?>", ">"), (.declaration, "a>", "a"), (.cdata, "]]>", "]] >"),
  ])
  func `each kind has its end`(kind: HTMLBlock, end: String, other: String) {
    #expect(kind.ends(in: Array(end.utf8)[...]))
    #expect(!kind.ends(in: Array(other.utf8)[...]))
    #expect(!kind.endsAtBlankLine)
  }
}
