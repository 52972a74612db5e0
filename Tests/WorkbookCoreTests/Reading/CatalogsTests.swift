import Testing
import WorkbookTestTools

@testable import WorkbookCore

@Suite struct CatalogsTests {
  private let folder = TemporaryFolder()

  private func write(_ catalog: String, language: String) throws {
    try folder.write(
      catalog + "/Info.plist",
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <plist version="1.0"><dict>
      <key>CDDefaultCodeListingLanguage</key><string>\(language)</string>
      </dict></plist>
      """)
  }

  private func haveSwift(at path: String) -> Bool {
    var catalogs = Catalogs()
    return catalogs.haveSwift(at: path)
  }

  @Test func `a catalog speaks for its articles, and for the sources beside and below it`() throws {
    try folder.write("Package.swift", "")
    try write("Sources/A/A.docc", language: "Swift")
    try write("Sources/B/B.docc", language: "objc")
    for file in ["Sources/C/c.swift", "Sources/C/C.docc/c.md", "README.md", "Sources/A/a.md"] {
      try folder.write(file)
    }
    for path in [
      "Sources/A/A.docc/a.md", "Sources/A/A.docc/Deep/b.md", "Sources/A/a.swift",
      "Sources/A/Deep/b.swift",
    ] {
      #expect(haveSwift(at: folder[path]), "\(path)")
    }
    for path in [
      "Sources/B/B.docc/a.md", "Sources/B/b.swift", "Sources/C/c.swift", "Sources/C/C.docc/c.md",
      "README.md", "Sources/A/a.md", "Sources/d.swift",
    ] {
      #expect(!haveSwift(at: folder[path]), "\(path)")
    }
  }

  @Test func `a catalog above the package is not its own`() throws {
    try write("Outer.docc", language: "swift")
    try folder.write("inner/Package.swift", "")
    #expect(!haveSwift(at: folder["inner/Sources/A/a.swift"]))
    #expect(haveSwift(at: folder["a.swift"]))
  }

  @Test func `a list that cannot be read says nothing`() throws {
    try folder.write("A.docc/Info.plist", "{")
    #expect(!haveSwift(at: folder["A.docc/a.md"]))
  }
}
