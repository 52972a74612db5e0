import Synchronization
import WorkbookSystem
import WorkbookChapters
import WorkbookConfinement

/// Runs single programs as `workbook run` does, one after the other or side by side, for whoever waits for
/// what they print.
package final class LiveRunner: Sendable {
  /// Of what a program prints, so much is told while it runs.
  package static let mostWatchedBytes = Runner.mostWatchedBytes

  private let environment: [String: String]
  private let options: BuildOptions
  private let isConfined: Bool
  /// They stay: to start one takes as long as a good part of a compilation.
  private let launchers = Launchers(ownExecutable)
  private let turns: Turns
  /// Of the packages that programs ran with, by their folders.
  private let contexts = Mutex<[String?: PackageContext]>([:])

  /// Throws where programs cannot be confined and are to be.
  ///
  /// - Parameter jobs: programs at a time; others wait.
  package init(
    isConfined: Bool, jobs: Int, environment: [String: String],
    options: BuildOptions = BuildOptions()
  ) throws(CommandError) {
    if isConfined, !Confinement.missing.isEmpty {
      throw .cannotConfine(missing: Confinement.missing)
    }
    self.isConfined = isConfined
    self.environment = environment
    self.options = options
    turns = Turns(count: max(1, jobs))
  }

  /// Compiles, runs and checks the program, or finds what became of its equal.
  ///
  /// - Parameters:
  ///   - onTurn: is told when those that came before have ended.
  ///   - onProgress: is told of what is done before, such as building the library.
  ///   - onPrinted: is told of what it has printed so far, several times a second.
  package func run(
    _ program: Program, onTurn: @Sendable () -> Void,
    onProgress: @escaping @Sendable (BuildProgress) -> Void,
    onPrinted: @escaping @Sendable (Transcript) -> Void
  ) async throws(Fault) -> ProgramResult {
    try await turns.wait()
    defer { turns.end() }
    onTurn()
    let context = try await context(of: program.chapterPath, onProgress: onProgress)
    let executor = executor(context, program, onPrinted)
    let key = executor.key(for: program)
    if let outcome = executor.storedOutcome(for: key, program) {
      return try check(program, outcome, isCached: true)
    }
    let outcome = try await executor.execute(program)
    if Task.isCancelled { throw .cancelled }
    executor.store(outcome, of: program, for: key)
    return try check(program, outcome, isCached: false)
  }

  /// Builds the library of a chapter's package, so that no run waits for it.
  package func prepare(_ path: String) async throws(Fault) {
    _ = try await context(of: path) { _ in }
  }

  /// What became of programs when they last ran so, as far as it is known without running anything; of those
  /// whose library is to be built anew nothing is.
  package func knownResults(of programs: [Program]) -> [ProgramResult] {
    var contexts = contexts.withLock { $0 }
    var checked: Set<String?> = []
    return programs.compactMap { program in
      // Of none, too.
      let folder = (try? packageFolder(above: program.chapterPath)) ?? nil
      if checked.insert(folder).inserted, contexts[folder]?.library.isCurrent != true {
        contexts[folder] = nil
      }
      guard !program.isBroken, case .run = program.mode, let context = contexts[folder] else {
        return nil
      }
      let executor = executor(context, program) { _ in }
      let outcome = executor.storedOutcome(for: executor.key(for: program), program)
      return outcome.flatMap { try? check(program, $0, isCached: true) }
    }
  }

  /// Makes a chapter's file hold other bytes, as `--update` does; false where it does not hold `old` any more.
  package func replace(
    _ path: String, holding old: [UInt8], with new: [UInt8]
  ) throws(Fault) -> Bool {
    try Library.replaceChapter(path, holding: old, with: new, environment)
  }

  /// Draws a picture anew; false where its file is not as it was.
  package func draw(_ drawing: Drawing) throws(Fault) -> Bool { try drawing.write(environment) }

  /// The name of a package that was built before.
  package func packageName(in folder: String) -> String? {
    contexts.withLock { $0[folder] }?.library.manifest?.name
  }

  /// Of the package as its files are now.
  private func context(
    of path: String, onProgress: @escaping @Sendable (BuildProgress) -> Void
  ) async throws(Fault) -> PackageContext {
    var packages = Packages(environment: environment, options: options)
    let context = try await packages.context(of: path, onProgress: onProgress)
    let folder = try packageFolder(above: path)
    contexts.withLock { $0[folder] = context }
    return context
  }

  private func executor(
    _ context: PackageContext, _ program: Program,
    _ onPrinted: @escaping @Sendable (Transcript) -> Void
  ) -> PackageExecutor {
    var runner = Runner(launchers, isConfined: isConfined)
    runner.onPrinted = onPrinted
    return PackageExecutor(
      contexts: [program.chapterPath: context], usesCache: true, runner: runner)
  }
}
