import Foundation
import WorkbookSystem
import WorkbookChapters

/// Compiles and runs programs with the libraries of their packages, and keeps what became of them.
package struct PackageExecutor: ProgramExecutor {
  /// What the chapters of one package share.
  package struct Home: Sendable {
    package var library: Library
    package var cache: OutcomeCache
    package var times: TimeRecord
    /// All that an outcome depends on besides the program.
    var environment: String

    package init(_ library: Library, runner: Runner) {
      self.library = library
      cache = OutcomeCache(folder: library.folder + "/cache")
      times = TimeRecord(
        file: library.folder + "/times.json", root: library.packageFolder ?? "/")
      environment = [library.fingerprint, "\(runner.isConfined)", processorName]
        .joined(separator: "\n")
    }
  }

  /// By the path of a chapter.
  package var homes: [String: Home]
  package var usesCache: Bool
  package var runner: Runner

  package init(homes: [String: Home], usesCache: Bool, runner: Runner) {
    self.homes = homes
    self.usesCache = usesCache
    self.runner = runner
  }

  package func key(for program: Program) -> String {
    let home = home(of: program)
    return OutcomeCache.key(
      for: program, environment: home?.environment ?? "",
      placeMatters: home?.library.seesCallers ?? true)
  }

  package func storedOutcome(for key: String, _ program: Program) -> Outcome? {
    usesCache ? home(of: program)?.cache.outcome(for: key, program) : nil
  }

  package func store(_ outcome: Outcome, of program: Program, for key: String) {
    guard let home = home(of: program) else { return }
    home.cache.store(outcome, of: program, for: key)
    home.times[program] = outcome.compileSeconds + (outcome.transcript?.seconds ?? 0)
  }

  package func lastSeconds(_ program: Program) -> Double? { home(of: program)?.times[program] }

  package func execute(_ program: Program) async throws(Fault) -> Outcome {
    guard let home = home(of: program) else { preconditionFailure("a chapter without a home") }
    let scratch = try Scratch(in: home.library.folder + "/scratch")
    defer { scratch.remove() }
    let compilation = try await Compilation(
      of: program, with: home.library, by: runner, in: scratch.path)
    var outcome = Outcome(
      failures: compilation.failures, checks: compilation.checks, warnings: compilation.warnings,
      compileSeconds: compilation.seconds, compilesRepeatably: compilation.isRepeatable)
    if let executable = compilation.executable {
      outcome.transcript = try await runner.run(
        executable, of: program, with: home.library, in: scratch.path,
        limits: Limits(seconds: program.timeout))
    }
    return outcome
  }

  private func home(of program: Program) -> Home? { homes[program.chapterPath] }
}

/// What processor this is: another one may round a program's numbers otherwise.
private let processorName: String = {
  #if os(Linux)
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n\n", maxSplits: 1).first?.split(separator: "\n") ?? []
    return lines.filter { $0.hasPrefix("model name") || $0.hasPrefix("flags") }
      .joined(separator: "\n")
  #else
    return ""
  #endif
}()
