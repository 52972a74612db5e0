import Synchronization
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

/// Keeps what is written.
private final class Recorder: Sendable {
  private let text = Mutex("")
  var written: String { text.withLock { $0 } }
  @Sendable func write(_ part: String) { text.withLock { $0 += part } }
}

@Suite struct ConsoleReporterTests {
  private func result(
    _ path: String, output: String = "", failures: [Failure] = [], source: String = ""
  ) -> ChapterResult {
    let program = ProgramResult(
      program: Samples.program(in: path), status: .ran, compileSeconds: 0.25,
      transcript: Samples.transcript(output, seconds: 0.5), failures: failures)
    return ChapterResult(
      chapter: Samples.chapter(path, programs: [program.program]), source: Array(source.utf8),
      programs: [program], failures: [])
  }

  private func written(_ terminal: Terminal, _ events: [Event]) -> String {
    let recorder = Recorder()
    let reporter = ConsoleReporter(
      terminal: terminal, write: recorder.write, writeError: recorder.write)
    for event in [.began(paths: ["a.md"])] + events { reporter.receive(event) }
    reporter.endLiveLine()
    return recorder.written
  }

  @Test(arguments: [(1, "1 of 1 chapter differs from a\n"), (2, "2 of 2 chapters differ from a\n")])
  func `one chapter differs, several differ`(count: Int, text: String) {
    let event = Event.compared(with: "a", chapters: count, drifted: count, unreadable: 0)
    #expect(written(.plain, [event]) == text)
  }

  @Test func `off a terminal every line is plain, and progress is told once`() {
    let text = written(
      .plain,
      [
        .progress(.building(step: nil)), .progress(.building(step: "[1/2]")),
        .started(chapter: "a.md", program: "main"),
        .finished(result("a.md", output: "99 1.5\n199 0.000012345\n")),
      ])
    #expect(text == "Building the library…\n✓ a.md  0.75 s  at 199: 1.234e-05\n")
  }

  @Test func `a package that is written ends the line that says what is being done`() {
    let text = written(
      Terminal(isInteractive: true, hasColour: false, columns: 40),
      [.progress(.building(step: nil)), .wrotePackage(folder: "p")])
    #expect(text == "… Building the library\r\u{1B}[Kwrote the package p\n")
  }

  @Test(
    arguments: [
      (.listed([Samples.chapter(programs: [])]), "a.md  a.md\n  a page without cells\n"),
      (.wroteChapter(path: "01-a.md"), "wrote 01-a.md\n"),
      (.cleaned(folder: "/f"), "removed /f\n"), (.cleaned(folder: nil), "nothing to remove\n"),
    ] as [(Event, String)])
  func `what a command has done is told`(event: Event, text: String) {
    #expect(written(.plain, [event]) == text)
  }

  @Test func `beside JSON only updates and faults are told, these as errors`() {
    let (told, errors) = (Recorder(), Recorder())
    let reporter = ConsoleReporter(
      terminal: .plain, options: .init(showsRuns: false), write: told.write,
      writeError: errors.write)
    let events: [Event] = [
      .began(paths: ["a.md"]), .savesTemps(folder: "/kept"), .finished(result("a.md")),
      .updated(path: "a.md", Update.Change(line: 4, old: "1", new: "2")),
      .notUpdated(.edited("b.md")), .failed(Fault.cancelled),
    ]
    for event in events { reporter.receive(event) }
    #expect(
      told.written == """
        a.md:4: updated
          - 1
          + 2
        b.md: not updated: it was changed while its programs ran; run again

        """)
    #expect(errors.written == "error: interrupted\n")
  }

  @Test func `in full, a program's standard error is told apart from what it prints`() {
    var result = result("a.md", output: "99 1.5\n")
    result.programs[0].transcript = Transcript(
      output: Array("99 1.5\n".utf8), errors: Array("careful\n\u{1B}[1m".utf8), cellStarts: [],
      end: .exited(code: 0), seconds: 0.5, peakMemoryBytes: 1)
    let recorder = Recorder()
    let reporter = ConsoleReporter(
      terminal: .plain, options: .init(showsOutput: true), write: recorder.write,
      writeError: recorder.write)
    reporter.receive(.finished(result))
    let lines = recorder.written.split(separator: "\n")
    #expect(lines.contains("  99 1.5") && lines.contains("  standard error: careful"))
    #expect(!recorder.written.contains("\u{1B}"))
  }

  @Test
  func `on a terminal one live line says what runs, and goes before anything else is written`() {
    let terminal = Terminal(isInteractive: true, hasColour: false, columns: 40)
    let text = written(
      terminal,
      [
        .began(paths: ["a.md", "b.md"]), .started(chapter: "a.md", program: "main"),
        .started(chapter: "a.md", program: "other"),
        .finished(result("a.md")),
      ])
    let erase = "\r\u{1B}[K"
    #expect(
      text
        == "… 1 of 2: a.md#main\(erase)… 1 of 2: a.md#main, and 1 more\(erase)✓ a.md  0.75 s\n"
        + "… 2 of 2: a.md#other\(erase)")
  }

  private func written(_ options: ConsoleReporter.Options, _ events: [Event]) -> String {
    let recorder = Recorder()
    let reporter = ConsoleReporter(
      terminal: .plain, options: options, write: recorder.write, writeError: recorder.write)
    for event in events { reporter.receive(event) }
    return recorder.written
  }

  @Test func `quietly, only what fails is told, and the sum`() {
    let failure = Failure(
      .check(.missingLine(expected: "x")), at: Location(path: "b.md", line: 1, column: 1))
    let chapters = [result("a.md"), result("b.md", failures: [failure])]
    let book = BookResult(
      chapters: chapters, seconds: 1, shard: nil, wasInterrupted: false, confinement: .full)
    let text = written(
      .init(isQuiet: true),
      [.began(paths: ["a.md", "b.md"]), .progress(.preparing)] + chapters.map { .finished($0) }
        + [.ended(book)])
    #expect(!text.contains("a.md") && !text.contains("Preparing"))
    #expect(text.hasPrefix("✗ b.md  0.75 s\n  b.md:1:1: mismatch:"))
    #expect(text.hasSuffix("1 chapter passed, 1 chapter failed, 2 programs in 1.00 s\n"))
  }

  @Test func `with all that is printed, what took longest is told`() {
    var chapter = result("a.md")
    var other = chapter.programs[0]
    other.program.name = "slow"
    other.compileSeconds = 2
    var cached = other
    cached.isCached = true
    chapter.programs += [other, cached]
    let book = BookResult(
      chapters: [chapter], seconds: 1, shard: nil, wasInterrupted: false, confinement: .full)
    let text = written(.init(showsOutput: true), [.ended(book)])
    #expect(
      text.hasPrefix(
        """
        slowest:
          2.50 s  a.md#slow (2.00 s of it to compile)
          0.75 s  a.md#main (0.25 s of it to compile)

        """))
  }

  @Test func `beside a program that did not run, no other one's losses are told`() {
    var chapter = result("a.md", output: "99 1.5\n199 0.5\n")
    chapter.programs.append(.notRun(Samples.program("other"), for: .compiler))
    let text = written(.plain, [.finished(chapter)])
    #expect(text == "✗ a.md  0.75 s\n  #other not run: it does not compile\n")
  }

  @Test func `a failure has its place, its kind, an excerpt and the line that repeats it`() {
    let failure = Failure(
      .compile(.error("cannot find 'x' in scope", notes: [])),
      at: Location(path: "my chapter.md", line: 2, column: 7))
    let text = written(
      .plain,
      [.finished(result("my chapter.md", failures: [failure], source: "```swift\nprint(x)\n```\n"))]
    )
    #expect(
      text == """
        ✗ my chapter.md  0.75 s
          my chapter.md:2:7: compile: cannot find 'x' in scope
             1 │ ```swift
           ▸ 2 │ print(x)
               │       ^
             3 │ ```
            again: workbook run 'my chapter.md#main'

        """)
  }

  @Test
  func `colour is used only where the terminal has it, and escapes of programs are never sent`() {
    let failure = Failure(
      .compile(.error("\u{1B}[2J", notes: [])), at: Location(path: "a.md", line: 1, column: 1))
    let colourful = Terminal(isInteractive: true, hasColour: true, columns: 80)
    #expect(
      written(colourful, [.finished(result("a.md", failures: [failure]))]).contains("\u{1B}[31"))
    let plain = written(.plain, [.finished(result("a.md", failures: [failure]))])
    #expect(!plain.contains("\u{1B}"))
    #expect(plain.contains("␛[2J"))
  }

  @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"], ["NO_COLOR": ""]])
  func `NO_COLOR and a dumb terminal are heeded`(environment: [String: String]) {
    #expect(!Terminal(descriptor: -1, environment: environment).hasColour)
  }

  @Test func `the summary counts what passed, failed and was cached`() {
    let recorder = Recorder()
    let reporter = ConsoleReporter(
      terminal: .plain, write: recorder.write, writeError: recorder.write)
    var cached = result("b.md")
    cached.programs[0].isCached = true
    let failed = result(
      "c.md",
      failures: [
        Failure(.compile(.error("x", notes: [])), at: Location(path: "c.md", line: 1, column: 1))
      ])
    let page = ChapterResult(
      chapter: Samples.chapter("d.md", programs: []), source: [], programs: [], failures: [])
    reporter.receive(
      .ended(
        BookResult(
          chapters: [result("a.md"), cached, failed, page], seconds: 75, shard: nil,
          wasInterrupted: false, confinement: .none)))
    #expect(
      recorder.written == """
        2 chapters passed, 1 chapter failed, 1 page, 3 programs (1 cached) in 1 min 15 s, not \
        confined

        """)
  }

  @Test func `the summary says what building took, and that there was nothing to run`() {
    var book = BookResult(
      chapters: [result("a.md")], seconds: 9, buildSeconds: 8, shard: nil, wasInterrupted: false,
      confinement: .full)
    #expect(
      written(.plain, [.ended(book)])
        == "1 chapter passed, 1 program in 9.00 s (8.00 s of it to build the library)\n")
    book.chapters = []
    #expect(written(.plain, [.ended(book)]) == "nothing to run\n")
  }

  @Test func `a watch says after each run which chapters fail`() {
    let failed = ["a.md", "b\u{1B}.md", "c.md", "d.md"]
    #expect(
      written(.plain, [.watching(chapters: 9, failed: []), .watching(chapters: 9, failed: failed)])
        == """
        watching 9 chapters, none fails; Control-C ends it
        watching 9 chapters, 4 failed: a.md, b␛.md, c.md, …; Control-C ends it

        """)
  }

  @Test func `the summary counts what did not run beside what did`() {
    var chapter = result("a.md")
    var compiled = chapter.programs[0]
    compiled.status = .compiled
    compiled.program.mode = .compileOnly
    var refused = chapter.programs[0]
    refused.status = .compiled
    var skipped = chapter.programs[0]
    skipped.status = .skipped
    skipped.program.cells[0].kind = .skipped(reason: "why")
    // Its one cell in two programs.
    for index in chapter.programs.indices {
      chapter.programs[index].program.cells.append(skipped.program.cells[0])
    }
    chapter.programs += [
      compiled, refused, skipped, skipped, .notRun(skipped.program, for: .compiler),
    ]
    let book = BookResult(
      chapters: [chapter], seconds: 1, shard: Shard(index: 1, count: 2), wasInterrupted: false,
      confinement: .full)
    #expect(
      written(.plain, [.ended(book)]) == """
        1 chapter failed, 6 programs: 2 ran, 1 only compiled, 2 skipped, 1 not run, 1 cell skipped, \
        shard 1 of 2 in 1.00 s

        """)
  }

  @Test(arguments: [
    ("chapters/06-optim.md#main", "chapters/06-optim.md#main"), ("a b.md", "'a b.md'"),
    ("it's.md", "'it'\\''s.md'"), ("$(rm -rf ~).md", "'$(rm -rf ~).md'"), ("学.md", "学.md"),
    ("#x", "'#x'"), ("", "''"), ("a*b", "'a*b'"), ("~/a", "'~/a'"),
  ])
  func `a path is quoted for the shell only if it must be`(text: String, quoted: String) {
    #expect(shellQuoted(text) == quoted)
  }
}
