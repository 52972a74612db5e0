@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

/// Values that tests of several stages begin with.
enum Samples {
  static func program(
    _ name: String = "main", in path: String = "a.md", code: String = "print(1)", line: Int = 3,
    mode: Program.Mode = .run, kind: Cell.Kind = .plain, isBroken: Bool = false,
    expectations: [Expectation] = []
  ) -> Program {
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { Text.Line(text: String($1), line: line + 1 + $0, column: 1) }
    let cell = Cell(
      line: line, kind: kind, content: Text(lines: lines), prints: [], startsAtTopLevel: true)
    return Program(
      name: name, chapterPath: path, mode: mode, noRunLine: mode == .run ? nil : line, timeout: 60,
      languageMode: 5, cells: [cell], expectations: expectations, isBroken: isBroken)
  }

  static func chapter(
    _ path: String = "a.md", programs: [Program], failures: [Failure] = []
  ) -> Chapter {
    Chapter(
      path: path, title: path, fences: [], programs: programs, failures: failures, warnings: [])
  }

  static func entry(
    _ path: String = "a.md", programs: [Program], failures: [Failure] = []
  ) -> BookChapter {
    BookChapter(
      chapter: chapter(path, programs: programs, failures: failures), source: [],
      programs: programs)
  }

  static func transcript(
    _ output: String = "", end: Transcript.End = .exited(code: 0), seconds: Double = 0.25
  ) -> Transcript {
    Transcript(
      output: Array(output.utf8), errors: [], cellStarts: [0], end: end, seconds: seconds,
      peakMemoryBytes: 1000)
  }

  static let report = RunReport(
    status: .failed, seconds: 1.5, confinement: .full, shard: nil,
    chapters: [
      RunReport.Chapter(
        path: "chapters/00-preface.md", title: "Preface", status: .skipped, cached: false,
        compileSeconds: 0, runSeconds: 0, peakMemoryBytes: 0, programs: [], checks: [],
        failures: [], warnings: []),
      RunReport.Chapter(
        path: "chapters/01-a,b.md", title: "A <b>", status: .failed, cached: false,
        compileSeconds: 0.25, runSeconds: 0.5, peakMemoryBytes: 21_000_000,
        programs: [
          RunReport.Program(
            name: "main", outcome: .ran, reason: nil, cached: false, seconds: 0.75,
            output: "99 1.5\n]]>\u{1B}[31m\u{0}"),
          RunReport.Program(
            name: "sketch", outcome: .skipped, reason: "needs \"a GPU\"", cached: false,
            seconds: 0, output: ""),
        ],
        checks: [
          RunReport.Check(
            program: "main", line: 12, kind: .output, status: .failed, maxAbsoluteError: 0.5,
            maxRelativeError: 0.25)
        ],
        failures: [
          RunReport.Failure(
            path: "chapters/01-a,b.md", line: 13, column: 4, kind: .mismatch,
            message: "expected 2.0, printed <1.5>\n100% `off` | by 0.5", program: "main")
        ],
        warnings: [
          RunReport.Warning(
            path: "chapters/01-a,b.md", line: 40, column: 1, message: "the fence is never closed")
        ]),
    ])
}
