import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct ExcerptTests {
  private func rows(_ text: String, line: Int, column: Int, columns: Int = 60) -> [String] {
    Excerpt(
      source: Array(text.utf8), location: Location(path: "a.md", line: line, column: column),
      columns: columns
    ).rows(.plain)
  }

  @Test(arguments: [
    "\n", "\r\n", "\r",
  ])
  func `the line stands between its neighbours, with a caret under the column`(end: String) {
    let text = ["one", "two words", "three", "four", ""].joined(separator: end)
    #expect(
      rows(text, line: 2, column: 5) == [
        "   1 │ one",
        " ▸ 2 │ two words",
        "     │     ^",
        "   3 │ three",
      ])
  }

  @Test func `the caret stands right behind wide characters and combining marks`() {
    #expect(rows("学习 x\n", line: 1, column: 8) == [" ▸ 1 │ 学习 x", "     │      ^"])
    #expect(rows("e\u{301} x\n", line: 1, column: 5) == [" ▸ 1 │ e\u{301} x", "     │   ^"])
  }

  @Test func `the caret counts the bytes of the file, not of what is shown`() {
    #expect(rows("\u{FEFF}one x\n", line: 1, column: 5) == [" ▸ 1 │ one x", "     │     ^"])
    #expect(rows("\u{1B}ab\tx\n", line: 1, column: 5) == [" ▸ 1 │ ␛ab x", "     │     ^"])
  }

  @Test func `a long line is cut around the column`() {
    let text = String(repeating: "a", count: 500) + "X" + String(repeating: "b", count: 500)
    let found = rows(text, line: 1, column: 501)
    #expect(found.allSatisfy { $0.count <= 60 })
    let caret = found[1].distance(from: found[1].startIndex, to: found[1].firstIndex(of: "^")!)
    #expect(
      found[0].distance(from: found[0].startIndex, to: found[0].firstIndex(of: "X")!) == caret)
  }

  @Test func `a place outside the file has no excerpt, and terminal escapes are shown, not sent`() {
    #expect(rows("one\n", line: 7, column: 1) == [])
    #expect(rows("", line: 1, column: 1) == [])
    #expect(rows("\u{1B}[31mred\n", line: 1, column: 400)[0] == " ▸ 1 │ ␛[31mred")
  }
}
