import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookSite

@Suite struct ServedBookTests {
  private let folder = TemporaryFolder()

  private func book(_ names: String...) throws -> ServedBook {
    try ServedBook(paths: names.map { folder[$0] }, readsPlainCode: false)
  }

  @Test func `a page is another one when a file that its programs begin with changes`() throws {
    try folder.write(
      "c.md", "# T\n\n<!-- workbook: prelude=p.swift -->\n\n```swift\nprint(a)\n```\n")
    let book = try book("c.md")
    var versions: Set<String> = []
    func look() throws -> ServedBook.Page {
      let page = try #require(book.pages().first)
      #expect(book.pages().first?.version == page.version)
      versions.insert(page.version)
      return page
    }
    #expect(try look().chapter.failures.count == 1)
    try folder.write("p.swift", "let a = 1\n")
    #expect(try look().chapter.failures.isEmpty)
    try folder.write("p.swift", "let a = 2\n")
    #expect(try look().chapter.programs[0].prelude?.code.string.contains("a = 2") == true)
    #expect(versions.count == 3)
  }

  @Test func `a file that is gone takes no other page with it`() throws {
    try folder.write("a/x.md", "# X\n")
    try folder.write("b/y.md", "# Y\n")
    let book = try book("a/x.md", "b/y.md")
    #expect(book.pages().map(\.name) == ["a-x", "b-y"])
    try FileManager.default.removeItem(atPath: folder["b/y.md"])
    let pages = book.pages()
    #expect(pages.map(\.name) == ["a-x", "b-y"])
    #expect(pages.map(\.chapter.failures.isEmpty) == [true, false])
    try folder.write("b/y.md", "# Z\n")
    #expect(book.pages().map(\.chapter.title) == ["X", "Z"])
  }
}
