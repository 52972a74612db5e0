import Foundation
import Synchronization
import WorkbookSystem
import WorkbookChapters
import WorkbookConfinement

/// `workbook run`: reads chapters, builds their packages' libraries, and runs and checks the programs.
package struct RunCommand: Sendable {
  let options: RunOptions
  package let environment: [String: String]
  package let onEvent: @Sendable (Event) -> Void

  package init(
    _ options: RunOptions, environment: [String: String],
    onEvent: @escaping @Sendable (Event) -> Void
  ) {
    self.options = options
    self.environment = environment
    self.onEvent = onEvent
  }

  /// Runs once; with `--update` once more, after what is written anew.
  package func run() async throws -> BookResult {
    let book = try await readChosen()
    try findExercises(in: book)
    let result = try await run(book, silently: options.updates).result
    guard options.updates, !result.wasInterrupted else { return result }
    try update(result)
    let names = result.chapters.map { ($0.chapter.path, Set($0.programs.map(\.program.name))) }
    let chosen = try readBook(options.paths, readsPlainCode: options.readsPlainCode).limited(
      to: Dictionary(names) { first, _ in first })
    return try await run(chosen, after: result).result
  }

  /// Runs the programs of the book; a library that does not build fails the chapters of its package.
  package func run(
    _ book: [BookChapter], silently: Bool = false, after first: BookResult? = nil
  ) async throws -> (result: BookResult, packages: Packages) {
    let start = ContinuousClock.now
    let chosen = options.checksExercises ? book.map(\.answers) : book
    let onEvent = silently ? { @Sendable _ in } : onEvent
    onEvent(.began(paths: chosen.map(\.chapter.path)))
    let runner = Runner(Launchers(ownExecutable), isConfined: try isConfined(onEvent))
    var packages = Packages(environment: environment, options: options.build)
    let builds = Atomic(false)
    let (book, contexts) = try await packages.prepare(chosen) { progress in
      if progress != .preparing { builds.store(true, ordering: .relaxed) }
      onEvent(.progress(progress))
    }
    let buildSeconds = (ContinuousClock.now - start) / .seconds(1)
    let executor = PackageExecutor(
      contexts: contexts, usesCache: options.usesCache, savesTemps: options.savesTemps,
      runner: runner)
    if options.savesTemps {
      for folder in Set(contexts.values.map(\.keptFolder)).sorted() {
        onEvent(.savesTemps(folder: folder))
      }
    }
    let bookRunner = BookRunner(
      jobs: min(
        options.jobs ?? ProcessInfo.processInfo.activeProcessorCount,
        OpenFiles.jobs(within: OpenFiles.limit)),
      stopsAtFirstFailure: options.stopsAtFirstFailure, isStrict: options.isStrict,
      shard: options.shard, executor: executor,
      onEvent: onEvent)
    var result = try await bookRunner.run(book)
    packages.save()
    record(result)
    result.seconds = (ContinuousClock.now - start) / .seconds(1) + (first?.seconds ?? 0)
    result.buildSeconds =
      builds.load(ordering: .relaxed) ? buildSeconds : first?.buildSeconds
    onEvent(.ended(result))
    return (result, packages)
  }

  /// Throws where the book has no exercises, and is to be run for them.
  func findExercises(in book: [BookChapter]) throws(CommandError) {
    guard options.checksExercises else { return }
    let answers = book.map(\.answers)
    if answers.allSatisfy({ $0.programs.isEmpty && $0.failures.isEmpty }) {
      throw .noExercises(paths: options.paths)
    }
  }

  /// Whether programs are to be confined; says what the system lacks for it.
  private func isConfined(_ onEvent: (Event) -> Void) throws(CommandError) -> Bool {
    let missing = Confinement.missing
    switch options.sandbox {
    case .off: return false
    case .required where !missing.isEmpty: throw .cannotConfine(missing: missing)
    case .required, .preferred:
      if !missing.isEmpty { onEvent(.notConfined(missing: missing)) }
      return true
    }
  }
}
