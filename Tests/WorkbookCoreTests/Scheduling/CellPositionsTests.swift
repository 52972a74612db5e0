import Testing

@testable import WorkbookChapters
@testable import WorkbookCore

@Suite struct CellPositionsTests {
  @Test func `an outcome told of an equal program names that one's file, lines and columns`() {
    let here = Samples.program(in: "a.md", code: "let y = 1\nprint(x)", line: 3)
    var there = Samples.program("other", in: "b.md", code: "let y = 1\nprint(x)", line: 90)
    for index in there.cells[0].content.lines.indices {
      there.cells[0].content.lines[index].column = 5
    }
    let failure = Failure(
      .compile(
        .error(
          "cannot find 'x'",
          notes: [.init(text: "y", location: Location(path: "a.md", line: 4, column: 1))])),
      at: Location(path: "a.md", line: 5, column: 7))
    let outcome = Outcome(
      failures: [failure],
      checks: [Check(program: "main", line: 3, kind: .error, status: .failed)])
    let found = outcome.relocated(from: here, to: there)
    #expect(found.failures[0].location == Location(path: "b.md", line: 92, column: 11))
    #expect(
      found.failures[0].problem
        == .compile(
          .error(
            "cannot find 'x'",
            notes: [.init(text: "y", location: Location(path: "b.md", line: 91, column: 5))])))
    #expect(found.checks[0].line == 90)
    #expect(found.checks[0].program == "other")
  }

  @Test func `cells that stand in another order than in the file keep their own lines`() {
    func program(firstLine: Int, secondLine: Int) -> Program {
      var program = Samples.program(code: "let a: Int = 1", line: secondLine)
      program.cells += Samples.program(code: "print(a)", line: firstLine).cells
      return program
    }
    let (here, there) = (
      program(firstLine: 3, secondLine: 8), program(firstLine: 3, secondLine: 12)
    )
    let failure = Failure(
      .compile(.error("x", notes: [])), at: Location(path: "a.md", line: 9, column: 14))
    let moved = Outcome(failures: [failure]).relocated(from: here, to: there)
    #expect(moved.failures[0].location == Location(path: "a.md", line: 13, column: 14))
  }

  @Test func `the runtime's report of another line is left out of standard error`() {
    var transcript = Samples.transcript(
      end: .trapped(message: "Fatal error: x", at: Location(path: "a.md", line: 4, column: 1)))
    transcript.errors = Array("note\nmain/a.md:4: Fatal error: x\n".utf8)
    let outcome = Outcome(transcript: transcript)
    let here = Samples.program(line: 3)
    #expect(
      outcome.relocated(from: here, to: Samples.program(line: 90)).transcript?.errors
        == Array("note\n".utf8))
    #expect(outcome.relocated(from: here, to: here).transcript?.errors == transcript.errors)
  }

  @Test func `what stands in a prelude stays there`() {
    let program = Samples.program(in: "a.md", line: 3)
    let failure = Failure(
      .compile(.error("x", notes: [])), at: Location(path: "p.swift", line: 4, column: 1))
    let moved = Outcome(failures: [failure]).relocated(
      from: program, to: Samples.program(in: "b.md", line: 90))
    #expect(moved.failures == [failure])
  }

  @Test func `the notes of a redeclaration move with it`() {
    func outcome(_ path: String, line: Int) -> Outcome {
      let note = CompileProblem.Note(
        text: "'x' previously declared here", location: Location(path: path, line: line, column: 5))
      let problem = CompileProblem.redeclaration("invalid redeclaration of 'x'", notes: [note])
      return Outcome(
        failures: [
          Failure(.compile(problem), at: Location(path: path, line: line + 1, column: 5))
        ])
    }
    let code = "let x = 1\nlet x = 2"
    let here = Samples.program(in: "a.md", code: code, line: 3)
    let there = Samples.program("other", in: "b.md", code: code, line: 90)
    #expect(
      outcome("a.md", line: 4).relocated(from: here, to: there).failures
        == outcome("b.md", line: 91).failures)
  }
}
