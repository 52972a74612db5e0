import WorkbookSystem
import WorkbookChapters

/// What a run found, as facts.
package struct BookResult: Sendable {
  package var chapters: [ChapterResult]
  package var seconds: Double
  package var shard: Shard?
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

  package var status: RunStatus {
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
  package var outcome: ProgramStatus
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
  package var exitCode: ExitCode {
    if wasInterrupted { return .interrupted }
    let kinds = chapters.lazy.flatMap(\.allFailures).map(\.kind.rawValue)
    return status == .failed ? ExitCode(ofFailures: kinds) : .passed
  }

  package var status: RunStatus {
    if wasInterrupted || chapters.contains(where: { $0.status == .failed }) { return .failed }
    return chapters.contains { $0.status == .passed } ? .passed : .skipped
  }
}

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

package enum RunStatus: String, Codable, Sendable { case passed, failed, skipped }

/// What became of a program.
package enum ProgramStatus: String, Codable, Sendable {
  /// It ran; its checks and failures say how.
  case ran
  /// `no-run`: it compiles, and that is all.
  case compiled
  /// `skip=`, with the reason beside it.
  case skipped
  /// It was to run and did not, with the reason beside it.
  case notRun
}
