import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct DocsCommandTests {
  private let folder = TemporaryFolder()

  private func check(_ name: String) throws {
    var options = DocsOptions(paths: [])
    options.output = folder.path + "/" + name
    try DocsCommand(options, environment: [:]) { _ in }.checkOutput()
  }

  @Test func `a site, an empty folder and nothing may be replaced`() throws {
    try check("nowhere")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/empty", withIntermediateDirectories: true)
    try check("empty")
    try folder.write("site/metadata.json", "{}")
    try folder.write("site/documentation/book/index.html", "")
    try check("site")
  }

  @Test func `what else is there is the user's`() throws {
    try folder.write("notes.txt", "mine")
    try folder.write("chapters/a.md")
    try folder.write("site/metadata.json", "{}")
    try folder.write("site/documentation/book/index.html", "")
    try folder.link("link", to: "site")
    try folder.link("dangling", to: "nowhere")
    for name in ["notes.txt", "chapters", "link", "dangling"] {
      #expect(throws: CommandError.exists(path: folder.path + "/" + name)) { try check(name) }
    }
    try folder.write("site/CNAME", "mine")
    #expect(throws: CommandError.exists(path: folder.path + "/site/CNAME")) { try check("site") }
  }
}
