import Foundation
import WorkbookSystem
import WorkbookChapters

/// Joins the reports of all shards of a run into the report of the run.
///
/// Chapters stand in natural order of their paths; one whose programs ran in several shards becomes one
/// again. The time is the longest shard's.
package func merged(
  _ reports: [(path: String, report: RunReport)]
) throws(CommandError) -> RunReport {
  var whole = RunReport(
    status: .skipped, seconds: 0, confinement: .full, shard: nil, chapters: [])
  var count = 0
  var plan: String?
  var seen: Set<Int> = []
  var places: [String: Int] = [:]
  for (path, report) in reports {
    guard let shard = report.shard else { throw .noShard(path: path) }
    if count > 0, count != shard.count {
      throw .shardsDiffer(path: path, count: shard.count, expected: count)
    }
    if seen.isEmpty { plan = shard.plan }
    guard shard.plan == plan else { throw .plansDiffer(path: path) }
    count = shard.count
    guard seen.insert(shard.index).inserted else {
      throw .shardTwice(index: shard.index, path: path)
    }
    whole.seconds = max(whole.seconds, report.seconds)
    whole.confinement = min(whole.confinement, report.confinement)
    for chapter in report.chapters {
      if let index = places[chapter.path] {
        whole.chapters[index].add(chapter)
      } else {
        places[chapter.path] = whole.chapters.count
        whole.chapters.append(chapter)
      }
    }
  }
  let missing = (0..<count).map { $0 + 1 }.filter { !seen.contains($0) }
  guard missing.isEmpty else { throw .shardsMissing(missing, count: count) }
  whole.chapters.sort { $0.path.localizedStandardCompare($1.path) == .orderedAscending }
  let statuses = reports.map(\.report.status)
  whole.status =
    statuses.contains(.failed) ? .failed : statuses.contains(.passed) ? .passed : .skipped
  return whole
}

extension RunReport {
  package static func read(_ path: String) throws(CommandError) -> RunReport {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw .cannotRead(path: path, reason: reason(error))
    }
    let report: RunReport
    do {
      report = try RunReport(json: data)
    } catch {
      let problem: CommandError.ReportProblem =
        switch error as? DecodingError {
        case .keyNotFound(let key, _): .missing(key: key.stringValue)
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
          .dataCorrupted(let context) where !context.codingPath.isEmpty:
          .otherThing(key: context.codingPath.last?.stringValue)
        default: .notJSON
        }
      throw .notAReport(path: path, problem)
    }
    if let key = report.impossibleNumber {
      throw .notAReport(path: path, .impossibleNumber(key: key))
    }
    return report
  }

  /// The key of a number that no run has; what is added to others or counted with must be in bounds.
  private var impossibleNumber: String? {
    if let shard, !Shard.counts.contains(shard.count) { return "count" }
    if let shard, !(1...shard.count).contains(shard.index) { return "index" }
    let numbers =
      [("seconds", seconds)]
      + chapters.flatMap { chapter in
        [
          ("compileSeconds", chapter.compileSeconds), ("runSeconds", chapter.runSeconds),
          ("peakMemoryBytes", Double(chapter.peakMemoryBytes)),
        ] + chapter.programs.map { ("seconds", $0.seconds) }
      }
    // More seconds than there ever were, and more bytes than there are addresses.
    return numbers.first { !(0...1e19).contains($0.1) }?.0
  }
}

extension RunReport.Chapter {
  fileprivate mutating func add(_ other: RunReport.Chapter) {
    if status == .skipped || other.status == .failed { status = other.status }
    cached = cached && other.cached
    compileSeconds += other.compileSeconds
    runSeconds += other.runSeconds
    peakMemoryBytes = max(peakMemoryBytes, other.peakMemoryBytes)
    programs += other.programs
    checks += other.checks
    // Each shard tells what a package lacks.
    failures += other.failures.filter { !failures.contains($0) }
    warnings += other.warnings
  }
}
