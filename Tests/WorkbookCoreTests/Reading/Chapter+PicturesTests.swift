import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct ChapterPicturesTests {
  private let folder = TemporaryFolder()

  private func chapter(_ file: String, in place: String = "p/chapters") throws -> Chapter {
    let text = "![a](\(file))<!-- workbook: curve=main -->\n\n```swift\n```\n"
    let path = try folder.write("\(place)/a.md", text)
    return Chapter(path: path, bytes: Array(text.utf8)).readingPictures()
  }

  @Test func `a picture is read beside the chapter, or missing`() throws {
    try folder.write("p/chapters/images/a.svg", "<svg/>")
    #expect(
      try chapter("images/a.svg").programs[0].curveImages[0].picture == .file(Array("<svg/>".utf8)))
    for file in ["images/b.svg", "none/b.svg", "b.svg"] {
      let chapter = try chapter(file)
      #expect(chapter.programs[0].curveImages[0].picture == .missing)
      #expect(chapter.failures.isEmpty && !chapter.programs[0].isBroken)
    }
  }

  @Test func `its words are those of the translation`() throws {
    #expect(try chapter("a.svg").programs[0].curveImages[0].words == .english)
    #expect(try chapter("a.svg", in: "p/chapters/zh").programs[0].curveImages[0].words == .chinese)
  }

  @Test func `a link on the way, and what is no file, break the program, and nothing is written`()
    throws
  {
    try folder.write("outside/a.svg", "mine")
    try folder.write("p/chapters/a.md", "")
    try folder.write("p/chapters/folder.svg/x", "")
    try folder.write("p/chapters/file", "")
    try folder.link("p/chapters/link.svg", to: folder.path + "/outside/a.svg")
    try folder.link("p/chapters/dangling.svg", to: folder.path + "/outside/new.svg")
    try folder.link("p/chapters/images", to: folder.path + "/outside")
    for (file, problem) in [
      ("link.svg", .link), ("dangling.svg", .link), ("images/a.svg", .link),
      ("images/new.svg", .link), ("folder.svg", .unreadable), ("file/a.svg", .unreadable),
    ] as [(String, PictureProblem)] {
      let chapter = try chapter(file)
      #expect(chapter.failures.map(\.problem) == [.format(.picture(file: file, problem))])
      #expect(chapter.failures.first?.location.position == Position(line: 1, column: 6))
      #expect(chapter.programs[0].isBroken)
      let picture = PictureFile(of: chapter.programs[0].curveImages[0], in: chapter.path)
      #expect(try !Drawing(file: picture, svg: "<svg/>", old: .missing).write([:]))
    }
    #expect(names(in: folder.path + "/outside") == ["a.svg"])
    #expect(try ChapterFile.read(folder.path + "/outside/a.svg") == Array("mine".utf8))
  }

  @Test func `a picture is written over what was read, and over nothing else`() throws {
    let image = try chapter("new/images/a.svg").programs[0].curveImages[0]
    let file = PictureFile(of: image, in: folder.path + "/p/chapters/a.md")
    func write(_ svg: String, over old: CurveImage.Picture) throws -> Bool {
      try Drawing(file: file, svg: svg, old: old).write(["HOME": folder.path])
    }
    #expect(try write("one", over: .missing))
    #expect(try write("two", over: .file(Array("one".utf8))))
    #expect(try !write("three", over: .file(Array("one".utf8))))
    #expect(try !write("three", over: .missing))
    #expect(try ChapterFile.read(file.path) == Array("two".utf8))
    #expect(names(in: folder.path + "/p/chapters/new/images") == ["a.svg"])
  }
}
