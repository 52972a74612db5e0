import WorkbookSystem
import WorkbookChapters

/// What a run found, as facts.
package struct BookResult: Sendable {
  package var chapters: [ChapterResult]
  package var seconds: Double
  package var shard: RunReport.Shard?
  package var wasInterrupted: Bool
}

package struct ChapterResult: Sendable {
  package var chapter: Chapter
  /// The file's bytes, for excerpts and updates.
  package var source: [UInt8]
  /// Those that were asked for.
  package var programs: [ProgramResult]
  /// What belongs to no program: the file could not be read, or a cell's options name none.
  package var failures: [Failure]

  package var allFailures: [Failure] { failures + programs.flatMap(\.failures) }

  package var status: RunReport.Status {
    if !allFailures.isEmpty || programs.contains(where: { $0.outcome == .notRun }) {
      return .failed
    }
    return programs.allSatisfy { $0.outcome == .skipped } ? .skipped : .passed
  }

  var isCached: Bool {
    let needed = programs.filter { $0.outcome != .skipped }
    return !needed.isEmpty && needed.allSatisfy(\.isCached)
  }

  var compileSeconds: Double { programs.reduce(0) { $0 + $1.compileSeconds } }
  var runSeconds: Double { programs.reduce(0) { $0 + $1.runSeconds } }
}

package struct ProgramResult: Sendable {
  package var program: Program
  package var outcome: RunReport.Program.Outcome
  /// Why it was skipped or not run.
  package var reason: String?
  var isCached = false
  var compileSeconds = 0.0
  var transcript: Transcript?
  package var checks: [Check] = []
  package var failures: [Failure] = []
  var warnings: [Warning] = []

  package var output: [UInt8] { transcript?.output ?? [] }
  var runSeconds: Double { transcript?.seconds ?? 0 }
  var text: String { String(decoding: output, as: UTF8.self) }
}

extension BookResult {
  package var status: RunReport.Status {
    if wasInterrupted || chapters.contains(where: { $0.status == .failed }) { return .failed }
    return chapters.contains { $0.status == .passed } ? .passed : .skipped
  }

  package var report: RunReport {
    RunReport(
      status: status, seconds: rounded(seconds), shard: shard, chapters: chapters.map(\.report))
  }
}

extension ChapterResult {
  var report: RunReport.Chapter {
    RunReport.Chapter(
      path: chapter.path, title: chapter.title, status: status, cached: isCached,
      compileSeconds: rounded(compileSeconds), runSeconds: rounded(runSeconds),
      peakMemoryBytes: programs.compactMap(\.transcript?.peakMemoryBytes).max() ?? 0,
      programs: programs.map(\.report),
      checks: programs.flatMap(\.checks).map(\.report),
      failures: failures.map { $0.report(program: nil) }
        + programs.flatMap { result in
          result.failures.map { $0.report(program: result.program.name) }
        },
      warnings: (chapter.warnings + programs.flatMap(\.warnings)).map(\.report))
  }
}

extension ProgramResult {
  var report: RunReport.Program {
    RunReport.Program(
      name: program.name, outcome: outcome, reason: reason, cached: isCached,
      seconds: rounded(compileSeconds + runSeconds), output: text)
  }
}

extension Check {
  var report: RunReport.Check {
    RunReport.Check(
      program: program, line: line, kind: kind.rawValue, status: status.rawValue,
      maxAbsoluteError: finite(maxAbsoluteError), maxRelativeError: finite(maxRelativeError))
  }

  /// JSON has no infinity.
  private func finite(_ value: Double?) -> Double? {
    value.flatMap { $0.isFinite ? $0 : nil }
  }
}

extension Failure {
  func report(program: String?) -> RunReport.Failure {
    RunReport.Failure(
      path: location.path, line: location.line, column: location.column, kind: kind.rawValue,
      message: message, program: program)
  }
}

extension Warning {
  var report: RunReport.Warning {
    RunReport.Warning(
      path: location.path, line: location.line, column: location.column, message: message)
  }
}

/// To microseconds: more digits would be noise.
private func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }

extension ProgramResult {
  static func notRun(_ program: Program, reason: String) -> ProgramResult {
    ProgramResult(
      program: program, outcome: .notRun, reason: reason, checks: program.skippedChecks)
  }

}

/// Checks what the outcome says that the program printed.
///
/// Throws `Fault.cancelled` when the task is cancelled.
func check(
  _ program: Program, _ outcome: Outcome, isCached: Bool
) throws(Fault) -> ProgramResult {
  var result = ProgramResult(
    program: program, outcome: .ran, isCached: isCached, compileSeconds: outcome.compileSeconds,
    transcript: outcome.transcript, checks: outcome.checks, failures: outcome.failures,
    warnings: outcome.warnings)
  if let transcript = outcome.transcript {
    let found = try check(program, transcript)
    result.checks += found.checks
    result.failures += found.failures
    result.warnings += found.unchecked.map(\.warning)
  } else {
    result.checks += program.skippedChecks
    result.outcome = outcome.failures.isEmpty ? .compiled : .notRun
    if result.outcome == .notRun { result.reason = "it does not compile" }
  }
  return result
}
