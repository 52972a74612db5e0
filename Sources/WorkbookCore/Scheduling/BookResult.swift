import WorkbookSystem
import WorkbookChapters
import WorkbookConfinement

/// What a run found, as facts.
package struct BookResult: Sendable {
  package var chapters: [ChapterResult]
  package var seconds: Double
  /// Of them, until the library was built; nil where there was nothing to build.
  package var buildSeconds: Double?
  package var shard: Shard?
  package var wasInterrupted: Bool
  /// Of its programs.
  package var confinement: Confinement.Level
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

  /// Each once: programs may share a cell, or a prelude.
  var allWarnings: [Warning] {
    var seen: Set<Warning> = []
    return (chapter.warnings + programs.flatMap(\.warnings)).filter { seen.insert($0).inserted }
  }

  package var status: RunStatus {
    if !allFailures.isEmpty || programs.contains(where: \.wasNotRun) {
      return .failed
    }
    return programs.allSatisfy(\.isSkipped) ? .skipped : .passed
  }

  /// In their order; one that programs share once.
  var skippedCells: [Cell] {
    var lines: Set<Int> = []
    return programs.flatMap(\.skippedCells).filter { lines.insert($0.line).inserted }
      .sorted { $0.line < $1.line }
  }

  var isCached: Bool {
    let needed = programs.filter { !$0.isSkipped }
    return !needed.isEmpty && needed.allSatisfy(\.isCached)
  }

  var compileSeconds: Double { programs.reduce(0) { $0 + $1.compileSeconds } }
  var runSeconds: Double { programs.reduce(0) { $0 + $1.runSeconds } }
}

package struct ProgramResult: Sendable {
  /// What became of a program.
  package enum Status: Hashable, Sendable {
    /// It ran; its checks and failures say how.
    case ran
    /// `no-run`: it compiles, and that is all.
    case compiled
    /// `skip=`, all of its cells.
    case skipped
    /// It was to run and did not.
    case notRun(Obstacle)
  }

  /// Why a program does not run.
  package enum Obstacle: Hashable, Sendable {
    /// Its cells break the chapter format.
    case format
    /// The library that it imports does not build.
    case library
    /// It does not compile.
    case compiler
    /// Another one failed, and the run stops at the first failure.
    case earlierFailure
    case interruption
  }

  package var program: Program
  package var status: Status
  package var isCached = false
  package var compileSeconds = 0.0
  package var transcript: Transcript?
  /// The cells that are no part of what ran for want of compiling, by their indices.
  var leftOut: [Int: CellObstacle] = [:]
  package var checks: [Check] = []
  package var failures: [Failure] = []
  var warnings: [Warning] = []

  /// Those of the cells left out that have nothing wrong with them, by their lines.
  var dependentCells: [(line: Int, neededLine: Int?)] {
    leftOut.sorted { $0.key < $1.key }.compactMap { index, obstacle in
      guard case .needs(let needed) = obstacle else { return nil }
      return (program.cells[index].line, needed.map { program.cells[$0].line })
    }
  }

  package var output: [UInt8] { transcript?.output ?? [] }
  var runSeconds: Double { transcript?.seconds ?? 0 }

  var isSkipped: Bool { status == .skipped }
  /// A program of cells that must fail to compile has nothing to run: it is checked in full.
  var isOnlyCompiled: Bool { status == .compiled && program.mode == .compileOnly }
  var skippedCells: [Cell] { program.cells.filter { $0.skipReason != nil } }
  /// Why some of its cells were no part of what ran; nil where all were.
  package var gap: Gap? {
    !leftOut.isEmpty ? .doesNotCompile : skippedCells.isEmpty ? nil : .skipped
  }
  package enum Gap: Hashable, Sendable { case doesNotCompile, skipped }
  package var wasNotRun: Bool { if case .notRun = status { true } else { false } }

  static func notRun(_ program: Program, for obstacle: Obstacle) -> ProgramResult {
    ProgramResult(program: program, status: .notRun(obstacle), checks: program.skippedChecks)
  }
}

extension BookResult {
  package var status: RunStatus {
    if wasInterrupted || chapters.contains(where: { $0.status == .failed }) { return .failed }
    return chapters.contains { $0.status == .passed } ? .passed : .skipped
  }
}

package enum RunStatus: String, Codable, Sendable { case passed, failed, skipped }

/// Checks what the outcome says that the program printed.
///
/// Throws `Fault.cancelled` when the task is cancelled.
func check(
  _ program: Program, _ outcome: Outcome, isCached: Bool
) throws(Fault) -> ProgramResult {
  var result = ProgramResult(
    program: program, status: .ran, isCached: isCached, compileSeconds: outcome.compileSeconds,
    transcript: outcome.transcript, leftOut: outcome.leftOut, checks: outcome.checks,
    failures: outcome.failures,
    warnings: outcome.warnings)
  if let transcript = outcome.transcript {
    let found = try check(program, transcript, without: Set(outcome.leftOut.keys))
    result.checks += found.checks
    result.failures += found.failures
    result.warnings += found.warnings
  } else {
    result.checks += program.skippedChecks
    result.status = outcome.failures.isEmpty ? .compiled : .notRun(.compiler)
  }
  if let exercise = program.exercise {
    if exercise.isAnswer { result.becomeThatOfAnswer() } else { result.becomeThatOfStart(exercise) }
  }
  return result
}

extension ProgramResult {
  /// Leaves out what is for the author: wider tolerances, and lines that no block covers.
  fileprivate mutating func becomeThatOfAnswer() {
    warnings = []
    for index in failures.indices {
      guard case .check(.differs(var difference)) = failures[index].problem else { continue }
      difference.passingOption = nil
      failures[index].problem = .check(.differs(difference))
    }
  }

  /// Turns what was found round: the start of an answer ends by itself, and does not pass.
  fileprivate mutating func becomeThatOfStart(_ exercise: Exercise) {
    var check = Check(program: program.name, line: exercise.line, kind: .exercise, status: .skipped)
    defer { checks = [check] }
    // Without the reader's cell, the others prove nothing.
    if failures.contains(where: { $0.kind == .compile }) { return }
    switch transcript?.end {
    // Without a place, something outside may have ended it.
    case .exited, .trapped(_, at: .some): break
    case nil, .trapped, .timedOut, .exceeded, .killed, .interrupted: return
    }
    warnings = []
    check.status = failures.isEmpty ? .failed : .passed
    let place = Location(path: program.chapterPath, line: exercise.line, column: 1)
    failures = failures.isEmpty ? [Failure(.check(.startPasses), at: place)] : []
  }
}
