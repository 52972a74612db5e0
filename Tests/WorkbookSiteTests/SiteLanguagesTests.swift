import Testing

@testable import WorkbookSite

@Suite struct SiteLanguagesTests {
  @Test(arguments: [("a", "en"), ("zh-a", "zh")])
  func `a page says its language, also to scripts`(name: String, language: String) {
    let languages = SiteLanguages(first: "en", others: ["zh-a": "zh", "zh": "zh"])
    let html = languages.mark("<html lang=\"en-US\" class=\"x\"><head></head>", name: name)
    #expect(html.hasPrefix("<html lang=\"\(language)\" class=\"x\"><head><script>"))
    #expect(html.hasSuffix("</script></head>"))
    #expect(html.contains("o={\"zh\":\"zh\",\"zh-a\":\"zh\"}"))
  }
}
