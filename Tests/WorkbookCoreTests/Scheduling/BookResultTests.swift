import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct BookResultTests {
  /// An exercise at line 3 that is held against `2`, and what became of it.
  private func result(
    _ printed: String, end: Transcript.End = .exited(code: 0), isAnswer: Bool = false
  ) throws -> ProgramResult {
    let content = Text(lines: [Text.Line(text: "2", line: 9, column: 1)])
    let expectation = Expectation(
      line: 8, column: 1, cellCount: 1, decreasing: false, content: content)
    var program = Samples.program("exercise=a", expectations: [expectation])
    program.exercise = Exercise(line: 3, program: "a", isAnswer: isAnswer)
    let transcript = Samples.transcript(printed, end: end)
    return try check(program, Outcome(transcript: transcript), isCached: false)
  }

  @Test func `a run in which nothing but faults failed ends as a fault`() {
    func code(_ problems: Failure.Problem...) -> ExitCode {
      let place = Location(path: "a.md", line: 1, column: 1)
      let chapter = ChapterResult(
        chapter: Samples.entry(programs: []).chapter, source: [], programs: [],
        failures: problems.map { Failure($0, at: place) })
      return BookResult(
        chapters: [chapter], seconds: 0, wasInterrupted: false, confinement: .full
      ).exitCode
    }
    let fault = Failure.Problem.fault(.system(doing: "x", reason: "y"))
    #expect(code() == .passed)
    #expect(code(fault) == .fault)
    #expect(code(fault, .file(.notRegular("a.md"))) == .unreadable)
    #expect(code(fault, .check(.doesNotTrap(end: .exited(code: 0)))) == .failed)
  }

  @Test(arguments: [
    ("1\n", Transcript.End.exited(code: 0)), ("", .exited(code: 0)), ("2\n", .exited(code: 1)),
    (
      "", .trapped(message: "Fatal error: write me", at: Location(path: "a.md", line: 4, column: 1))
    ),
  ])
  func `the start of an answer passes where it does not do what the solution does`(
    printed: String, end: Transcript.End
  ) throws {
    let result = try result(printed, end: end)
    #expect(result.failures == [] && result.warnings == [])
    #expect(
      result.checks == [Check(program: "exercise=a", line: 3, kind: .exercise, status: .passed)])
  }

  @Test func `the start of an answer that prints what the solution does fails`() throws {
    let result = try result("2\n")
    #expect(result.failures.map(\.problem) == [.check(.startPasses)])
    #expect(result.failures.map(\.location.line) == [3])
    #expect(result.checks.map(\.status) == [.failed])
  }

  @Test(arguments: [
    Transcript.End.timedOut(seconds: 60), .trapped(message: "Killed", at: nil), .killed(signal: 9),
    .exceeded(.memory(bytes: 1)),
  ])
  func `what the machine cut short proves nothing of a start`(end: Transcript.End) throws {
    let result = try result("", end: end)
    #expect(result.failures.count == 1 && result.checks.map(\.status) == [.skipped])
  }

  @Test func `an answer is held against the solution's output`() throws {
    #expect(try result("2\n", isAnswer: true).failures == [])
    #expect(try result("2\n", isAnswer: true).checks.map(\.kind) == [.output])
    #expect(try result("1\n", isAnswer: true).failures.map(\.kind) == [.mismatch])
  }
}
