import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookConfinement

/// Compiles and runs programs with the libraries of their packages, and keeps what became of them.
struct PackageExecutor: ProgramExecutor {
  /// By the path of a chapter.
  let contexts: [String: PackageContext]
  let usesCache: Bool
  /// Whether what a program was compiled from and left behind stays in its package's `keptFolder`.
  var savesTemps = false
  let runner: Runner

  var confinement: Confinement.Level { runner.isConfined ? Confinement.level : .none }

  /// All that an outcome depends on besides the program.
  private func environment(_ library: Library) -> String {
    [
      library.fingerprint, confinement.rawValue, processorName, "\(Limits.ofCaller)",
      "\(ProcessInfo.processInfo.activeProcessorCount)",
    ].joined(separator: "\n")
  }

  func key(for program: Program) -> String {
    let library = context(of: program).library
    return OutcomeCache.key(
      for: program, environment: environment(library), placeMatters: library.seesCallers,
      hasBareSlashes: library.readsBareSlashes)
  }

  func storedOutcome(for key: String, _ program: Program) -> Outcome? {
    usesCache ? context(of: program).cache.outcome(for: key, program) : nil
  }

  func store(_ outcome: Outcome, of program: Program, for key: String) {
    let context = context(of: program)
    context.cache.store(outcome, of: program, for: key)
    context.times[program] = outcome.compileSeconds + (outcome.transcript?.seconds ?? 0)
  }

  /// None of a program whose package does not build, which has no context.
  func lastSeconds(_ program: Program) -> Double? {
    contexts[program.chapterPath]?.times[program]
  }

  func execute(_ program: Program) async throws(Fault) -> Outcome {
    let context = context(of: program)
    let library = context.library
    let scratch = try Scratch(in: library.folder + "/scratch")
    defer { scratch.remove() }
    let compilation = try await Compilation(
      of: program, with: library, by: runner, in: scratch.path)
    var outcome = Outcome(
      failures: compilation.failures, leftOut: compilation.leftOut, checks: compilation.checks,
      warnings: compilation.warnings, compileSeconds: compilation.seconds,
      compilesRepeatably: compilation.isRepeatable, compileInputs: compilation.inputs)
    if let executable = compilation.executable {
      outcome.transcript = try await runner.run(
        executable, of: program, with: library, in: scratch.path,
        limits: Limits(seconds: program.timeout))
    }
    if savesTemps {
      try scratch.keep(at: "\(context.keptFolder)/\(context.times.name(of: program))")
    }
    return outcome
  }

  private func context(of program: Program) -> PackageContext {
    guard let context = contexts[program.chapterPath] else {
      preconditionFailure("a chapter without a package's context")
    }
    return context
  }
}
