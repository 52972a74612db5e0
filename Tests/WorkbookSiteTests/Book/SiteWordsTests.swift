import Testing

@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct SiteWordsTests {
  @Test(arguments: [
    ("zh", SiteWords.chinese), ("zh-Hans", .chinese), ("en", .english), ("de", .english),
    ("zha", .english),
  ])
  func `the site speaks Chinese and English`(code: String, words: SiteWords) {
    #expect(SiteWords(language: code) == words)
  }

  @Test func `a language is called by its own name`() {
    #expect(["en", "zh", "de"].map(SiteWords.name) == ["English", "中文", "Deutsch"])
  }
}
