import Foundation
import Synchronization
import Testing

@testable import WorkbookChapters
@testable import WorkbookConfinement
@testable import WorkbookCore
@testable import WorkbookSystem

/// Answers from a table of outcomes, and writes down what it was asked.
private final class FakeExecutor: ProgramExecutor {
  let outcomes: [String: Outcome]
  let kept: Mutex<[String: Outcome]>
  let executed = Mutex<[String]>([])
  let stored = Mutex<[String]>([])
  let seconds: [String: Double]
  let delay: @Sendable (Program) -> Duration
  /// Whether it cancels the task that asks for what is kept.
  let cancels: Bool
  let confinement = Confinement.Level.partial

  init(
    outcomes: [String: Outcome] = [:], kept: [String: Outcome] = [:],
    seconds: [String: Double] = [:],
    cancels: Bool = false, delay: @escaping @Sendable (Program) -> Duration = { _ in .zero }
  ) {
    self.cancels = cancels
    self.outcomes = outcomes
    self.kept = Mutex(kept)
    self.seconds = seconds
    self.delay = delay
  }

  func key(for program: Program) -> String { program.cells.map(\.content.string).joined() }
  func storedOutcome(for key: String, _ program: Program) -> Outcome? {
    if cancels { withUnsafeCurrentTask { $0?.cancel() } }
    return kept.withLock { $0[key] }
  }
  func store(_ outcome: Outcome, of program: Program, for key: String) {
    stored.withLock { $0.append(program.name) }
  }
  func lastSeconds(_ program: Program) -> Double? { seconds[program.name] }

  func execute(_ program: Program) async throws(Fault) -> Outcome {
    executed.withLock { $0.append(program.name) }
    do {
      try await Task.sleep(for: delay(program))
    } catch {
      // As when its compiler is ended.
      if program.name != "a" { throw .cancelled }
      return Outcome(transcript: Samples.transcript(end: .interrupted))
    }
    if let outcome = outcomes[program.name] { return outcome }
    return Outcome(compileSeconds: 0.5, transcript: Samples.transcript("\(program.name)\n"))
  }
}

@Suite struct BookRunnerTests {
  private func programs(_ names: String..., path: String = "a.md") -> [Program] {
    names.map { Samples.program($0, in: path, code: "print(\"\($0)\")") }
  }

  private static let failure = Failure(
    .compile(.error("cannot find 'x' in scope", notes: [])),
    at: Location(path: "a.md", line: 4, column: 1))

  @Test func `of standard error the result of a run keeps the end alone, once all was told`()
    async throws
  {
    var outcome = Outcome(transcript: Samples.transcript("1"))
    outcome.transcript?.errors = [UInt8](repeating: 65, count: 1 << 20)
    let told = Mutex<[Int?]>([])
    let runner = BookRunner(jobs: 1, executor: FakeExecutor(outcomes: ["a": outcome])) { event in
      guard case .finished(let result) = event else { return }
      told.withLock { $0.append(result.programs[0].transcript?.errors.count) }
    }
    let result = try await runner.run([Samples.entry(programs: programs("a"))])
    #expect(told.withLock(\.self) == [1 << 20])
    #expect(result.chapters[0].programs[0].transcript?.errors.count == 100_000)
  }

  @Test(arguments: 1...4)
  func `chapters finish in the book's order, whatever order their programs end in`(jobs: Int)
    async throws
  {
    let book = (0..<6).map { index in
      Samples.entry("\(index).md", programs: programs("p\(index)", path: "\(index).md"))
    }
    let executor = FakeExecutor(delay: { .milliseconds($0.name == "p0" ? 30 : 1) })
    let told = Mutex<[String]>([])
    let runner = BookRunner(jobs: jobs, executor: executor) { event in
      if case .finished(let result) = event {
        told.withLock { $0.append(result.chapter.path) }
      }
    }
    let result = try await runner.run(book)
    #expect(told.withLock { $0 } == (0..<6).map { "\($0).md" })
    #expect(result.chapters.map(\.chapter.path) == (0..<6).map { "\($0).md" })
    #expect(result.status == .passed)
    #expect(
      result.chapters.flatMap(\.programs).map(\.output) == (0..<6).map { Array("p\($0)\n".utf8) })
  }

  @Test func `equal programs run once, and the others count as cached`() async throws {
    let executor = FakeExecutor()
    let book = [
      Samples.entry("a.md", programs: [Samples.program("one", code: "print(1)")]),
      Samples.entry("b.md", programs: [Samples.program("two", in: "b.md", code: "print(1)")]),
    ]
    let result = try await BookRunner(jobs: 2, executor: executor) { _ in }.run(book)
    #expect(executor.executed.withLock { $0 } == ["one"])
    #expect(result.chapters.map(\.isCached) == [false, true])
    #expect(
      result.chapters.map { $0.programs[0].output }
        == Array(repeating: Array("one\n".utf8), count: 2))
  }

  @Test(arguments: [true, false])
  func `strictly, a program that is skipped or only compiled has failed`(isStrict: Bool)
    async throws
  {
    let executor = FakeExecutor(outcomes: ["compiled": Outcome(), "refused": Outcome()])
    let programs = [
      // Of cells that must fail to compile, it has nothing to run.
      Samples.program("refused", code: "d"),
      Samples.program("ran", code: "a"),
      Samples.program("compiled", code: "b", line: 7, mode: .compileOnly),
      Samples.program("skipped", code: "c", line: 11, kind: .skipped(reason: "why")),
    ]
    let result = try await BookRunner(jobs: 1, isStrict: isStrict, executor: executor) { _ in }
      .run([Samples.entry(programs: programs)])
    let failures = result.chapters[0].allFailures
    #expect(
      failures.map(\.problem) == (isStrict ? [.notRun(.onlyCompiled), .notRun(.skipped)] : []))
    #expect(failures.map(\.location.line) == (isStrict ? [7, 11] : []))
    #expect(failures.allSatisfy { $0.kind == .strict })
    #expect(result.status == (isStrict ? .failed : .passed))
    #expect(result.exitCode == (isStrict ? .failed : .passed))
  }

  @Test func `what is kept does not run`() async throws {
    let all = programs("a", "b")
    let executor = FakeExecutor(
      kept: ["print(\"a\")\n": Outcome(transcript: Samples.transcript("kept\n"))])
    let result = try await BookRunner(jobs: 1, executor: executor) { _ in }
      .run([Samples.entry(programs: all)])
    #expect(executor.executed.withLock { $0 } == ["b"])
    #expect(result.chapters[0].programs.map(\.isCached) == [true, false])
    #expect(result.chapters[0].programs[0].output == Array("kept\n".utf8))
  }

  @Test func `the slowest of last time runs first, and what was never timed before it`()
    async throws
  {
    let executor = FakeExecutor(seconds: ["a": 1, "b": 3, "c": 2])
    _ = try await BookRunner(jobs: 1, executor: executor) { _ in }
      .run([Samples.entry(programs: programs("a", "b", "c", "new"))])
    #expect(executor.executed.withLock { $0 } == ["new", "b", "c", "a"])
  }

  @Test func `the result says how far the executor confines programs`() async throws {
    let result = try await BookRunner(jobs: 1, executor: FakeExecutor()) { _ in }.run([])
    #expect(result.confinement == .partial)
  }

  @Test func `a failure stops what has not begun, if asked, and that is told as not run`()
    async throws
  {
    let executor = FakeExecutor(outcomes: ["a": Outcome(failures: [Self.failure])])
    let result = try await BookRunner(jobs: 1, stopsAtFirstFailure: true, executor: executor) {
      _ in
    }
    .run([Samples.entry(programs: programs("a", "b"))])
    #expect(executor.executed.withLock { $0 } == ["a"])
    #expect(
      result.chapters[0].programs.map(\.status) == [.notRun(.compiler), .notRun(.earlierFailure)])
    #expect(result.status == .failed)
  }

  @Test(arguments: ["a", "c"])
  func `a failure ends what runs beside it, if asked`(other: String) async throws {
    let executor = FakeExecutor(
      outcomes: ["b": Outcome(failures: [Self.failure])],
      delay: { $0.name == "b" ? .zero : .seconds(60) })
    let result = try await BookRunner(jobs: 2, stopsAtFirstFailure: true, executor: executor) {
      _ in
    }
    .run([Samples.entry(programs: programs("b", other))])
    #expect(!result.wasInterrupted)
    #expect(result.chapters[0].programs[0].failures == [Self.failure])
    #expect(result.chapters[0].programs[1].status == .notRun(.earlierFailure))
  }

  @Test func `a failure stops nothing else, if not asked`() async throws {
    let executor = FakeExecutor(outcomes: ["a": Outcome(failures: [Self.failure])])
    let result = try await BookRunner(jobs: 1, executor: executor) { _ in }
      .run([Samples.entry(programs: programs("a", "b"))])
    #expect(result.chapters[0].programs.map(\.status) == [.notRun(.compiler), .ran])
    #expect(result.chapters[0].status == .failed)
  }

  @Test func `a broken or skipped program never runs; skipped is no failure`() async throws {
    let executor = FakeExecutor()
    let broken = Samples.program("broken", isBroken: true)
    let skipped = Samples.program("skipped", kind: .skipped(reason: "why"))
    let result = try await BookRunner(jobs: 1, executor: executor) { _ in }
      .run([
        Samples.entry("a.md", programs: [broken]), Samples.entry("b.md", programs: [skipped]),
      ])
    #expect(executor.executed.withLock { $0.isEmpty })
    #expect(result.chapters.map(\.status) == [.failed, .skipped])
    #expect(result.chapters[1].programs[0].status == .skipped)
    #expect(result.chapters[1].programs[0].reason == "why")
  }

  @Test func `the checks of a program that does not compile are skipped, never passed`()
    async throws
  {
    let expectation = Expectation(
      line: 9, column: 1, cellCount: 1, relativeTolerance: nil, absoluteTolerance: nil, below: nil,
      decreasing: false, content: Text(lines: []))
    let program = Samples.program("a", expectations: [expectation])
    let executor = FakeExecutor(outcomes: ["a": Outcome(failures: [Self.failure])])
    let result = try await BookRunner(jobs: 1, executor: executor) { _ in }
      .run([Samples.entry(programs: [program])])
    #expect(result.chapters[0].programs[0].checks.map(\.status) == [.skipped])
  }

  @Test func `cancelling ends what runs and tells the rest as interrupted`() async throws {
    let executor = FakeExecutor(delay: { _ in .seconds(60) })
    let book = [Samples.entry(programs: programs("a", "b", "c"))]
    let task = Task {
      try await BookRunner(jobs: 2, executor: executor) { _ in }.run(book)
    }
    while executor.executed.withLock({ $0.count }) < 2 { await Task.yield() }
    task.cancel()
    let result = try await task.value
    #expect(result.wasInterrupted)
    #expect(result.chapters[0].programs.allSatisfy { $0.wasNotRun })
    #expect(executor.stored.withLock { $0.isEmpty })
  }

  @Test
  func `what is being checked when the run is cancelled is told as interrupted, never as passed`()
    async throws
  {
    let markdown = "```swift\nprint(1)\n```\n```output\n1\n```\n"
    let chapter = Chapter(path: "a.md", bytes: Array(markdown.utf8))
    let book = [
      BookChapter(chapter: chapter, source: Array(markdown.utf8), programs: chapter.programs)
    ]
    let result = try await Task {
      try await BookRunner(
        jobs: 1,
        executor: FakeExecutor(
          kept: ["print(1)\n": Outcome(transcript: Samples.transcript("1\n"))], cancels: true)
      ) { _ in }.run(book)
    }.value
    #expect(result.wasInterrupted)
    #expect(result.chapters[0].programs.map(\.status) == [.notRun(.interruption)])
    #expect(result.chapters[0].programs[0].checks.map(\.status) == [.skipped])
  }

  @Test(arguments: 1...5)
  func `the shards of a book have each program once`(count: Int) async throws {
    let book = (0..<3).map { index in
      Samples.entry(
        "\(index).md", programs: programs("a\(index)", "b\(index)", path: "\(index).md"))
    }
    var names: [String] = []
    var plans: Set<String> = []
    for index in 1...count {
      // What the shards before it wrote down of the time.
      let executor = FakeExecutor(
        seconds: Dictionary(names.map { ($0, 9) }) { first, _ in first })
      let runner = BookRunner(
        jobs: 2, shard: Shard(index: index, count: count), executor: executor
      ) { _ in }
      let result = try await runner.run(book)
      names += result.chapters.flatMap(\.programs).map(\.program.name)
      plans.insert(try #require(result.shard?.plan))
    }
    #expect(names.sorted() == ["a0", "a1", "a2", "b0", "b1", "b2"])
    #expect(plans.count == 1)
  }

  @Test func `each shard tells what is wrong with its programs, the first what is with others`()
    async throws
  {
    let text = "```swift norun\n1\n```\n```swift program=b norun\n2\n```\n<!-- workbook x -->\n"
    let chapter = Chapter(path: "a.md", bytes: Array(text.utf8))
    let entry = BookChapter(chapter: chapter, source: [], programs: chapter.programs)
    var lines: [[Int]] = []
    var names: [String?] = []
    for index in 1...2 {
      let runner = BookRunner(
        jobs: 1, shard: Shard(index: index, count: 2), executor: FakeExecutor()
      ) { _ in }
      let result = try await runner.run([entry])
      lines.append(result.chapters[0].failures.map(\.location.line))
      names += result.report.chapters[0].failures.map(\.program)
    }
    #expect(lines == [[1, 7], [4]] && names == ["main", nil, "b"])
  }

  @Test func `each shard tells why programs of a package that does not build do not run`()
    async throws
  {
    let fault = Fault.libraryDoesNotBuild(package: "/p", lines: ["error: x"])
    let entry = Samples.entry(programs: programs("a", "b")).failed(fault)
    for index in 1...2 {
      let runner = BookRunner(
        jobs: 1, shard: Shard(index: index, count: 2), executor: FakeExecutor()
      ) { _ in }
      let result = try await runner.run([entry])
      #expect(result.chapters[0].programs.map(\.status) == [.notRun(.library)])
      #expect(result.chapters[0].failures.map(\.problem) == [.fault(fault)])
    }
    let executor = PackageExecutor(
      contexts: [:], usesCache: true,
      runner: Runner(Launchers(Workshop.launcher), isConfined: false)
    )
    #expect(executor.lastSeconds(entry.programs[0]) == nil)
  }
}
