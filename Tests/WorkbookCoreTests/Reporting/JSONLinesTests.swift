import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct JSONLinesTests {
  @Test func `what starts and what ends is a line each`() throws {
    let program = ProgramResult(
      program: Samples.program(), status: .ran, transcript: Samples.transcript("1\n2\n"))
    let chapter = ChapterResult(
      chapter: Samples.chapter(programs: [program.program]), source: [], programs: [program],
      failures: [])
    let book = BookResult(
      chapters: [chapter], seconds: 1.5, shard: nil, wasInterrupted: false, confinement: .full)
    let lines = [
      Event.began(paths: ["a.md"]), .started(chapter: "a/b.md", program: "main"),
      .finished(chapter), .ended(book), .watching(chapters: 1, failed: []),
    ].compactMap { JSONLine($0)?.text }
    #expect(lines.count == 3)
    #expect(lines[0] == #"{"event":"started","path":"a/b.md","program":"main"}"# + "\n")
    #expect(
      lines[2]
        == #"{"confinement":"full","event":"ended","seconds":1.5,"status":"passed"}"# + "\n")
    struct Line: Decodable {
      var event: String
      var chapter: RunReport.Chapter
    }
    let line = try JSONDecoder().decode(Line.self, from: Data(lines[1].utf8))
    #expect(line.event == "chapter" && line.chapter == chapter.report)
    #expect(lines[1].filter(\.isNewline).count == 1)
  }
}
