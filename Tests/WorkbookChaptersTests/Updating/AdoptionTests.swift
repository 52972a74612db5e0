import Testing

@testable import WorkbookChapters

@Suite struct AdoptionTests {
  /// The text with options for its cells, and outputs and imports for the first; checks that it comes back.
  private static func adopted(
    _ text: String, _ options: [String] = [], outputs: [String] = [], imports: [String] = [],
    path: String = "c.md", readsPlainCode: Bool = false
  ) throws -> String {
    let source = Array(text.utf8)
    let chapter = Chapter(path: path, bytes: source, readsPlainCode: readsPlainCode)
    let cells = chapter.fences.filter { $0.role == .cell }
    var adoption = Adoption()
    for (cell, option) in zip(cells, options) { adoption.options[cell.line] = option }
    if !outputs.isEmpty { adoption.outputs[cells[0].line] = outputs }
    if !imports.isEmpty { adoption.imports[cells[0].line] = imports }
    let bytes = try #require(chapter.adopting(adoption, source: source))
    #expect(Chapter.withoutAdoption(path: path, bytes) == source)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `options stand in a comment above the fence, and outputs below`() throws {
    #expect(
      try Self.adopted("a\n```swift\nf()\n```\nb\n", ["no-run"], outputs: ["1", "", "2"])
        == "a\n<!-- workbook: adopted no-run -->\n```swift\nf()\n```\n\n```output adopted\n1\n\n2\n```\nb\n"
    )
  }

  @Test func `line ends, the prefix of containers and a missing last line end are kept`() throws {
    #expect(
      try Self.adopted("> 1. ```swift\r\n>    f()\r\n>    ```", ["no-run"], outputs: ["1"])
        == "> 1. <!-- workbook: adopted no-run -->\r\n>    ```swift\r\n>    f()\r\n>    ```\r\n"
        + ">    ```output adopted\r\n>    1\r\n>    ```")
    #expect(
      try Self.adopted("-\t```swift\n\tf()\n\t```\n", ["no-run"])
        == "-\t<!-- workbook: adopted no-run -->\n \t```swift\n\tf()\n\t```\n")
    #expect(
      try Self.adopted("\u{FEFF}```swift\r```\r", ["program=2"], imports: ["A"])
        == "\u{FEFF}<!-- workbook: adopted imports=\"A\" -->\r\r"
        + "<!-- workbook: adopted program=2 -->\r```swift\r```\r")
  }

  @Test func `imports stand before the block with the first cell, a blank line behind them`() throws
  {
    let imports = "<!-- workbook: adopted imports=\"A B\" -->\n\n"
    let cell = "```swift\nf()\n```\n"
    for start in ["", "---\ntitle: a\n---\n\n", "# T\n\ntext\n", "<p>\n\n", "<!-- a -->\n"] {
      #expect(
        try Self.adopted(start + cell, imports: ["A", "B"]) == start + imports + cell)
    }
    // Not between items, nor between a cell and its comment.
    let list = "1. a\n2. b\n   ```swift\n   f()\n   ```\n"
    #expect(try Self.adopted("x\n\n" + list, imports: ["A", "B"]) == "x\n\n" + imports + list)
    let own = "<!-- workbook: timeout=5s -->\n"
    #expect(try Self.adopted(own + cell, imports: ["A", "B"]) == imports + own + cell)
  }

  @Test func `what an author says of a cell stays, and what adopt says adds to it`() throws {
    let text = try Self.adopted(
      "<!-- workbook: timeout=5s -->\n```swift optimize\n```\n", ["program=2"])
    let program = try #require(Chapter(path: "c.md", bytes: Array(text.utf8)).programs.first)
    #expect(program.name == "2" && program.timeout == 5 && program.optimizes)
  }

  @Test func `imports of several comments add up`() {
    let text =
      "<!-- workbook: imports=A -->\n\n<!-- workbook: adopted imports=\"B C\" -->\n\n```swift\n```\n"
    let chapter = Chapter(path: "c.md", bytes: Array(text.utf8))
    #expect(chapter.failures.isEmpty && chapter.programs[0].imports == ["A", "B", "C"])
  }

  @Test func `any reason can stand in a comment`() throws {
    let reason = "a \"b\" \\c &amp; --> d\ne"
    let text = try Self.adopted("```swift\n```\n", [Adoption.option("skip", reason)])
    let cell = Chapter(path: "c.md", bytes: Array(text.utf8)).programs[0].cells[0]
    #expect(cell.skipReason == "a \"b\" \\c &amp; --> d e")
  }

  @Test func `an output block is fenced so that nothing in it ends it`() throws {
    #expect(
      try Self.adopted("```swift\n```\n", outputs: ["  ````"])
        == "```swift\n```\n\n`````output adopted\n  ````\n`````\n")
  }

  @Test func `cells in doc comments are annotated there`() throws {
    #expect(
      try Self.adopted(
        "  /// A.\n  ///\n  /// ```swift\n  /// f()\n  /// ```\n  func f() {}\n", ["no-run"],
        imports: ["A"],
        path: "a.swift")
        == "  /// A.\n  ///\n  /// <!-- workbook: adopted imports=\"A\" -->\n  ///\n"
        + "  /// <!-- workbook: adopted no-run -->\n  /// ```swift\n  /// f()\n  /// ```\n  func f() {}\n"
    )
  }

  @Test(arguments: [
    (
      "a\n\n    f()\n      g()\n\nb\n",
      "a\n\nC\n    f()\n      g()\n\n```output adopted\n1\n```\n\nb\n"
    ),
    ("-     f()\n", "- C\n      f()\n  ```output adopted\n  1\n  ```\n"),
    ("> a\n>\n>     f()", "> a\n>\n> C\n>     f()\n> ```output adopted\n> 1\n> ```"),
  ])
  func `indented code has its comment where its containers end`(
    text: String, expected: String
  ) throws {
    #expect(
      try Self.adopted(text, ["no-run"], outputs: ["1"], readsPlainCode: true)
        == expected.replacing("C", with: "<!-- workbook: adopted no-run -->"))
  }

  @Test func `in doc comments indented code is annotated, too, and behind a tab nothing is`() throws
  {
    #expect(
      try Self.adopted(
        "/// A.\n///\n///     f()\nfunc f() {}\n", ["no-run"], path: "a.swift", readsPlainCode: true
      )
        == "/// A.\n///\n/// <!-- workbook: adopted no-run -->\n///     f()\nfunc f() {}\n")
    let tab = Array("a\n\n\tf()\n".utf8)
    let chapter = Chapter(path: "c.md", bytes: tab, readsPlainCode: true)
    #expect(chapter.fences.count == 1 && chapter.adoptableLines(source: tab) == [])
  }

  @Test func `what would be read as something else is refused`() {
    let source = Array("```swift\n```\n".utf8)
    let chapter = Chapter(path: "c.md", bytes: source)
    var adoption = Adoption()
    adoption.options[1] = "no-run -->\n```swift"
    #expect(chapter.adopting(adoption, source: source) == nil)
    adoption.options = [7: "no-run"]
    #expect(chapter.adopting(adoption, source: source) == nil)
  }

  @Test func `what authors wrote themselves is not taken`() {
    let text =
      "<!-- workbook: imports=Adopted -->\n\n<!-- workbook: skip=\"adopted\" -->\n```swift\n```\n"
      + "```swift\n```\n\n```output rtol=1\nadopted\n```\n<!-- adopted -->\n"
    #expect(Chapter.withoutAdoption(path: "c.md", Array(text.utf8)) == Array(text.utf8))
  }

  @Test(arguments: [
    ("C my own words\n```swift\n```\n", nil, 1), ("C <!-- mine -->\n```swift\n```\n", nil, 1),
    ("  C\n```swift\n```\n", "```swift\n```\n", 0), ("> C\n```swift\n```", "```swift\n```", 0),
    ("\tC\n```swift", nil, 0), (" C\n    a\n", "    a\n", 0),
    ("- C\n```swift\n```\n", nil, 3), ("- C", nil, 3),
    ("- C\n  ```swift\n  ```\n", "- ```swift\n  ```\n", 0), ("a\n\n  C", "a\n\n", 0),
  ])
  func `nothing but what adopt wrote is taken out, and told where that cannot be`(
    text: String, rest: String?, leftColumn: Int
  ) {
    let text = text.replacing("C", with: "<!-- workbook: adopted skip=\"x\" -->")
    let bytes = Chapter.withoutAdoption(path: "c.md", Array(text.utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == rest ?? text)
    #expect(
      Chapter.adoptedComments(path: "c.md", bytes).map(\.column)
        == (leftColumn > 0 ? [leftColumn] : []))
  }

  @Test func `what adopt wrote into a list of a doc comment is taken out`() {
    let text = "/// - C\n///   ```swift\n///   ```\nfunc a() {}\n"
    let with = text.replacing("C", with: "<!-- workbook: adopted skip=\"x\" -->")
    #expect(
      Chapter.withoutAdoption(path: "c.swift", Array(with.utf8))
        == Array(text.replacing("C\n///   ", with: "").utf8))
  }
}
