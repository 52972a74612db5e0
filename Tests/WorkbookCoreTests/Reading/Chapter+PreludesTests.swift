import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct ChapterPreludesTests {
  private let folder = TemporaryFolder()

  private func chapter(_ prelude: String) throws -> Chapter {
    try folder.write("p/Package.swift", "")
    let text = "<!-- workbook: prelude=\(prelude) -->\n\n```swift\n```\n```swift program=b\n```\n"
    let path = try folder.write("p/chapters/a.md", text)
    return Chapter(path: path, bytes: Array(text.utf8)).readingPreludes()
  }

  @Test func `a prelude is read beside the chapter, line by line`() throws {
    try folder.write("p/Prelude.swift", "let a = 1\r\nlet b = 2\n")
    let chapter = try chapter("../Prelude.swift")
    #expect(chapter.failures.isEmpty)
    for program in chapter.programs {
      let prelude = try #require(program.prelude)
      #expect(prelude.path == folder.path + "/p/Prelude.swift")
      #expect(prelude.code.lines.map(\.text) == ["let a = 1", "let b = 2"])
      #expect(prelude.code.lines.map(\.line) == [1, 2])
      #expect(!program.isBroken)
    }
  }

  @Test func `a byte order mark is skipped, and too much is told as that`() throws {
    try folder.write("p/Prelude.swift", "\u{FEFF}let a = 1\n")
    let lines = try chapter("../Prelude.swift").programs.first?.prelude?.code.lines
    #expect(lines?.map(\.text) == ["let a = 1"])
    try folder.write("p/Large.swift", String(repeating: " ", count: Chapter.sizeLimit + 1))
    #expect(
      try chapter("../Large.swift").failures.map(\.problem) == [
        .format(.prelude(file: "../Large.swift", .tooLarge))
      ])
  }

  @Test func `one that cannot be read breaks its programs, and is told once, at its place`()
    throws
  {
    try folder.write("outside.swift", "")
    try folder.write("p/folder/x", "")
    try folder.write("p/.git/config", "")
    try folder.link("p/link.swift", to: folder.path + "/outside.swift")
    let package = try #require(realPath(folder.path)) + "/p"
    for (file, problem) in [
      ("none.swift", .missing), ("../folder", .unreadable),
      ("../../outside.swift", .outside(package: package)),
      ("../link.swift", .outside(package: package)), ("/etc/passwd", .outside(package: package)),
      ("../.git/config", .hidden),
    ] as [(String, PreludeProblem)] {
      let chapter = try chapter(file)
      #expect(
        chapter.failures.map(\.problem) == [.format(.prelude(file: file, problem))])
      #expect(chapter.failures.first?.location.position == Position(line: 1, column: 16))
      #expect(chapter.programs.allSatisfy { $0.isBroken })
    }
  }

  @Test func `a notebook in no package gets nothing that lies beside it`() throws {
    try folder.write("home/.ssh/id", "")
    try folder.write("home/mine.swift", "")
    func problems(_ text: String) throws -> [Failure.Problem] {
      let path = try folder.write("home/n.md", text)
      return Chapter(path: path, bytes: Array(text.utf8)).readingPreludes().failures.map(\.problem)
    }
    let cell = "\nprint(1)\n```\n"
    #expect(
      try problems("```swift files=.ssh" + cell)
        == [.format(.givenFiles(file: ".ssh", .noPackage))])
    #expect(
      try problems("<!-- workbook: prelude=.ssh/id -->\n\n```swift" + cell)
        == [.format(.prelude(file: ".ssh/id", .hidden))])
    #expect(try problems("<!-- workbook: prelude=mine.swift -->\n\n```swift" + cell) == [])
  }
}
