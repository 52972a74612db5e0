import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct PackageFolderTests {
  private let folder = TemporaryFolder()
  private static let isRoot = geteuid() == 0

  private func own(_ name: String, _ user: uid_t) { lchown("\(folder.path)/\(name)", user, user) }

  @Test func `a chapter's package is the nearest above`() throws {
    for name in ["Package.swift", "a/b/c.md", "a/Package.swift"] { try folder.write(name) }
    #expect(try packageFolder(above: folder.path + "/a/b/c.md") == folder.path + "/a")
    #expect(try packageFolder(above: folder.path) == folder.path)
    #expect(try packageFolder(above: folder.path + "/none") == nil)
  }

  @Test(.enabled(if: isRoot))
  func `a stranger's is refused, with its owner and the way out`() throws {
    let manifest = try folder.write("Package.swift")
    try folder.write("mine/a.md")
    own("Package.swift", 4242)
    #expect {
      try packageFolder(above: folder.path + "/mine/a.md")
    } throws: { error in
      (error as? Fault)?.message == """
        \(manifest) belongs to user 4242, and SwiftPM would run it with your rights; \
        if you trust it, run this in its folder, or make it yours (chown)
        """
    }
  }

  @Test(.enabled(if: isRoot), arguments: ["Package.swift", "Package@swift-6.0.swift"])
  func `all that SwiftPM may run counts, also behind a link and a link itself`(name: String) throws
  {
    try folder.write("Package.swift")
    try folder.write("mine/a.md")
    let path = folder.path + "/mine/a.md"
    #expect(try packageFolder(above: path) == folder.path)
    try folder.write("other.swift")
    unlink("\(folder.path)/\(name)")
    try folder.link(name, to: "other.swift")
    #expect(try packageFolder(above: path) == folder.path)
    own(name, 4242)
    #expect(throws: Fault.strangersPackage(manifest: "\(folder.path)/\(name)", owner: "user 4242"))
    {
      try packageFolder(above: path)
    }
    own(name, 0)
    own("other.swift", 4242)
    #expect(throws: Fault.self) { try packageFolder(above: path) }
  }

  @Test(.enabled(if: isRoot))
  func `one of the user, of the system, or of the owner of the current folder is none`() throws {
    try folder.write("Package.swift")
    try folder.write("chapters/a.md")
    let path = folder.path + "/chapters/a.md"
    // Another user reads the system's.
    #expect(try packageFolder(above: path, user: 4243) == folder.path)
    own("Package.swift", 4242)
    #expect(throws: Fault.self) { try packageFolder(above: path) }
    #expect(try packageFolder(above: path, user: 4242) == folder.path)
    // Whose chapter it is says nothing of the package.
    own("chapters/a.md", 4242)
    own("chapters", 4242)
    #expect(throws: Fault.self) { try packageFolder(above: path) }
    // A checkout of that user's, mounted into a container where this one is root and stands in it.
    #expect(try packageFolder(above: path, here: folder.path + "/chapters") == folder.path)
  }
}
