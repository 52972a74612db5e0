import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct NewCommandTests {
  @Test func `a new chapter is numbered after the last one and named after its title`() throws {
    let folder = TemporaryFolder()
    try folder.write("09-summary.md", "# Summary\n")
    let path = try writeNewChapter(titled: "Learning rates & 学习", in: folder.path)
    #expect(path == folder.path + "/10-learning-rates-学习.md")
    #expect(try folder.read("10-learning-rates-学习.md").hasPrefix("# Learning rates & 学习\n"))
    #expect(try writeNewChapter(titled: "!", in: folder.path) == folder.path + "/11-chapter.md")
  }

  @Test func `a folder that cannot be made is an error that names it`() throws {
    let folder = TemporaryFolder()
    let file = try folder.write("file", "")
    #expect { try writeNewChapter(titled: "x", in: file + "/chapters") } throws: { error in
      (error as? CommandError)?.message.contains(file) == true
    }
  }

  @Test func `the largest number that there is has no next one and counts for none`() throws {
    let folder = TemporaryFolder()
    try folder.write("\(Int.max)-x.md")
    #expect(try writeNewChapter(titled: "a", in: folder.path) == folder.path + "/01-a.md")
  }
}
