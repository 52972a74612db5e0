import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct ChapterFileTests {
  let folder = TemporaryFolder()

  /// The paths found, below the folder, and the problems.
  func find(_ paths: String...) -> (files: [String], problems: [FileProblem]) {
    let found = ChapterFile.find(paths.map { "\(folder.path)/\($0)" })
    return (found.files.map { String($0.path.dropFirst(folder.path.count + 1)) }, found.problems)
  }

  @Test func `a folder's chapters come in natural order, without hidden ones and other files`()
    throws
  {
    for name in [
      "10.md", "2.md", "02b.md", "a/1.md", "a/x.txt", ".git/x.md", ".x.md", "b.MD", "ä 1.md",
      "a10/3.md",
      "a9/3.md",
    ] {
      try folder.write(name)
    }
    let found = find("")
    #expect(
      found.files == ["02b.md", "2.md", "10.md", "a/1.md", "a9/3.md", "a10/3.md", "b.MD", "ä 1.md"])
    #expect(found.problems.isEmpty)
  }

  #if os(Linux)
    @Test func `a chapter whose name is no text is told, other such files are passed over`() throws
    {
      try folder.write("1.md")
      for name in [[0x61, 0xFF, 0x2E, 0x6D, 0x64, 0], [0xFF, 0]] as [[UInt8]] {
        let path = Array(folder.path.utf8) + [0x2F] + name
        let file = path.withUnsafeBufferPointer {
          $0.withMemoryRebound(to: CChar.self) { open($0.baseAddress!, O_CREAT | O_WRONLY, 0o600) }
        }
        #expect(file >= 0)
        close(file)
      }
      #expect(find("").files == ["1.md"])
      let problems = find("").problems
      #expect(problems.count == 1)
      guard case .notReadable(let path, reason: "its name is not UTF-8")? = problems.first else {
        Issue.record("\(problems)")
        return
      }
      #expect(path.hasSuffix("a\u{FFFD}.md"))
    }
  #endif

  @Test func `Swift files are found as Markdown is`() throws {
    for name in ["1.md", "Sources/B.swift", "Sources/A.swift", "Sources/.build/C.swift"] {
      try folder.write(name)
    }
    #expect(find("").files == ["1.md", "Sources/A.swift", "Sources/B.swift"])
    let named = ChapterFile.find(["\(folder.path)/Sources", "\(folder.path)/Sources/B.swift"]).files
    #expect(named.map(\.isNamed) == [false, true])
  }

  @Test func `a Swift file without a cell is left out where nobody named it`() throws {
    let cell = "/// ```swift\n/// print(1)\n/// ```\nfunc f() {}\n"
    try folder.write("Sources/A.swift", cell)
    try folder.write("Sources/B.swift", "/// Says `print`.\nfunc f() {}\n")
    let book = try readBook(["\(folder.path)/Sources"])
    #expect(book.map(\.chapter.title) == ["A"])
    #expect(try readBook(["\(folder.path)/Sources/B.swift"]).map(\.programs.count) == [0])
    try folder.write("Sources/A.swift", "")
    let path = "\(folder.path)/Sources"
    #expect { try readBook([path]) } throws: { error in
      (error as? FileProblems)?.problems == [.noChapters(folder: path)]
    }
  }

  @Test func `a file named twice, also through a link, is read once`() throws {
    try folder.write("a/1.md")
    try folder.link("b.md", to: "a/1.md")
    #expect(find("a", "a/1.md", "b.md", "a/../a/1.md").files == ["a/1.md"])
  }

  @Test func `links that loop are not followed`() throws {
    try folder.write("a/1.md")
    try folder.link("a/loop", to: "..")
    try folder.link("self.md", to: "self.md")
    #expect(find("").files == ["a/1.md"])
    #expect(find("self.md").problems == [.notRegular("\(folder.path)/self.md")])
  }

  @Test func `a program may be named behind a file or folder`() throws {
    try folder.write("1.md")
    try folder.write("2.md")
    try folder.write("c#.md")
    let path = folder.path
    let found = ChapterFile.find(["\(path)/#main", "\(path)/2.md#adam", "\(path)/c#.md"])
    #expect(found.problems.isEmpty)
    #expect(found.files.map(\.programs) == [["main"], ["main", "adam"], nil])
    #expect(found.files.map(\.requiredPrograms) == [[], ["adam"], []])
  }

  @Test
  func `the programs that are wanted are selected, and one that is missing gets a suggestion`()
    throws
  {
    let text = "```swift\n```\n```swift program=adam\n```\n"
    let chapter = Chapter(path: "c.md", bytes: Array(text.utf8))
    var file = ChapterFile(path: "c.md", programs: ["adam", "sgd"])
    #expect(try file.select(from: chapter).map(\.name) == ["adam"])
    file.requiredPrograms = ["adm"]
    #expect(throws: FileProblem.noSuchProgram("adm", path: "c.md", suggestion: "adam")) {
      try file.select(from: chapter)
    }
    #expect(try ChapterFile(path: "c.md", programs: nil).select(from: chapter).count == 2)
  }

  @Test func `a path that holds no chapter is told, and the others are found`() throws {
    try folder.write("1.md")
    try folder.write("x.txt")
    try folder.write("empty/.keep")
    let found = find("nothing", "x.txt", "empty", "1.md")
    let path = folder.path
    #expect(found.files == ["1.md"])
    #expect(
      found.problems == [
        .noSuchPath("\(path)/nothing"), .notAChapter("\(path)/x.txt"),
        .noChapters(folder: "\(path)/empty"),
      ])
    #expect(found.problems.allSatisfy { $0.message.hasPrefix(path) })
  }

  @Test func `a chapter is read whole; a missing, special or too large file is told`() throws {
    try folder.write("1.md", [1, 2, 3])
    try folder.write("big.md", [UInt8](repeating: 32, count: Chapter.sizeLimit + 1))
    let path = folder.path
    #expect(mkfifo("\(path)/pipe.md", 0o600) == 0)
    #expect(try ChapterFile.read("\(path)/1.md") == [1, 2, 3])
    #expect(throws: FileProblem.tooLarge("\(path)/big.md")) {
      try ChapterFile.read("\(path)/big.md")
    }
    #expect(throws: FileProblem.noSuchPath("\(path)/2.md")) { try ChapterFile.read("\(path)/2.md") }
    #expect(throws: FileProblem.notRegular("\(path)/pipe.md")) {
      try ChapterFile.read("\(path)/pipe.md")
    }
    #expect(throws: FileProblem.notRegular(path)) { try ChapterFile.read(path) }
  }

  @Test(.enabled(if: geteuid() != 0))
  func `a folder and a file without permission are told`() throws {
    try folder.write("shut/1.md")
    try folder.write("1.md")
    let path = folder.path
    defer { chmod("\(path)/shut", 0o700) }
    chmod("\(path)/shut", 0)
    chmod("\(path)/1.md", 0)
    let problem = FileProblem.notReadable("\(path)/shut", reason: "Permission denied")
    #expect(find("").problems == [problem])
    #expect(throws: FileProblem.notReadable("\(path)/1.md", reason: "Permission denied")) {
      try ChapterFile.read("\(path)/1.md")
    }
  }
}
