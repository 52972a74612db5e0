import Testing
import WorkbookTestTools

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

  @Test(arguments: [("admm", "; did you mean 'adam'?"), ("nothing", "")])
  func `a program that no chapter of a folder has is an error`(name: String, hint: String) throws {
    let error = try #require(throws: FileProblems.self) {
      try readBook([folder.path + "#\(name)", folder.path + "#sgd"])
    }
    #expect(error.problems.map(\.message) == ["\(folder.path): has no program '\(name)'\(hint)"])
  }

  @Test func `a chapter that cannot be read may have the program, and is what is told`() throws {
    try folder.write("c.md", "```swift norun\n1\n```\n")
    #expect(try readBook([folder.path + "#nothing"]).last?.chapter.failures.count == 1)
  }
}
