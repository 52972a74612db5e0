import Testing

@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct SiteWordsTests {
  @Test(
    "The site speaks Chinese and English",
    arguments: [
      ("zh", SiteWords.chinese), ("zh-Hans", .chinese), ("en", .english), ("de", .english),
      ("zha", .english),
    ])
  func language(code: String, words: SiteWords) {
    #expect(SiteWords(language: code) == words)
  }

  @Test("A language is called by its own name")
  func names() {
    #expect(["en", "zh", "de"].map(SiteWords.name) == ["English", "中文", "Deutsch"])
  }
}
