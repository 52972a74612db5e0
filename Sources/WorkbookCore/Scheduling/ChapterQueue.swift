import WorkbookSystem
import WorkbookChapters

/// The results of a book's programs, which come in any order, given out chapter by chapter in its order.
struct ChapterQueue {
  /// Where a program stands in the book.
  struct Index: Hashable, Comparable {
    var chapter: Int
    var program: Int

    static func < (a: Index, b: Index) -> Bool {
      (a.chapter, a.program) < (b.chapter, b.program)
    }
  }

  let indices: [Index]
  private(set) var hasFailed = false
  private(set) var results: [ChapterResult] = []
  private let book: [BookChapter]
  private let isStrict: Bool
  private var finished: [[ProgramResult?]]

  /// - Parameter isStrict: whether a program that is skipped or only compiled has failed.
  init(_ book: [BookChapter], isStrict: Bool = false) {
    self.book = book
    self.isStrict = isStrict
    finished = book.map { entry in entry.programs.map { _ in nil } }
    indices = book.indices.flatMap { chapter in
      book[chapter].programs.indices.map { Index(chapter: chapter, program: $0) }
    }
    hasFailed = book.contains { !$0.failures.isEmpty }
  }

  subscript(index: Index) -> Program { book[index.chapter].programs[index.program] }

  /// Why a broken program does not run.
  func obstacle(_ index: Index) -> ProgramResult.Obstacle {
    book[index.chapter].chapter.failures.contains(where: \.isOfPackage) ? .library : .format
  }

  func isFinished(_ index: Index) -> Bool { finished[index.chapter][index.program] != nil }

  mutating func finish(_ index: Index, _ result: ProgramResult) {
    var result = result
    if isStrict { result.failures += result.strictFailures }
    finished[index.chapter][index.program] = result
    if !result.failures.isEmpty { hasFailed = true }
  }

  /// Finishes equal programs, of which the first had the outcome; the others count as cached.
  ///
  /// Throws `Fault.cancelled` when the task is cancelled; then some may be left unfinished.
  mutating func finish(_ equals: [Index], _ outcome: Outcome, isCached: Bool) throws(Fault) {
    for index in equals {
      let own = outcome.relocated(from: self[equals[0]], to: self[index])
      finish(index, try check(self[index], own, isCached: isCached || index != equals[0]))
    }
  }

  /// Tells of the chapters that are finished now, up to the first that is not.
  mutating func tellFinished(_ onEvent: (Event) -> Void) {
    while results.count < book.count {
      let programs = finished[results.count].compactMap { $0 }
      let entry = book[results.count]
      guard programs.count == entry.programs.count else { return }
      // A failure of a program's own cells stands in that program's result.
      var result = ChapterResult(
        chapter: entry.chapter, source: entry.source, programs: programs, failures: entry.failures)
      onEvent(.finished(result))
      for index in programs.indices {
        result.programs[index].forgetErrors()
        finished[results.count][index] = result.programs[index]
      }
      results.append(result)
    }
  }
}

extension ProgramResult {
  /// What was to run and did not has failed anyway.
  fileprivate var strictFailures: [Failure] {
    func failure(_ problem: NotRunProblem, _ line: Int) -> Failure {
      Failure(.notRun(problem), at: Location(path: program.chapterPath, line: line, column: 1))
    }
    let skipped = skippedCells.map { failure(.skipped, $0.line) }
    return (isOnlyCompiled ? [failure(.onlyCompiled, program.noRunLine ?? 1)] : []) + skipped
  }
}
