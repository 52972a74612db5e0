import Testing

@testable import WorkbookCore

@Suite struct BookPagesTests {
  static let cell = "# T\n\n```swift\n```\n```output decreasing\n0 3\n```\n"

  @Test("The contents have the chapters in order, and the libraries")
  func contents() {
    let book = ArticleTests.book([
      ArticleTests.page("# A\n"), ArticleTests.page("# B\n", "zh/b.md"),
    ])
    let text = book.contents(modules: ["Tensors"])
    #expect(
      text.contains(
        "### Chapters\n\n- <doc:a>\n\n### zh\n\n- <doc:zh/b>\n\n### Library\n\n- ``Tensors``"))
    #expect(text.contains("All ran and printed what their pages say, as of 2026-11-23."))
  }

  @Test("Main programs are compared where there are two or more")
  func comparison() throws {
    var page = ArticleTests.output(Self.cell, printed: "0 3\n1 2\n2 1\n")
    #expect(ArticleTests.book([page]).comparison == nil)
    var other = page
    (other.name, page.chapter.title) = ("b", "S")
    let comparison = try #require(ArticleTests.book([page, other]).comparison)
    #expect(comparison.markdown.contains("| [S](<doc:a>) | 3 at 0 | 1 at 2 |\n| [T](<doc:b>) |"))
    #expect(comparison.picture.curves.map(\.name) == ["S, T"])
  }
}
