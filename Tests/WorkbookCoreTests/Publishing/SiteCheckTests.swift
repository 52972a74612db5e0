import Testing

@testable import WorkbookCore

@Suite struct SiteCheckTests {
  @Test("What a site refers to and does not have is found, and nothing else")
  func broken() throws {
    let folder = TemporaryFolder()
    try folder.write(
      "data/documentation/a.json",
      """
      {"identifier":{"url":"doc://x/A","interfaceLanguage":"swift"},"content":[{"anchor":"One-%C3%A4"}],
      "references":{"1":{"url":"/documentation/a#One-ä"},"2":{"url":"/documentation/a#Two"},
      "3":{"url":"/images/b.svg"},"4":{"url":"https://example.org"},"5":{"url":"b.md"},
      "6":{"url":"/documentation/b"},"7":{"variants":[{"url":"/images/c~dark.svg"}]}}}
      """)
    try folder.write("images/b.svg")
    try folder.write(
      "documentation/a/index.html", "<a href=\"/x/js/a.js\"> <a href=\"/x/images/b.svg\">")
    let check = try SiteCheck(folder: folder.path, basePath: "/x")
    #expect(
      check.brokenLinks().map(\.target)
        == ["/documentation/a#Two", "/documentation/b", "/images/c~dark.svg", "/js/a.js", "b.md"])
    #expect(check.count == 9)
  }
}
