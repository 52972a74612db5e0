import Foundation

/// Joins the reports of all shards of a run into the report of the run.
///
/// Chapters stand in natural order of their paths; one whose programs ran in several shards becomes one
/// again. The time is the longest shard's.
package func merged(
  _ reports: [(path: String, report: RunReport)]
) throws(CommandError) -> RunReport {
  var whole = RunReport(status: .skipped, seconds: 0, shard: nil, chapters: [])
  var count = 0
  var plan: String?
  var seen: Set<Int> = []
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
    for chapter in report.chapters {
      if let index = whole.chapters.firstIndex(where: { $0.path == chapter.path }) {
        whole.chapters[index].add(chapter)
      } else {
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
    do {
      return try RunReport(json: data)
    } catch {
      let reason =
        switch error as? DecodingError {
        case .keyNotFound(let key, _): "it has no '\(key.stringValue)'"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
          "another thing than expected is in '\(context.codingPath.last?.stringValue ?? "it")'"
        default: "it is not JSON"
        }
      throw .notAReport(path: path, reason: reason)
    }
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
    failures += other.failures
    warnings += other.warnings
  }
}
