import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

@Suite struct ProgramsBuilderTests {
  static func fence(_ info: String, _ code: String = "") -> String {
    "```\(info)\n\(code)\n```\n"
  }

  static func programs(_ fences: String...) -> [Program] {
    Chapter(fences.joined()).programs
  }

  static func failures(_ fences: String...) -> [Failure] {
    Chapter(fences.joined()).failures
  }

  @Test func `cells of one name share a program, in the order of the chapter`() {
    let programs = Self.programs(
      Self.fence("swift", "a"), Self.fence("swift program=x", "b"), Self.fence("swift", "c"),
      Self.fence("swift program=\"x y\"", "d"))
    #expect(programs.map(\.name) == ["main", "x", "y"])
    #expect(programs.map { $0.cells.map(\.line) } == [[1, 7], [4, 10], [10]])
    #expect(programs.allSatisfy { !$0.isBroken && $0.timeout == 60 && $0.languageMode == 5 })
  }

  @Test func `an output block belongs to the programs of the nearest cell above`() {
    let programs = Self.programs(
      Self.fence("swift"), Self.fence("swift program=\"x y\""), Self.fence("output", "1"),
      Self.fence("text"), Self.fence("output", "2"), Self.fence("swift"), Self.fence("output", "3"))
    #expect(programs.map { $0.expectations.map(\.line) } == [[19], [7, 13], [7, 13]])
    #expect(programs.map { $0.expectations.map(\.cellCount) } == [[2], [1, 1], [1, 1]])
  }

  @Test func `a cell that must fail to compile leaves no trace in the cells after it`() {
    let programs = Self.programs(
      Self.fence("swift"), Self.fence("swift error=\"no\"", "func f() {"), Self.fence("swift"),
      Self.fence("output"))
    #expect(programs[0].cells.map(\.kind) == [.plain, .error(containing: "no"), .plain])
    #expect(programs[0].cells.map(\.startsAtTopLevel) == [true, true, true])
    #expect(!programs[0].isBroken)
  }

  @Test func `a program runs as its cells say`() {
    let programs = Self.programs(
      Self.fence("swift program=a no-run"), Self.fence("swift program=a"),
      Self.fence("swift program=b"), Self.fence("swift program=b skip=\"why\""),
      Self.fence("swift program=b no-run"), Self.fence("swift program=c timeout=1s"),
      Self.fence("swift program=c timeout=1000ms"))
    #expect(programs.map(\.mode) == [.compileOnly, .compileOnly, .run])
    #expect(programs.map(\.noRunLine) == [1, 13, nil])
    #expect(programs[1].cells.map(\.kind) == [.plain, .skipped(reason: "why"), .plain])
    #expect(programs[2].timeout == 1)
  }

  @Test func `cells of one program that disagree are an error at the second`() {
    #expect(
      Self.failures(Self.fence("swift timeout=1s"), Self.fence("swift timeout=2s"))
        == [
          formatFailure(.conflictingOption(name: "timeout", program: "main", otherLine: 1), 4, 10)
        ])
  }

  @Test func `a skipped cell is left out, and no other`() {
    let chapter = Chapter(
      Self.fence("swift", "a") + Self.fence("swift skip=x", "func f() {") + Self.fence("swift", "b")
        + Self.fence("output") + Self.fence("swift skip=y") + Self.fence("swift traps")
        + Self.fence("swift skip=y"))
    #expect(chapter.failures.isEmpty)
    let program = chapter.programs[0]
    #expect(program.mode == .run && !program.isSkipped)
    #expect(program.cells.map(\.compiles) == [true, false, true, false, true, false])
    #expect(program.cells.map(\.startsAtTopLevel) == [true, true, true, true, true, true])
    #expect(program.cells.compactMap(\.skipReason) == ["x", "y", "y"])
    #expect(Self.programs(Self.fence("swift skip=a"), Self.fence("swift skip=b"))[0].isSkipped)
  }

  @Test func `an output block that skipped cells alone could print is an error`() {
    let skipped = Self.fence("swift skip=x")
    func failures(_ fences: String...) -> [Failure] { Self.failures(fences.joined()) }
    #expect(
      failures(skipped, Self.fence("output"))
        == [formatFailure(.outputOfSkippedCell(line: 1), 4, 1)])
    #expect(
      failures(Self.fence("swift"), Self.fence("output"), skipped, Self.fence("output"))
        == [formatFailure(.outputOfSkippedCell(line: 7), 10, 1)])
    #expect(failures(Self.fence("swift"), skipped, Self.fence("output")).isEmpty)
  }

  @Test func `only the programs of a wrong cell are broken`() {
    let programs = Self.programs(
      Self.fence("swift"), Self.fence("swift program=\"x y\" norun"), Self.fence("swift program=z"))
    #expect(programs.map(\.isBroken) == [false, true, true, false])
  }

  @Test func `an output block without a cell above is an error`() {
    #expect(
      Self.failures(Self.fence("output", "1"), Self.fence("swift"))
        == [formatFailure(.outputWithoutCell, 1, 1)])
  }

  @Test func `an output block of a program that never runs is an error`() {
    let expected = [formatFailure(.outputNeverRuns(program: "main", option: "no-run"), 4, 1)]
    #expect(Self.failures(Self.fence("swift no-run"), Self.fence("output")) == expected)
    #expect(
      Self.failures(Self.fence("swift"), Self.fence("output"), Self.fence("swift no-run"))
        == expected)
  }

  @Test(arguments: [
    ("func f() {", "}"), ("let a = [", "]"), ("if true {}", "else {}"), ("let a = 1 +", "2"),
    ("f()", "  .g()"), ("/*", "*/"),
  ])
  func `an output block inside a statement is an error`(first: String, second: String) {
    #expect(
      Self.failures(
        Self.fence("swift", first), Self.fence("output"), Self.fence("swift error", "x"),
        Self.fence("swift", second))
        == [formatFailure(.outputInsideStatement(program: "main"), 4, 1)])
    #expect(
      Self.failures(
        Self.fence("swift", first), Self.fence("swift", second), Self.fence("output")
      ).isEmpty)
  }

  @Test(arguments: ["func f() {", "let a = 1 +", "/*"])
  func `what no cell goes on with is the compiler's to refuse`(last: String) {
    #expect(
      Self.failures(
        Self.fence("swift", "f()"), Self.fence("swift", last), Self.fence("output")
      ).isEmpty)
  }

  @Test func `a cell that traps is its program's last`() {
    #expect(
      Self.failures(Self.fence("swift traps"), Self.fence("output"), Self.fence("swift"))
        == [formatFailure(.cellAfterTrap(program: "main", trapLine: 1), 7, 1)])
    #expect(Self.failures(Self.fence("swift traps"), Self.fence("swift program=b")).isEmpty)
  }

  @Test func `prints comments belong to their cell, each with its place`() {
    let programs = Self.programs(
      Self.fence("swift", "print(1) // Prints \"1\"\nf()\n// Prints \"2\"."), Self.fence("swift"))
    #expect(programs[0].cells[0].prints.map(\.text) == ["1", "2"])
    #expect(programs[0].cells[0].prints.map(\.line) == [2, 4])
    #expect(programs[0].cells[0].prints.map(\.column) == [21, 12])
  }

  @Test
  func `a Prints comment that cannot be checked is an error or, where nothing runs, a warning`() {
    #expect(
      Self.failures(Self.fence("swift program=\"a b\"", "f() // Prints \"1"))
        == [formatFailure(.unclosedPrints, 2, 5)])
    #expect(
      Self.failures(Self.fence("swift", "if a { // Prints \"1\""), Self.fence("swift", "}"))
        == [formatFailure(.printsInsideStatement(program: "main"), 2, 8)])
    for option in ["no-run", "skip=x", "error"] {
      let chapter = Chapter(Self.fence("swift \(option)", "f() // Prints \"1\""))
      #expect(chapter.failures.isEmpty)
      #expect(chapter.warnings.map(\.location.line) == [2])
    }
  }

  @Test func `defaults rule programs whose cells say nothing else`() {
    let programs = Self.programs(
      "<!-- workbook: program=x no-run below=1 decreasing -->\n\n", Self.fence("swift"),
      Self.fence("swift program=y skip=z"))
    #expect(programs.map(\.name) == ["x", "y"])
    #expect(programs.map(\.mode) == [.compileOnly, .compileOnly])
    #expect(programs.map(\.noRunLine) == [1, 1])
    #expect(programs.map(\.isSkipped) == [false, true])
    #expect(Self.programs("<!-- workbook: skip=x -->\n\n", Self.fence("swift"))[0].isSkipped)
  }

  @Test func `a chapter's programs see what its defaults name`() {
    let programs = Self.programs(
      "<!-- workbook: imports=\"A B.C\" prelude=p.swift -->\n\n", Self.fence("swift"),
      Self.fence("swift program=y"))
    for program in programs {
      #expect(program.imports == ["A", "B.C"] && program.modules == program.imports)
      #expect(program.importsPlace == Location(path: "c.md", line: 1, column: 16))
      #expect(
        program.prelude
          == Prelude(file: "p.swift", place: Location(path: "c.md", line: 1, column: 32)))
    }
    #expect(Self.programs(Self.fence("swift"))[0].modules.isEmpty)
  }

  @Test func `an arrow that gives the value of nothing is an error, once in a shared cell`() {
    let text = "```swift values program=\"a b\"\nvar x = 1\nx += 1 // => 99\n```\n"
    let chapter = Chapter(path: "c.md", bytes: Array(text.utf8))
    #expect(chapter.failures == [formatFailure(.valueOfNothing, 3, 8)])
    #expect(Chapter(text.replacing(" values", with: "")).failures.isEmpty)
  }

  /// Each thousands of times: other than in proportion to the length there is no end of it.
  @Test(arguments: [
    ["```swift\n```\n```output\n```\n", "```swift error\n```\n"], ["```swift\n{\n```\n"],
    ["```swift\nf(\n```\n"], ["```swift\n{\n```\n", "```swift error\n```\n"],
    ["```swift no-run\n// Prints \"a\"\n```\n"],
  ])
  func `a chapter of many cells takes time in proportion to its length`(parts: [String]) {
    let text = parts.map { String(repeating: $0, count: 10_000) }.joined()
    #expect(Chapter(path: "a.md", bytes: Array(text.utf8)).fences.count >= 10_000)
  }

  @Test func `a cell of an error between two halves of a statement does not part them`() {
    let halves = (Self.fence("swift", "f("), Self.fence("swift", ")"))
    #expect(
      Self.failures(halves.0, Self.fence("output"), Self.fence("swift error", "x"), halves.1).count
        == 1)
    #expect(
      Self.failures(halves.0, Self.fence("swift error", "x"), halves.1, Self.fence("output"))
        .isEmpty)
  }
}
