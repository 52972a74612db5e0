import Testing

@testable import WorkbookChapters
@testable import WorkbookSite

@Suite struct EditedMarkdownTests {
  @Test func `edits in any order leave the rest as it was`() {
    var text = EditedMarkdown(Array("one two three".utf8))
    text.replace(8..<13, with: "3")
    text.insert("<", at: 4)
    text.replace(0..<4, with: "")
    text.insert(">", at: 7)
    text.insert("!", at: 7)
    #expect(String(decoding: text.render().text, as: UTF8.self) == "<two>! 3")
  }

  @Test func `of edits that overlap the first in the text counts`() {
    var text = EditedMarkdown(Array("one two".utf8))
    text.insert("!", at: 1)
    text.replace(0..<5, with: "x")
    #expect(String(decoding: text.render().text, as: UTF8.self) == "xwo")
  }

  @Test func `each byte knows where it comes from`() {
    var text = EditedMarkdown(Array("ab cd".utf8))
    text.replace(0..<2, with: "xyz")
    text.insert("!", at: 4)
    let (bytes, origins) = text.render()
    #expect(String(decoding: bytes, as: UTF8.self) == "xyz c!d")
    #expect(origins == [0, 0, 0, 2, 3, 4, 4])
  }

  @Test(arguments: ["a\nbc\n\nd", "a\r\nbc\r\n\r\nd", "a\rbc\r\rd"])
  func `lines and columns of offsets, and back`(text: String) {
    let table = LineTable(Array(text.utf8))
    for (line, column, byte) in [(1, 1, "a"), (2, 1, "b"), (2, 2, "c"), (4, 1, "d")] {
      let offset = table.offset(line: line, column: column)
      #expect(offset.map { Array(text.utf8)[$0] } == byte.utf8.first)
      #expect(offset.map(table.place) == Position(line: line, column: column))
    }
    #expect(table.offset(line: 5, column: 1) == nil)
    #expect(LineTable([]).place(of: 0) == Position(line: 1, column: 1))
  }
}
