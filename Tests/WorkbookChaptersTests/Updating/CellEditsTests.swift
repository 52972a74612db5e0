import Foundation
import Testing

@testable import WorkbookChapters

@Suite struct CellEditsTests {
  static func edited(_ markdown: String, _ texts: [Int: String]) -> String? {
    let source = Array(markdown.utf8)
    return Chapter(path: "c.md", bytes: source).replacingCells(texts, source: source)
      .map { String(decoding: $0.source, as: UTF8.self) }
  }

  @Test(arguments: [
    ("# T\n\n```swift\nlet a = 1\nprint(a)\n```\nend\n", 3, "let a = 2\nprint(a)"),
    ("```swift\n```\n", 1, "print(1)\nprint(2)"),
    ("```swift\na\nb\nc\n```\n", 1, ""),
    ("> 1. ```swift\r\n>    a\r\n>\r\n>    b\t\r\n>    ```\r\n", 1, "a\r\n\r\nx\r\nb\t"),
    // Ends of lines to some, and none to Markdown.
    ("```swift\nlet s = \"a\u{2028}b\"\nx\n```\n", 1, "let s = \"a\u{2028}b\"\ny\u{85}\u{0B}z"),
    ("- ~~~swift\n  a\n", 1, "b\nc"),
    ("```swift\na\n\n\n```\n", 1, "\n\na\n\n"),
  ])
  func `a cell holds the new text, and nothing outside of it changes`(
    markdown: String, line: Int, text: String
  ) throws {
    let source = Array(markdown.utf8)
    let old = Chapter(path: "c.md", bytes: source)
    let new = try #require(old.replacingCells([line: text], source: source))
    let expected =
      text.isEmpty ? [] : text.replacing("\r\n", with: "\n").components(separatedBy: "\n")
    #expect(new.chapter.fences[0].content.lines.map(\.text) == expected)
    let whole = Array(SourceLines(source)).count
    let (first, last) = (line, old.fences[0].content.lines.count)
    let bytes = Array(SourceLines(new.source))
    #expect(bytes.count == whole - last + expected.count)
    #expect(new.source.starts(with: source[..<FenceText(source).start(ofLine: first + 1)]))
    #expect(source.suffix(4) == new.source.suffix(4) || old.fences[0].endLine == whole)
  }

  @Test func `lines that stay keep every byte, spaces at their ends too`() {
    #expect(
      Self.edited("> ```swift\n> a  \n>\n> b\n>   \n> c\n> ```\n", [1: "a  \n\nB\n  \nc"])
        == "> ```swift\n> a  \n>\n> B\n>   \n> c\n> ```\n")
  }

  @Test func `several cells are edited at once`() {
    #expect(
      Self.edited("```swift\na\n```\n\n```swift\nb\n```\n", [1: "x\ny", 5: "z"])
        == "```swift\nx\ny\n```\n\n```swift\nz\n```\n")
  }

  @Test(arguments: [
    ("```swift\na\n```\n", [1: "a\n```\nb"]), ("~~~swift\na\n~~~\n", [1: "~~~~"]),
    ("```swift\na\n```\n", [2: "b"]), ("```output\na\n```\n", [1: "b"]), ("text\n", [1: "b"]),
  ])
  func `a text that would end its cell, and a cell that is none, are refused`(
    markdown: String, texts: [Int: String]
  ) {
    #expect(Self.edited(markdown, texts) == nil)
  }
}
