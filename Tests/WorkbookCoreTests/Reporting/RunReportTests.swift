import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore

@Suite struct RunReportTests {
  @Test func `a failure of a program that ended badly has these fields`() throws {
    let end = Transcript.End.exited(code: 127)
    var transcript = Samples.transcript(end: end)
    transcript.errors = Array("no such file\n\u{1B}[1mgone\n".utf8)
    let program = ProgramResult(
      program: Samples.program(), status: .ran, transcript: transcript,
      failures: [Failure(.run(.ended(end)), at: Location(path: "a.md", line: 3, column: 1))])
    let result = ChapterResult(
      chapter: Samples.chapter(programs: [program.program]), source: [], programs: [program],
      failures: [])
    let json = BookResult(
      chapters: [result], seconds: 1, shard: nil, wasInterrupted: false, confinement: .full
    ).report.json()

    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let chapters = try #require(document["chapters"] as? [[String: Any]])
    let failures = try #require(chapters.first?["failures"] as? [[String: Any]])
    let failure = try #require(failures.first)
    #expect(
      failure.keys.sorted()
        == ["column", "kind", "line", "message", "path", "program", "standardError"])
    #expect(failure["path"] as? String == "a.md")
    #expect(failure["line"] as? Int == 3)
    #expect(failure["column"] as? Int == 1)
    #expect(failure["kind"] as? String == "trap")
    #expect(failure["message"] as? String == "the program ended with exit code 127")
    #expect(failure["program"] as? String == "main")
    #expect(failure["standardError"] as? [String] == ["no such file", "\u{1B}[1mgone"])
  }
}
