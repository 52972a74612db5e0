import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

@Suite struct ExerciseCellsTests {
  private static func fence(_ info: String, _ code: String = "") -> String {
    ProgramsBuilderTests.fence(info, code)
  }

  private static let whole = Chapter(
    fence("swift program=\"main a\"", "let x = 1") + fence("swift exercise=a", "print(0)")
      + fence("swift program=a error", "no") + fence("swift solution=a", "print(x) // Prints \"1\"")
      + fence("output", "1") + fence("swift program=a", "print(2)") + fence("output", "2"))

  @Test func `an exercise's program is the solution's with the reader's cell in its place`() throws
  {
    #expect(Self.whole.failures == [])
    #expect(Self.whole.programs.map(\.name) == ["main", "a", "exercise=a"])
    let made = try #require(Self.whole.programs.last)
    #expect(made.exercise == Exercise(line: 4, program: "a"))
    #expect(made.cells.map(\.line) == [1, 4, 16])
    #expect(made.cells[1].content.string == "print(0)\n")
    // Held against what the solution prints; the cell that must not compile is not tried again.
    #expect(made.cells[1].prints.map(\.text) == ["1"])
    #expect(made.expectations.map(\.line) == [13, 19])
    #expect(made.expectations.map(\.cellCount) == [2, 3])
    #expect(Self.whole.programs.dropLast().allSatisfy { $0.exercise == nil })
    #expect(Self.whole.fences[1].program == "exercise=a")
  }

  @Test func `a reader's own Prints comments are checked besides the solution's`() throws {
    func program(_ answer: String) throws -> Program {
      let chapter = Chapter(
        Self.fence("swift exercise=a", answer)
          + Self.fence("swift solution=a", "print(3) // Prints \"3\""))
      return try #require(chapter.programs.last)
    }
    func failures(_ answer: String, _ printed: String) throws -> [Int] {
      let transcript = ProgramCheckerTests.transcript([printed])
      return try check(try program(answer), transcript).failures.map(\.location.line)
    }
    let wrong = "let x = 2\nprint(x + 1) // Prints \"4\""
    #expect(try program(wrong).exercise?.prints.map(\.text) == ["4"])
    #expect(try failures(wrong, "3\n") == [3])
    #expect(try failures(wrong.replacing("4", with: "3"), "3\n") == [])
    // The solution's.
    #expect(try failures("print(4) // Prints \"4\"", "4\n") == [5])
    #expect(try failures("print(3)", "3\n") == [])
  }

  @Test func `a reader's Prints comment without an end is told where it stands`() throws {
    let chapter = Chapter(
      Self.fence("swift exercise=a", "let x = 3\nprint(x) // Prints \"3")
        + Self.fence("swift solution=a", "print(3)"))
    #expect(chapter.failures == [formatFailure(.unclosedPrints, 3, 10)])
    #expect(chapter.programs.map(\.isBroken) == [false, true])
  }

  @Test func `a bracket that the reader leaves open ends with the reader's cell`() {
    let chapter = Chapter(
      Self.fence("swift exercise=a", "if true {") + Self.fence("swift solution=a", "print(1)")
        + Self.fence("swift program=a", "print(2)"))
    #expect(
      chapter.programs.map { $0.cells.map(\.startsAtTopLevel) } == [[true, true], [true, true]])
  }

  @Test func `an exercise whose program never runs proves nothing`() {
    let chapter = Chapter(
      "<!-- workbook: no-run -->\n\n" + Self.fence("swift exercise=a", "print(0)")
        + Self.fence("swift solution=a", "print(1)"))
    #expect(
      chapter.failures == [formatFailure(.outputNeverRuns(program: "a", option: "no-run"), 6, 1)])
  }

  @Test func `the numbers in prose are about the solution alone`() {
    let chapter = Chapter(
      Self.fence("swift exercise=a", "print(0)") + Self.fence("swift solution=a", "print(1.5)")
        + "It is 1.5<!-- workbook: value=\"\" program=a -->.\n")
    #expect(chapter.programs.map(\.quotedNumbers.count).last == 0)
  }

  @Test func `a half without the other is an error where it stands`() {
    #expect(
      ProgramsBuilderTests.failures(
        Self.fence("swift exercise=gradients"), Self.fence("swift solution=gradient"))
        == [
          formatFailure(
            .exerciseWithoutSolution(name: "gradients", suggestion: "gradient"), 1, 1),
          formatFailure(
            .solutionWithoutExercise(name: "gradient", suggestion: "gradients"), 4, 1),
        ])
  }

  @Test func `an exercise is one cell, and so is its solution`() {
    #expect(
      ProgramsBuilderTests.failures(
        Self.fence("swift exercise=a"), Self.fence("swift solution=a"),
        Self.fence("swift exercise=a"), Self.fence("swift solution=a"))
        == [
          formatFailure(.duplicateCell(option: .exercise, name: "a", otherLine: 1), 7, 1),
          formatFailure(.duplicateCell(option: .solution, name: "a", otherLine: 4), 10, 1),
        ])
  }

  @Test func `an output block below an exercise is an error, and belongs to no cell above`() {
    let chapter = Chapter(
      Self.fence("swift solution=a") + Self.fence("swift exercise=a") + Self.fence("output", "1"))
    #expect(chapter.failures == [formatFailure(.outputOfExercise(name: "a"), 7, 1)])
    #expect(chapter.programs.allSatisfy { $0.expectations.isEmpty })
  }

  @Test(arguments: [
    "exercise=a solution=a", "exercise=a program=b", "exercise=a no-run", "exercise=a error",
    "exercise=a traps", "exercise=a skip=\"why\"", "exercise=a timeout=1s", "exercise=a optimize",
    "solution=a no-run", "solution=a error", "solution=a traps", "solution=a skip=\"why\"",
  ])
  func `options that make no sense together are refused`(options: String) {
    let failures = ProgramsBuilderTests.failures(Self.fence("swift \(options)"))
    #expect(
      failures.contains { failure in
        if case .format(.excludingOptions) = failure.problem { true } else { false }
      })
  }

  @Test(arguments: ["exercise=\"a b\"", "solution=.a", "exercise", "solution="])
  func `an exercise has one name`(option: String) {
    #expect(ProgramsBuilderTests.failures(Self.fence("swift \(option)")).count >= 1)
  }

  @Test func `an exercise whose options are wrong makes a program that does not run`() throws {
    let chapter = Chapter(
      Self.fence("swift exercise=a rtol=1") + Self.fence("swift solution=a"))
    #expect(try #require(chapter.programs.last).isBroken)
    #expect(chapter.programs.first.map(\.isBroken) == false)
  }
}
