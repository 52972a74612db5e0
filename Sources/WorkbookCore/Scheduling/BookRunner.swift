import WorkbookSystem
import WorkbookChapters
import WorkbookConfinement

/// Where the outcome of a program comes from.
protocol ProgramExecutor: Sendable {
  /// Of the programs that it runs.
  var confinement: Confinement.Level { get }
  /// What names the outcome: programs with the same key end the same.
  func key(for program: Program) -> String
  /// The outcome kept under the key, with the program's own places.
  func storedOutcome(for key: String, _ program: Program) -> Outcome?
  func store(_ outcome: Outcome, of program: Program, for key: String)
  /// How long it took last time, in seconds; nil where that is not known.
  func lastSeconds(_ program: Program) -> Double?
  /// Compiles and runs it.
  func execute(_ program: Program) async throws(Fault) -> Outcome
}

private struct Finished: Sendable {
  var key: String
  var result: Result<Outcome, Fault>
}

/// Runs the programs of a book on several cores, equal ones once, and checks what they printed.
struct BookRunner<Executor: ProgramExecutor> {
  /// Programs at a time.
  var jobs: Int
  var stopsAtFirstFailure: Bool
  /// Whether a program that is skipped or only compiled has failed.
  var isStrict: Bool
  var shard: Shard?
  var executor: Executor
  var onEvent: (Event) -> Void

  init(
    jobs: Int, stopsAtFirstFailure: Bool = false, isStrict: Bool = false, shard: Shard? = nil,
    executor: Executor, onEvent: @escaping (Event) -> Void
  ) {
    self.jobs = max(1, jobs)
    self.stopsAtFirstFailure = stopsAtFirstFailure
    self.isStrict = isStrict
    self.shard = shard
    self.executor = executor
    self.onEvent = onEvent
  }

  /// Runs the book; `finished` events come in its order.
  ///
  /// Cancelling the task ends the programs that run; what did not run is then told as not run.
  func run(_ book: [BookChapter]) async throws(Fault) -> BookResult {
    let start = ContinuousClock.now
    var (book, shard) = (book, shard)
    if let whole = shard { (book, shard) = part(of: book, whole) }
    var queue = ChapterQueue(book, isStrict: isStrict)
    var indices: [String: [ChapterQueue.Index]] = [:]
    for index in queue.indices {
      let program = queue[index]
      if program.isBroken {
        queue.finish(index, .notRun(program, for: queue.obstacle(index)))
      } else if program.isSkipped {
        queue.finish(index, ProgramResult(program: program, status: .skipped))
      } else {
        indices[executor.key(for: program), default: []].append(index)
      }
    }
    var waiting: [(key: String, index: ChapterQueue.Index, seconds: Double)] = []
    for (key, equals) in indices {
      if Task.isCancelled { break }
      if let outcome = executor.storedOutcome(for: key, queue[equals[0]]) {
        // Cancelled, it is told below as not run.
        try? queue.finish(equals, outcome, isCached: true)
      } else {
        let seconds = executor.lastSeconds(queue[equals[0]])
        waiting.append((key, equals[0], seconds ?? .infinity))
      }
    }
    // The slowest first, so that none is left to run alone at the end; equals in the book's order.
    waiting.sort { ($1.seconds, $0.index) < ($0.seconds, $1.index) }
    queue.tellFinished(onEvent)

    var fault: Fault?
    await withTaskGroup(of: Finished.self) { group in
      var next = waiting[...]
      func startNext() {
        let isStopped = fault != nil || stopsAtFirstFailure && queue.hasFailed
        guard !isStopped, !Task.isCancelled, let first = next.popFirst() else { return }
        let program = queue[first.index]
        onEvent(.started(chapter: program.chapterPath, program: program.name))
        let (key, executor) = (first.key, executor)
        group.addTask {
          do throws(Fault) {
            return Finished(key: key, result: .success(try await executor.execute(program)))
          } catch {
            return Finished(key: key, result: .failure(error))
          }
        }
      }
      for _ in 0..<jobs { startNext() }
      while let finished = await group.next() {
        switch finished.result {
        case .failure(.cancelled):
          // Its compiler was ended, as a program is below: by Control-C, a fault or the first failure.
          break
        case .failure(let error):
          fault = fault ?? error
          group.cancelAll()
        case .success(let outcome) where outcome.transcript?.end == .interrupted:
          break
        case .success(let outcome):
          guard let equals = indices[finished.key] else { continue }
          executor.store(outcome, of: queue[equals[0]], for: finished.key)
          try? queue.finish(equals, outcome, isCached: false)
          queue.tellFinished(onEvent)
          if stopsAtFirstFailure, queue.hasFailed { group.cancelAll() }
        }
        startNext()
      }
    }
    if let fault { throw fault }

    let obstacle = Task.isCancelled ? ProgramResult.Obstacle.interruption : .earlierFailure
    for index in queue.indices where !queue.isFinished(index) {
      queue.finish(index, .notRun(queue[index], for: obstacle))
    }
    queue.tellFinished(onEvent)
    return BookResult(
      chapters: queue.results, seconds: (ContinuousClock.now - start) / .seconds(1), shard: shard,
      wasInterrupted: Task.isCancelled, confinement: executor.confinement)
  }

  /// The shard's share of the programs; pages and unreadable chapters belong to the first.
  private func part(
    of book: [BookChapter], _ shard: Shard
  ) -> ([BookChapter], Shard) {
    let queue = ChapterQueue(book)
    // By what all shards know: how long programs took is another thing after the first of them.
    let mine = Set(
      queue.indices.enumerated().filter { $0.offset % shard.count == shard.index - 1 }
        .map(\.element))
    var plan = SHA256()
    for index in queue.indices {
      plan.update(field: "\(queue[index].chapterPath)#\(queue[index].name)")
    }
    let mineOfBook = book.indices.compactMap { index -> BookChapter? in
      var entry = book[index]
      entry.programs = entry.programs.indices
        .filter { mine.contains(ChapterQueue.Index(chapter: index, program: $0)) }
        .map { entry.programs[$0] }
      if shard.index == 1 { return entry }
      // Why its programs do not run belongs to each.
      entry.chapter.failures = entry.failures.filter {
        $0.isOfPackage || entry.chapter.brokenPrograms[$0] != nil
      }
      entry.chapter.warnings = []
      return entry.programs.isEmpty ? nil : entry
    }
    var planned = shard
    planned.plan = String(plan.hexadecimal().prefix(16))
    return (mineOfBook, planned)
  }
}
