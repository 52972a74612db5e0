import Testing

@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct BookLanguagesTests {
  /// A page of a translation, which is not on disk.
  static func page(_ markdown: String, _ file: String, in language: String) -> SitePage {
    var page = ArticleTests.page(markdown, file)
    page.name = page.name.replacing("/", with: "-")
    page.translation = Translation(folder: "\(ArticleTests.folder)/\(language)")
    return page
  }

  static func book(_ pages: [SitePage]) -> SiteBook { ArticleTests.book(pages) }

  static let whole = book([
    page("# 甲\n", "zh/a.md", in: "zh"), ArticleTests.page("# A\n"),
    ArticleTests.page("# B\n", "b.md"), page("# 乙\n", "zh/b.md", in: "zh"),
    page("# C\n", "pt-BR/b.md", in: "pt-BR"),
  ])

  @Test func `the original comes first, and its contents are the site's`() {
    #expect(Self.whole.translations == [nil, "zh", "pt-BR"])
    #expect(
      Self.whole.translations.map { Self.whole.contentsName(of: $0) } == ["book", "zh", "pt-br"])
    #expect(Self.whole.comparisonName(of: "pt-BR") == "pt-br-comparison")
    let translationAlone = Self.book([Self.page("# 甲\n", "zh/a.md", in: "zh")])
    #expect(translationAlone.contentsName(of: "zh") == "book")
    #expect(translationAlone.words(of: "zh") == .chinese)
  }

  @Test func `a page knows its translations, and its neighbours speak its language`() {
    let pages = Self.whole.pages
    #expect(Self.whole.translations(of: pages[2]).map(\.name) == ["zh-b", "pt-BR-b"])
    #expect(Self.whole.translations(of: pages[3]).map(\.name) == ["b", "pt-BR-b"])
    #expect(Self.whole.translations(of: pages[0]).map(\.name) == ["a"])
    #expect(Self.whole.neighbours(of: pages[3]).previous?.name == "zh-a")
    #expect(Self.whole.neighbours(of: pages[3]).next == nil)
  }

  @Test func `pages in another language than the first are known by name`() {
    #expect(
      Self.whole.foreignPages == [
        "zh-a": "zh", "zh-b": "zh", "zh": "zh", "zh-comparison": "zh", "pt-BR-b": "pt-BR",
        "pt-br": "pt-BR", "pt-br-comparison": "pt-BR",
      ])
  }
}
