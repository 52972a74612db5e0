import Foundation
import Synchronization
import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct ExportCommandTests {
  private let library = PackageDescription(
    name: "my \"lib\"", path: "/tmp/my \"lib\"", libraryProducts: ["A", "B"])

  @Test func `a chapter becomes a package with a target a program, without what must not compile`()
    throws
  {
    let folder = TemporaryFolder()
    var main = Samples.program(code: "print(1)")
    var failing = main.cells[0]
    failing.kind = .error(containing: "")
    main.cells.append(failing)
    let chapter = Samples.chapter(
      "chapters/06-optim.md",
      programs: [
        main, Samples.program("exercise 1"), Samples.program("x", kind: .skipped(reason: "")),
      ])
    try export(chapter, to: folder.path + "/new", package: library)
    #expect(try folder.read("new/Sources/Main/main.swift") == "print(1)\n")
    #expect(try folder.read("new/Sources/exercise_1/main.swift") == "print(1)\n")
    let manifest = try folder.read("new/Package.swift")
    #expect(manifest.contains("name: \"06-optim\""))
    #expect(manifest.contains(".package(name: \"my \\\"lib\\\"\", path: \"/tmp/my \\\"lib\\\"\")"))
    #expect(manifest.contains(".product(name: \"B\", package: \"my \\\"lib\\\"\")"))
    #expect(!manifest.contains("\"x\""))
  }

  @Test func `a program that sees a module without importing it imports it there`() throws {
    let folder = TemporaryFolder()
    var program = Samples.program(code: "print(1)")
    program.module = "Shapes"
    try export(Samples.chapter(programs: [program]), to: folder.path, package: library)
    #expect(try folder.read("Sources/Main/main.swift") == "import Shapes\n\nprint(1)\n")
  }

  @Test func `a folder with something in it stays as it is`() throws {
    let folder = TemporaryFolder()
    try folder.write("precious", "mine")
    let chapter = Samples.chapter(programs: [Samples.program()])
    #expect(throws: CommandError.exists(path: folder.path)) {
      try export(chapter, to: folder.path, package: nil)
    }
    #expect(folder.names == ["precious"])
  }

  @Test func `a file in the folder's place stays as it is`() throws {
    let folder = TemporaryFolder()
    let path = try folder.write("precious", "mine")
    #expect(throws: CommandError.exists(path: path)) {
      try export(Samples.chapter(programs: [Samples.program()]), to: path, package: nil)
    }
    #expect(try folder.read("precious") == "mine")
  }

  @Test func `a chapter with a mistake in its form is told and not exported`() async throws {
    let folder = TemporaryFolder()
    let path = try folder.write(
      "a.md", "```swift foo=1\nprint(1)\n```\n\n```swift rtol=1\nprint(2)\n```\n")
    let problems = Mutex(0)
    let code = try await exportChapter(path, to: folder["new"], environment: [:]) { event in
      if case .problem = event { problems.withLock { $0 += 1 } }
    }
    #expect(code == .unreadable && problems.withLock { $0 } > 0 && folder.names == ["a.md"])
  }

  @Test func `a page has nothing to export`() {
    #expect(throws: CommandError.nothingToExport(chapter: "a.md")) {
      try export(Samples.chapter(programs: []), to: "/nowhere", package: nil)
    }
  }

  @Test func `target names are Swift identifiers, each once`() {
    #expect(
      targetNames(of: ["main", "adam", "1st", "a b", "a-b", "a_b", "学"])
        == ["Main", "adam", "program_1st", "a_b", "a_b_", "a_b_3", "program__"])
  }
}
