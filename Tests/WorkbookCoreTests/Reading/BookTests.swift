import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct BookTests {
  private let folder = TemporaryFolder()

  init() throws {
    try folder.write("a.md", "```swift\n1\n```\n```swift program=adam\n2\n```\n")
    try folder.write("b.md", "```swift program=sgd\n1\n```\n")
  }

  @Test func `a program of a folder is that of the chapters that have it`() throws {
    let book = try readBook([folder.path + "#adam"])
    #expect(book.map { $0.programs.map(\.name) } == [["adam"], []])
  }

  @Test func `a picture of two programs is a mistake, in one chapter and in two`() throws {
    let image = "![x](images/p.svg)<!-- workbook: curve=main -->\n"
    let path = try folder.write(
      "c.md",
      "```swift\n1\n```\n```swift program=b\n2\n```\n\(image)\(image)"
        + image.replacing("main", with: "b"))
    let chapter = try readBook([path])[0]
    #expect(
      chapter.chapter.failures.map(\.message) == [
        "'images/p.svg' shows what program 'main' prints, at \(path):7; name a file of its own"
      ])
    #expect(chapter.chapter.failures.map(\.location.line) == [9])
    #expect(chapter.programs.map(\.isBroken) == [false, true])
    let other = try folder.write("d.md", "```swift\n1\n```\n\(image)")
    #expect(try readBook([path, other]).map { $0.programs[0].isBroken } == [false, true])
    #expect(try readBook([other])[0].chapter.failures == [])
  }

  @Test func `a line names the programs of the block there, or above it`() throws {
    let path = try folder.write(
      "lines.md",
      "# T\n\n```swift\n1\n```\n```output\n1\n```\n\n```swift program=\"b c\"\n2\n```\n\nEnd.\n")
    for (line, names) in [
      ("3", ["main"]), ("5", ["main"]), ("7:2", ["main"]), ("9", ["main"]), ("10", ["b", "c"]),
      ("999", ["b", "c"]),
    ] {
      #expect(try readBook(["\(path):\(line)"])[0].programs.map(\.name) == names, "\(line)")
    }
    #expect(try readBook([path + ":3", path + "#c"])[0].programs.map(\.name) == ["main", "c"])
    #expect(try readBook([path + ":3", path])[0].programs.count == 3)
    let error = try #require(throws: FileProblems.self) { try readBook([path + ":1"]) }
    #expect(
      error.problems.map(\.message) == [
        "\(path): no cell stands at line 1 or above it; name the line of one"
      ])
    #expect(throws: FileProblems.self) { try readBook([folder.path + ":3"]) }
    #expect(throws: FileProblems.self) { try readBook([path + ":x"]) }
  }

  @Test(arguments: [("admm", "; did you mean 'adam'?"), ("nothing", "")])
  func `a program that no chapter of a folder has is an error`(name: String, hint: String) throws {
    let error = try #require(throws: FileProblems.self) {
      try readBook([folder.path + "#\(name)", folder.path + "#sgd"])
    }
    #expect(error.problems.map(\.message) == ["\(folder.path): has no program '\(name)'\(hint)"])
  }

  @Test func `a chapter that cannot be read may have the program, and is what is told`() throws {
    try folder.write("c.md", "```swift programm=nothing\n1\n```\n")
    #expect(try readBook([folder.path + "#nothing"]).last?.failures.count == 1)
    try folder.write("c.md", "```swift norun\n1\n```\n")
    #expect(throws: FileProblems.self) { try readBook([folder.path + "#nothing"]) }
  }

  @Test(arguments: ["#main", ":4", ""])
  func `of a file that is no text that is told, whichever program is asked for`(end: String) throws
  {
    let path = try folder.write("c.md", "")
    try Data([0x61, 0xFF]).write(to: URL(filePath: path))
    #expect(
      try readBook([path + end])[0].failures.map(\.problem) == [.format(.notUTF8(byte: 0xFF))])
  }

  @Test func `what is wrong with a program is told of who asks for that one, or for all`() throws {
    let path = try folder.write(
      "c.md",
      "```swift program=good\n1\n```\n```swift program=\"bad worse\" norun\n2\n```\n"
        + "```swift exercise=e timeot=3s\n```\n```swift program=\"x\" curve=x\n```\n")
    func messages(_ program: String) throws -> [Int] {
      try readBook([path + program])[0].failures.map(\.location.line)
    }
    #expect(try messages("#good") == [7, 7])
    #expect(try messages("#worse") == [4, 7, 7])
    #expect(try messages("#x") == [7, 7, 9])
    #expect(try messages("") == [4, 7, 7, 9])
    let chapter = try readBook([path])[0].chapter
    #expect(chapter.program(of: chapter.failures[0], among: ["good", "worse", "bad"]) == "worse")
    #expect(chapter.program(of: chapter.failures[1], among: ["good", "worse", "bad"]) == nil)
  }
}
