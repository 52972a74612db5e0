import Testing

@testable import WorkbookCore
@testable import WorkbookSite

@Suite struct BookPagesTests {
  static let cell = "# T\n\n```swift\n```\n```output decreasing\n0 3\n```\n"

  @Test func `the contents have the chapters in order, and the libraries`() {
    let book = ArticleTests.book([
      ArticleTests.page("# A\n"), ArticleTests.page("# B\n", "part/b.md"),
    ])
    let text = book.contents(of: nil, modules: ["Tensors"])
    #expect(
      text.contains(
        "### Chapters\n\n- <doc:a>\n\n### part\n\n- <doc:part/b>\n\n### Library\n\n- ``Tensors``"))
    #expect(text.contains("All ran and printed what their pages say, as of 2026-11-23."))
  }

  @Test
  func `the contents of a translation have its chapters, and lead to the original's and back`() {
    let book = BookLanguagesTests.book([
      ArticleTests.page("# A\n"), BookLanguagesTests.page("# 甲\n", "zh/a.md", in: "zh"),
    ])
    let original = book.contents(of: nil, modules: [])
    #expect(original.contains("### Chapters\n\n- <doc:a>\n\n### In other languages\n\n- <doc:zh>"))
    #expect(original.contains("[中文](<doc:zh>)"))
    let text = book.contents(of: "zh", modules: ["Tensors"])
    #expect(text.hasPrefix("# Book · 中文\n"))
    #expect(text.contains("[English](<doc:book>)"))
    #expect(text.hasSuffix("## Topics\n\n### 章节\n\n- <doc:zh-a>\n"))
    #expect(text.contains("共 1 章、0 个程序。全部运行过，输出与页面所写一致（2026-11-23）。"))
  }

  @Test func `main programs are compared where there are two or more`() throws {
    var page = ArticleTests.output(Self.cell, printed: "0 3\n1 2\n2 1\n")
    #expect(ArticleTests.book([page]).comparison(of: nil) == nil)
    var other = page
    (other.name, page.chapter.title) = ("b", "S")
    let comparison = try #require(ArticleTests.book([page, other]).comparison(of: nil))
    #expect(comparison.markdown.contains("| [S](<doc:a>) | 3 at 0 | 1 at 2 |\n| [T](<doc:b>) |"))
    #expect(comparison.picture.drawn.map(\.name) == ["S · T"])
  }

  @Test func `a module's page leads back to the book, and to the chapters that import it`() {
    let user = ArticleTests.page("# T\n\n```swift\nimport NN\n```\n")
    let other = ArticleTests.page("# S\n\n```swift\nimport NDArrays\n```\n", "b.md")
    let book = ArticleTests.book([user, other])
    #expect(
      book.page(ofModule: "NN")
        == "# ``NN``\n\nA library of [Book](<doc:book>).\n\nUsed in [T](<doc:a>)\n")
    #expect(book.page(ofModule: "X") == "# ``X``\n\nA library of [Book](<doc:book>).\n")
  }
}
