import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct SiteCheckTests {
  @Test func `what a site refers to and does not have is found, and nothing else`() throws {
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
      check.findings().map(\.target)
        == ["/documentation/a#Two", "/documentation/b", "/images/c~dark.svg", "/js/a.js", "b.md"])
  }

  @Test func `an address that a page may not have is found wherever DocC got it from`() throws {
    let folder = TemporaryFolder()
    try folder.write(
      "data/documentation/a.json",
      #"""
      {"references":{"1":{"url":"javascript:alert(1)"},"2":{"url":"\u0001javascript:x"},
      "3":{"url":"java\tscript:x"},"4":{"url":"//host"},"5":{"variants":[{"url":"data:image/png,"}]},
      "6":{"url":"mailto:a@b.c"},"7":{"url":"file:///etc/passwd"}}}
      """#)
    let found = try SiteCheck(folder: folder.path, basePath: "").findings()
    #expect(found.map(\.problem).allSatisfy { if case .refused = $0 { true } else { false } })
    #expect(
      Set(found.map(\.target)) == [
        "javascript:alert(1)", "\u{1}javascript:x", "java\tscript:x", "//host",
        "data:image/png,", "file:///etc/passwd",
      ])
  }

  @Test func `a page that is no JSON is found`() throws {
    let folder = TemporaryFolder()
    try folder.write("data/documentation/a.json", #"{"a\b":1}"#.replacing("\\b", with: "\\x"))
    let found = try SiteCheck(folder: folder.path, basePath: "").findings()
    #expect(found.map(\.page) == ["/documentation/a"])
    #expect(found.map(\.problem) == [.unreadablePage])
  }
}
