import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct ChapterPairTests {
  private let folder = TemporaryFolder()

  private func pairs(_ original: String, _ translation: String) throws -> [String] {
    try ChapterPair.pairs("\(folder.path)/\(original)", "\(folder.path)/\(translation)").map {
      "\($0.original) \($0.translation) \($0.problem.map { "\($0)" } ?? "")"
        .replacing(folder.path + "/", with: "")
    }
  }

  @Test func `chapters of one name are pairs; further translations are none of the originals`()
    throws
  {
    for name in ["a.md", "part/b.md", "c.md", "zh/a.md", "zh/part/b.md", "zh/d.md", "de/a.md"] {
      try folder.write("book/" + name)
    }
    #expect(
      try pairs("book", "book/zh/") == [
        "book/a.md book/zh/a.md ", "book/c.md book/zh/c.md missingChapter",
        "book/part/b.md book/zh/part/b.md ", "book/d.md book/zh/d.md extraChapter",
      ])
    #expect(try pairs("book/zh", "book/de").count == 3)
    #expect(try pairs("book/a.md", "book/zh/d.md") == ["book/a.md book/zh/d.md "])
  }

  @Test func `what cannot be paired is told`() throws {
    try folder.write("book/a.md")
    #expect(throws: CommandError.self) { try pairs("book", "book/a.md") }
    #expect(throws: FileProblems.self) { try pairs("book", "nowhere") }
    #expect(throws: FileProblems.self) { try pairs("book", "book") }
  }
}
