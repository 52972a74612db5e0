import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSite

@Suite struct SiteFolderTests {
  private let folder = TemporaryFolder()

  private func check(_ name: String) throws {
    try SiteFolder(path: folder.path + "/" + name).check()
  }

  @Test func `a site, an empty folder and nothing may be replaced`() throws {
    try check("nowhere")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/empty", withIntermediateDirectories: true)
    try check("empty")
    try folder.write("site/site.json", #"["index.html","site.json"]"#)
    try folder.write("site/index.html")
    try check("site")
  }

  @Test func `what else is there is the user's`() throws {
    try folder.write("notes.txt", "mine")
    try folder.write("chapters/a.md")
    try folder.write("chapters/index.html")
    try folder.write("odd/site.json", "{}")
    try folder.write("site/site.json", #"["index.html","site.json"]"#)
    try folder.link("link", to: "site")
    try folder.link("dangling", to: "nowhere")
    for name in ["notes.txt", "chapters", "odd", "link", "dangling"] {
      #expect(throws: CommandError.exists(path: folder.path + "/" + name)) { try check(name) }
    }
    try folder.write("site/CNAME", "mine")
    #expect(throws: CommandError.exists(path: folder.path + "/site/CNAME")) { try check("site") }
  }

  @Test func `what stands beside a site is left alone`() throws {
    try folder.write("new/index.html", "new")
    for name in [".site.old/a", ".site.new/a"] { try folder.write(name, "mine") }
    for _ in 0..<2 {
      try SiteFolder(path: folder.path + "/site").replace(with: folder.path + "/new")
    }
    #expect(folder.names == [".site.new", ".site.old", "new", "site"])
    #expect(try folder.read(".site.old/a") == "mine")
  }

  @Test func `a site takes the place of another as a whole`() throws {
    try folder.write("new/index.html", "new")
    try folder.write("site/old.html", "old")
    try SiteFolder(path: folder.path + "/site").replace(with: folder.path + "/new")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/site") == ["index.html"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["new", "site"])
  }
}
