import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct ChapterAdoptionTests {
  private func adopted(_ text: String) async throws -> (text: String?, facts: AdoptedChapter) {
    let source = Array(text.utf8)
    let chapter = Chapter(path: "chapters/c.md", bytes: source)
    let entry = BookChapter(chapter: chapter, source: source, programs: chapter.programs)
    var adoption = ChapterAdoption(entry, try await Trials.ofWorkshop())
    try await adoption.run()
    return (adoption.bytes.map { String(decoding: $0, as: UTF8.self) }, adoption.facts)
  }

  private func cell(_ code: String) -> String { "```swift\n\(code)\n```\n" }

  @Test func `a document that passes is let be, and only its outputs are written`() async throws {
    let (text, facts) = try await adopted(cell("print(1)\nprint(2)"))
    #expect(text == cell("print(1)\nprint(2)") + "\n```output adopted\n1\n2\n```\n")
    #expect((facts.cells, facts.compiled, facts.run, facts.checked) == (1, 1, 1, 1))
    #expect(try await adopted(text ?? "").text == text)
  }

  @Test func `the fewest modules are imported`() async throws {
    let (text, _) = try await adopted(cell("_ = double(2)"))
    #expect(text == "<!-- workbook: adopted imports=\"Shapes\" -->\n\n" + cell("_ = double(2)"))
    let own = cell("import Shapes\n_ = double(2)")
    #expect(try await adopted(own).text == own)
  }

  @Test func `what compiles nowhere is skipped, and nothing is imported that nothing needs`()
    async throws
  {
    let (text, facts) = try await adopted(cell("_ = missing") + cell("_ = 1"))
    #expect(
      text == "<!-- workbook: adopted skip=\"cannot find 'missing' in scope\" -->\n"
        + cell("_ = missing") + cell("_ = 1"))
    #expect((facts.compiled, facts.run, facts.skipped.count) == (1, 1, 1))
  }

  @Test(arguments: [
    "let n: Int? = nil\n_ = n!", "while true {}", "import Foundation\nexit(3)",
    "struct E: Error {}\nthrow E()",
  ])
  func `what does not end well is not run, and the others are`(code: String) async throws {
    let (text, facts) = try await adopted(cell("let a = 1") + cell(code) + cell("_ = a"))
    #expect(
      text == cell("let a = 1") + "<!-- workbook: adopted program=2 no-run -->\n" + cell(code)
        + cell("_ = a"))
    #expect((facts.compiled, facts.run, facts.skipped.count) == (3, 2, 0))
    #expect(
      try await adopted(cell(code)).text == "<!-- workbook: adopted no-run -->\n" + cell(code))
  }

  @Test func `what differs between two runs has no block, and the next passes over it`()
    async throws
  {
    let random = cell("print(Int.random(in: 0 ... .max))")
    let (text, _) = try await adopted(random + cell("print(1)"))
    #expect(text == random + cell("print(1)") + "\n```output adopted\n...\n1\n```\n")
  }

  @Test func `a cell that prints something else than it says is told of`() async throws {
    let wrong = cell("print(1) // Prints \"2\"")
    let (text, facts) = try await adopted(wrong + cell("_ = 1"))
    #expect(
      text == "<!-- workbook: adopted no-run -->\n".replacing("adopted", with: "adopted program=2")
        + wrong + cell("_ = 1"))
    #expect(facts.mistakes.map(\.location.line) == [2])
  }

  @Test func `what authors say stays as it is`() async throws {
    let text =
      "```swift no-run\nfatalError()\n```\n```swift program=b skip=\"x\"\nnonsense(\n```\n"
      + "```swift program=c\nprint(1)\n```\n```output rtol=1\n1\n```\n```swift program=d error\nlet x: Int = \"\"\n```\n"
    #expect(try await adopted(text).text == text)
  }
}
