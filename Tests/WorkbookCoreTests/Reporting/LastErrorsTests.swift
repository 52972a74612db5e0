import Testing

@testable import WorkbookChapters
@testable import WorkbookCore

@Suite struct LastErrorsTests {
  private func lastErrors(
    _ errors: String, end: Transcript.End = .exited(code: 127), problem: Failure.Problem? = nil
  ) -> [String] {
    var transcript = Samples.transcript(end: end)
    transcript.errors = Array(errors.utf8)
    let failure = Failure(
      problem ?? .run(.ended(end)), at: Location(path: "a.md", line: 3, column: 1))
    return ProgramResult(
      program: Samples.program(), status: .ran, transcript: transcript, failures: [failure]
    ).lastErrors(of: failure)
  }

  @Test(arguments: [
    ("", []), ("\n", []), ("one", ["one"]), ("one\r\ntwo\r\n", ["one", "two"]),
    ("one\n\ntwo\n\n", ["one", "", "two", ""]),
  ])
  func `what a program wrote is told by lines`(errors: String, lines: [String]) {
    #expect(lastErrors(errors) == lines)
  }

  @Test func `of many lines the last ten are told, of long ones the beginning`() {
    let many = (1...12).map { "step \($0)\n" }.joined()
    #expect(lastErrors(many) == (3...12).map { "step \($0)" })
    let long = lastErrors(String(repeating: "x", count: 300))
    #expect(long == [String(repeating: "x", count: 200) + "… (100 bytes more)"])
    #expect(lastErrors(String(repeating: "x", count: 1 << 20) + "\nend\n").last == "end")
  }

  @Test func `the runtime's words about a trap are not told twice`() {
    let end = Transcript.End.trapped(message: "Fatal error: no\nmore", at: nil)
    #expect(lastErrors("main/a.md:4: Fatal error: no\nmore\n", end: end) == [])
    #expect(
      lastErrors("careful\nmain/a.md:4: Fatal error: no\nmore\n", end: end) == ["careful"])
    #expect(lastErrors("careful\n", end: .trapped(message: "Killed", at: nil)) == ["careful"])
  }

  @Test func `only the failure that is the program's end has them`() {
    #expect(lastErrors("careful", problem: .compile(.timedOut(seconds: 1))) == [])
    #expect(
      lastErrors("careful", end: .exited(code: 0), problem: .check(.endedEarly)) == ["careful"])
  }
}
