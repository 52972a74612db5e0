import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookConfinement

/// What `run --format json` prints: the outcome of a run as plain data, with every message written.
package struct RunReport: Codable, Hashable, Sendable {
  package struct Chapter: Codable, Hashable, Sendable {
    package var path: String
    package var title: String
    package var status: RunStatus
    /// Whether every program's outcome came from the cache.
    var cached: Bool
    var compileSeconds: Double
    var runSeconds: Double
    var peakMemoryBytes: Int
    package var programs: [Program]
    package var checks: [Check]
    package var failures: [Failure]
    var warnings: [Warning]
  }

  package struct Program: Codable, Hashable, Sendable {
    package enum Outcome: String, Codable, Sendable { case ran, compiled, skipped, notRun }

    package var name: String
    package var outcome: Outcome
    package var reason: String?
    var cached: Bool
    package var seconds: Double
    package var output: String
    /// Left out of it by their author; nil where none is.
    package var skippedCells: [LeftOutCell]?
    /// Left out of it as they need cells that do not compile; nil where none is.
    package var dependentCells: [LeftOutCell]?
    /// What its chapter let it do besides, `process`, `loopback` or `files=FOLDER`; nil where that is nothing.
    package var allowed: [String]?
  }

  package struct LeftOutCell: Codable, Hashable, Sendable {
    package var line: Int
    package var reason: String
  }

  package struct Check: Codable, Hashable, Sendable {
    package var program: String
    package var line: Int
    package var kind: WorkbookChapters.Check.Kind
    package var status: WorkbookChapters.Check.Status
    package var maxAbsoluteError: Double?
    var maxRelativeError: Double?
  }

  package struct Failure: Codable, Hashable, Sendable {
    package var path: String
    package var line: Int
    package var column: Int
    package var kind: WorkbookChapters.Failure.Kind
    package var message: String
    /// The program that failed; none where it is not known of which one the failure is.
    package var program: String?
    /// The last lines that it wrote to standard error; none where it did not end badly, or wrote none.
    package var standardError: [String]?
  }

  package struct Warning: Codable, Hashable, Sendable {
    package var path: String
    package var line: Int
    package var column: Int
    package var message: String
  }

  package var status: RunStatus
  package var seconds: Double
  /// How far its programs were confined.
  package var confinement: Confinement.Level
  package var shard: Shard?
  package var chapters: [Chapter]
}

extension RunReport {
  /// The report as one JSON document that ends with a line feed.
  package func json() -> String { encodedJSON(self) }

  init(json: Data) throws {
    self = try JSONDecoder().decode(RunReport.self, from: json)
  }
}

extension RunReport.Chapter {
  /// The cells that did not run though nothing is wrong with them, each once, in their order.
  var idleCells: [(line: Int, words: String)] {
    let skipped = programs.flatMap { $0.skippedCells ?? [] }.map {
      ($0.line, "skipped: \($0.reason)")
    }
    let others = programs.flatMap { $0.dependentCells ?? [] }.map {
      ($0.line, "not run: \($0.reason)")
    }
    var seen: Set<Int> = []
    return (skipped + others).filter { seen.insert($0.0).inserted }.sorted { $0.0 < $1.0 }
  }
}

extension BookResult {
  package var report: RunReport {
    RunReport(
      status: status, seconds: rounded(seconds), confinement: confinement, shard: shard,
      chapters: chapters.map(\.report))
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
      failures: failures.map { failure in
        let program = chapter.program(of: failure, among: programs.map(\.program.name))
        return failure.report(of: program)
      }
        + programs.flatMap { result in
          result.failures.map {
            $0.report(of: result.program.name, standardError: result.lastErrors(of: $0))
          }
        },
      warnings: allWarnings.map(\.report))
  }
}

extension ProgramResult {
  var report: RunReport.Program {
    RunReport.Program(
      name: program.name, outcome: outcome, reason: reason, cached: isCached,
      seconds: rounded(compileSeconds + runSeconds),
      output: String(decoding: output, as: UTF8.self),
      skippedCells: skippedCells.isEmpty
        ? nil : skippedCells.map { .init(line: $0.line, reason: $0.skipReason ?? "") },
      dependentCells: dependentCells.isEmpty
        ? nil : dependentCellReasons.map { .init(line: $0.line, reason: $0.reason) },
      allowed: program.grants.isEmpty ? nil : program.grants)
  }

  private var outcome: RunReport.Program.Outcome {
    switch status {
    case .ran: .ran
    case .compiled: .compiled
    case .skipped: .skipped
    case .notRun: .notRun
    }
  }
}

extension Check {
  var report: RunReport.Check {
    RunReport.Check(
      program: program, line: line, kind: kind, status: status,
      maxAbsoluteError: finite(maxAbsoluteError), maxRelativeError: finite(maxRelativeError))
  }

  /// JSON has no infinity.
  private func finite(_ value: Double?) -> Double? {
    value.flatMap { $0.isFinite ? $0 : nil }
  }
}

extension Failure {
  func report(of program: String?, standardError: [String] = []) -> RunReport.Failure {
    RunReport.Failure(
      path: location.path, line: location.line, column: location.column, kind: kind,
      message: message, program: program,
      standardError: standardError.isEmpty ? nil : standardError)
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
