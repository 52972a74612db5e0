import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct ChapterAdoptionTests {
  private func adopted(
    _ text: String, path: String = "chapters/c.md", module: String? = nil
  ) async throws -> (text: String?, facts: AdoptedChapter) {
    let source = Array(text.utf8)
    let chapter = Chapter(path: path, bytes: source).readingPreludes()
    var entry = BookChapter(chapter: chapter, source: source, programs: chapter.programs)
    for index in entry.programs.indices { entry.programs[index].module = module }
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
    let limit = "<!-- workbook: timeout=5s -->\n\n"
    let (text, facts) = try await adopted(limit + cell("let a = 1") + cell(code) + cell("_ = a"))
    #expect(
      text == limit + cell("let a = 1") + "<!-- workbook: adopted program=2 no-run -->\n"
        + cell(code) + cell("_ = a"))
    #expect((facts.compiled, facts.run, facts.skipped.count) == (3, 2, 0))
    #expect(
      try await adopted(limit + cell(code)).text
        == limit + "<!-- workbook: adopted no-run -->\n" + cell(code))
  }

  @Test(arguments: [
    "import Foundation\nprint(Date().formatted(date: .long, time: .omitted))", "print(#filePath)",
  ])
  func `what another day or folder would print otherwise has no block`(code: String) async throws {
    #expect(try await adopted(cell(code)).text == cell(code))
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

  @Test func `a name that is used again is one of a scope, or of a program that shares cells`()
    async throws
  {
    let scope = cell("let a = 1") + cell("let a = 2")
    #expect(
      try await adopted(scope).text
        == cell("let a = 1") + "<!-- workbook: adopted scope -->\n" + cell("let a = 2"))
    let texts = [
      "let n = 1", "struct P { var a = n }", "_ = P().a", "struct P { var b = n }", "_ = P().b",
    ].map(cell)
    let (text, facts) = try await adopted(texts.joined())
    #expect(
      text == "<!-- workbook: adopted program=\"main 2\" -->\n" + texts[0] + texts[1] + texts[2]
        + "<!-- workbook: adopted program=2 -->\n" + texts[3]
        + "<!-- workbook: adopted program=2 -->\n" + texts[4])
    #expect((facts.compiled, facts.run, facts.skipped.count) == (5, 5, 0))
    #expect(try await adopted(text ?? "").text == text)
  }

  @Test func `a list of what the library declares is held against it`() async throws {
    let signature = cell("func double(_ x: Int) -> Int") + cell("_ = double(1)")
    let (text, facts) = try await adopted(signature)
    #expect(
      text
        == "<!-- workbook: adopted imports=\"Shapes\" -->\n\n<!-- workbook: adopted declares -->\n"
        + signature)
    #expect((facts.compiled, facts.run, facts.checked) == (2, 1, 1))
    let stale = try await adopted(cell("func double(_ x: String) -> Int"))
    #expect(stale.text?.contains("skip=") == true)
    #expect(stale.facts.mistakes.map(\.location.line) == [2])
  }

  @Test func `the mistakes of what was left out are told again`() async throws {
    let wrong =
      cell("let n = 1") + cell("_ = n.nope") + cell("print(1) // Prints \"2\"")
      + cell("_ = missing")
    let (text, facts) = try await adopted(wrong)
    let again = try await adopted(text ?? "")
    #expect(again.text == text)
    #expect(
      facts.mistakes.map(\.message) == [
        "value of type 'Int' has no member 'nope'", "expected '2', printed '1'",
      ])
    #expect(again.facts.mistakes.map(\.message) == facts.mistakes.map(\.message))
  }

  @Test(arguments: [
    "_ = missing\nlet x: Int = \"\"", "(1...) { … }.nope", "func f() -> Int\n_ = 1.nope",
  ])
  func `what is no whole code has few mistakes`(code: String) async throws {
    #expect(try await adopted(cell(code)).facts.mistakes.isEmpty)
  }

  @Test func `what a cell says of types that others declare, too, is no mistake`() async throws {
    let cells = ["struct P { var a = 1 }", "_ = P().b", "struct P { var b: Missing }"].map(cell)
    #expect(try await adopted(cells.joined()).facts.mistakes.isEmpty)
  }

  @Test func `a prelude that is there is used, and kept`() async throws {
    let folder = Workshop.folder + "/with prelude"
    try Workshop.write(["P.swift": "let given = 1\n"], to: folder)
    let text = "<!-- workbook: prelude=P.swift -->\n\n" + cell("_ = given + double(1)")
    let (new, facts) = try await adopted(text, path: folder + "/c.md")
    #expect(
      new
        == "<!-- workbook: prelude=P.swift -->\n\n<!-- workbook: adopted imports=\"Shapes\" -->\n\n"
        + cell("_ = given + double(1)"))
    #expect((facts.compiled, facts.run) == (1, 1))
    #expect(try await adopted(new ?? "", path: folder + "/c.md").text == new)
  }

  @Test func `doc comments are adopted, each a text of its own`() async throws {
    let source = """
      /// Twice.
      ///
      /// ```swift
      /// print(double(2))
      /// ```
      public func f() {}

      /// Another.
      ///
      /// ```swift
      /// print(missing)
      /// ```
      public func g() {}

      """
    let (text, facts) = try await adopted(source, path: "Sources/F.swift", module: "Shapes")
    #expect(
      text == """
        /// Twice.
        ///
        /// ```swift
        /// print(double(2))
        /// ```
        /// ```output adopted
        /// 4
        /// ```
        public func f() {}

        /// Another.
        ///
        /// <!-- workbook: adopted skip="cannot find 'missing' in scope" -->
        /// ```swift
        /// print(missing)
        /// ```
        public func g() {}

        """)
    #expect((facts.cells, facts.run, facts.checked, facts.skipped.count) == (2, 1, 1, 1))
    #expect(
      try await adopted(text ?? "", path: "Sources/F.swift", module: "Shapes").text == text)
  }
}
