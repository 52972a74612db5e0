import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct SiteFilesTests {
  private let outside = TemporaryFolder()
  private let folder = TemporaryFolder()

  init() throws {
    try outside.write("secret.svg", "secret")
    try folder.write("Package.swift", "")
    try folder.write("chapters/a.svg", "a")
    try folder.link("chapters/out.svg", to: outside.path + "/secret.svg")
    try folder.link("chapters/in.svg", to: "../chapters/a.svg")
    try folder.link("chapters/loop", to: "loop")
    try folder.link("out", to: outside.path)
    mkfifo(folder.path + "/pipe.svg", 0o600)
  }

  @Test(
    arguments: [
      ("chapters/a.svg", SiteFiles.Kind.file), ("chapters/in.svg", .file),
      ("chapters/out.svg", .outside), ("out/secret.svg", .outside), ("out", .outside),
      ("chapters/../out/secret.svg", .outside), ("..", .outside), ("../..", .outside),
      ("chapters", .other), ("", .other), ("pipe.svg", .other), ("no.svg", .missing),
      ("chapters/loop", .missing), ("a\u{0}b", .missing),
    ])
  func `links are followed before it is said where a file is`(path: String, kind: SiteFiles.Kind) {
    #expect(SiteFiles(in: folder.path).kind(of: folder.path + "/" + path) == kind)
  }

  @Test func `a folder whose name begins with the book's is another`() throws {
    let sister = folder.path + "-x"
    try FileManager.default.createDirectory(atPath: sister, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: sister) }
    #expect(SiteFiles(in: folder.path).kind(of: sister) == .outside)
  }

  @Test func `a device is no file and a very large file is none to show`() throws {
    #expect(SiteFiles(in: "/").kind(of: "/dev/zero") == .other)
    let path = try folder.write("large.svg", "")
    #expect(truncate(path, off_t(SiteFiles.sizeLimit) + 1) == 0)
    #expect(SiteFiles(in: folder.path).kind(of: path) == .tooLarge)
  }

  @Test func `only what may be shown is read`() throws {
    let files = SiteFiles(in: folder.path)
    #expect(try files.read(folder.path + "/chapters/in.svg") == Data("a".utf8))
    for name in ["chapters/out.svg", "pipe.svg", "no.svg", "chapters"] {
      #expect(throws: Fault.self) { try files.read(folder.path + "/" + name) }
    }
  }

  private func files(for path: String) -> SiteFiles {
    SiteFiles(for: SitePage(Chapter(path: path, bytes: []), source: [], name: "a"))
  }

  @Test func `a chapter shows what is in its package, by the name of the chapter`() throws {
    try outside.write("a.md")
    try folder.link("chapters/a.md", to: outside.path + "/a.md")
    try folder.write("chapters/b.md")
    try folder.link("chapters/zh", to: outside.path)
    for name in ["chapters/a.md", "chapters/zh/a.md"] {
      let path = "\(folder.path)/\(name)"
      #expect(files(for: path).kind(of: path) == .outside)
      #expect(files(for: path).kind(of: folder.path + "/chapters/a.svg") == .file)
    }
    // A package of its own that a link leads to is not the one that the link is in.
    try outside.write("Package.swift", "")
    let path = folder.path + "/chapters/zh/a.md"
    #expect(files(for: path).kind(of: path) == .outside)
  }

  @Test
  func `without a package a chapter shows what is in its folder, and a translation the original's`()
    throws
  {
    let book = TemporaryFolder()
    let original = try book.write("book/a.md")
    let translation = try book.write("book/zh/a.md")
    let picture = try book.write("book/a.svg")
    try book.write("b.svg")
    #expect(files(for: original).kind(of: picture) == .file)
    #expect(files(for: original).kind(of: book.path + "/b.svg") == .outside)
    #expect(files(for: translation).kind(of: picture) == .file)
  }

  @Test func `a picture with a script is neither shown nor read`() throws {
    let path = try folder.write("script.svg", "<svg onload='a'/>")
    let files = SiteFiles(in: folder.path)
    #expect(files.kind(of: path) == .scripted)
    #expect(throws: Fault.self) { try files.read(path) }
  }
}
