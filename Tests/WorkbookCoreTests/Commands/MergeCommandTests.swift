import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookConfinement
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct MergeCommandTests {
  private func shard(_ index: Int, of count: Int, _ chapters: [RunReport.Chapter]) -> RunReport {
    RunReport(
      status: .passed, seconds: Double(index), confinement: .full,
      shard: .init(index: index, count: count),
      chapters: chapters)
  }

  private func chapter(_ path: String, program: String, status: RunStatus = .passed)
    -> RunReport.Chapter
  {
    var chapter = Samples.report.chapters[1]
    chapter.path = path
    chapter.status = status
    chapter.programs = [chapter.programs[0]]
    chapter.programs[0].name = program
    return chapter
  }

  @Test func `shards join to one report: chapters in order, a divided one whole, the longest time`()
    throws
  {
    let one = shard(1, of: 2, [chapter("10.md", program: "a"), chapter("2.md", program: "b")])
    var two = shard(2, of: 2, [chapter("2.md", program: "c", status: .failed)])
    two.status = .failed
    let whole = try merged([("2.json", two), ("1.json", one)])
    #expect(whole.chapters.map(\.path) == ["2.md", "10.md"])
    #expect(Set(whole.chapters[0].programs.map(\.name)) == ["b", "c"])
    #expect(whole.chapters.map(\.status) == [.failed, .passed])
    #expect(whole.status == .failed)
    // What both tell of their package is told once.
    #expect(whole.chapters[0].failures == one.chapters[1].failures)
    #expect(whole.seconds == 2)
    #expect(whole.shard == nil)
    #expect(whole.confinement == .full)
  }

  @Test(
    arguments: [
      (.full, .partial, .partial), (.none, .partial, .none), (.none, .full, .none),
      (.partial, .partial, .partial),
    ] as [(Confinement.Level, Confinement.Level, Confinement.Level)])
  func `a whole run was confined as far as the shard that was least`(
    a: Confinement.Level, b: Confinement.Level, whole: Confinement.Level
  ) throws {
    var shards = [shard(1, of: 2, []), shard(2, of: 2, [])]
    (shards[0].confinement, shards[1].confinement) = (a, b)
    #expect(try merged([("1", shards[0]), ("2", shards[1])]).confinement == whole)
    #expect(try merged([("2", shards[1]), ("1", shards[0])]).confinement == whole)
  }

  @Test func `a missing, doubled or foreign shard is an error that names it`() {
    #expect(throws: CommandError.shardsMissing([2, 4], count: 4)) {
      try merged([("1", shard(1, of: 4, [])), ("3", shard(3, of: 4, []))])
    }
    #expect(throws: CommandError.shardTwice(index: 1, path: "b")) {
      try merged([("a", shard(1, of: 2, [])), ("b", shard(1, of: 2, []))])
    }
    #expect(throws: CommandError.shardsDiffer(path: "b", count: 3, expected: 2)) {
      try merged([("a", shard(1, of: 2, [])), ("b", shard(2, of: 3, []))])
    }
    var other = shard(2, of: 2, [])
    other.shard?.plan = "other"
    #expect(throws: CommandError.plansDiffer(path: "b")) {
      try merged([("a", shard(1, of: 2, [])), ("b", other)])
    }
    #expect(throws: CommandError.noShard(path: "a")) { try merged([("a", Samples.report)]) }
  }

  @Test func `a report comes back from its JSON; another file is named`() throws {
    let folder = TemporaryFolder()
    let path = try folder.write("report.json", Samples.report.json())
    #expect(try RunReport.read(path) == Samples.report)
    let other = try folder.write("other.json", "{}")
    #expect { try RunReport.read(other) } throws: { error in
      (error as? CommandError)?.message.hasPrefix("\(other) is no JSON report") == true
    }
    #expect { try RunReport.read(folder.path + "/none.json") } throws: { error in
      (error as? CommandError)?.message.hasPrefix("cannot read") == true
    }
  }

  @Test(arguments: [
    ("\"count\" : 2", "\"count\" : -5", "count"),
    ("\"count\" : 2", "\"count\" : 0", "count"),
    ("\"count\" : 2", "\"count\" : 4611686018427387904", "count"),
    ("\"count\" : 2", "\"count\" : 1e99", nil),
    ("\"index\" : 1", "\"index\" : 0", "index"), ("\"index\" : 1", "\"index\" : 3", "index"),
    ("\"runSeconds\" : 0.5", "\"runSeconds\" : 1e300", "runSeconds"),
    ("\"compileSeconds\" : 0.25", "\"compileSeconds\" : -1", "compileSeconds"),
    ("\"peakMemoryBytes\" : 21000000", "\"peakMemoryBytes\" : -1", "peakMemoryBytes"),
    ("\"seconds\" : 1.5", "\"seconds\" : 1e308", "seconds"),
    ("\"line\" : 13", "\"line\" : 99999999999999999999", nil),
  ])
  func `a report with a number that no run has is no report`(old: String, new: String, key: String?)
    throws
  {
    var report = Samples.report
    report.shard = .init(index: 1, count: 2)
    let json = report.json()
    #expect(json.contains(old))
    let folder = TemporaryFolder()
    let path = try folder.write("report.json", json.replacing(old, with: new))
    #expect { try RunReport.read(path) } throws: { error in
      (error as? CommandError)?.message.contains(
        key.map { "in '\($0)'" } ?? "too large") == true
    }
  }
}
