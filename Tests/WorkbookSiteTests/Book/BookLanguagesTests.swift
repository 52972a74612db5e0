import Testing

@testable import WorkbookSite

@Suite struct BookLanguagesTests {
  static let whole = Samples.book([
    Samples.page("# 甲\n", "zh/a.md", in: "zh"), Samples.page("# A\n"),
    Samples.page("# B\n", "b.md"), Samples.page("# 乙\n", "zh/b.md", in: "zh"),
    Samples.page("# C\n", "pt-BR/b.md", in: "pt-BR"),
  ])

  @Test func `the original comes first, and its start is the site's`() {
    #expect(Self.whole.translations == [nil, "zh", "pt-BR"])
    #expect(
      Self.whole.translations.map { Self.whole.startAddress(of: $0) }
        == ["index.html", "zh.html", "pt-br.html"])
    let translationAlone = Samples.book([Samples.page("# 甲\n", "zh/a.md", in: "zh")])
    #expect(translationAlone.startAddress(of: "zh") == "index.html")
    #expect(translationAlone.printAddress(of: "zh") == "print.html")
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
}
