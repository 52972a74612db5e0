import Foundation
import WorkbookSystem
import WorkbookChapters

/// What `run --format json` prints: the outcome of a run as plain data, with every message written.
package struct RunReport: Codable, Hashable, Sendable {
  package enum Status: String, Codable, Sendable { case passed, failed, skipped }

  package struct Chapter: Codable, Hashable, Sendable {
    package var path: String
    package var title: String
    package var status: Status
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
    package enum Outcome: String, Codable, Sendable {
      /// It ran; its checks and failures say how.
      case ran
      /// `no-run`: it compiles, and that is all.
      case compiled
      /// `skip=`, with the reason beside it.
      case skipped
      /// It was to run and did not, with the reason beside it.
      case notRun
    }

    package var name: String
    package var outcome: Outcome
    package var reason: String?
    var cached: Bool
    package var seconds: Double
    package var output: String
  }

  package struct Check: Codable, Hashable, Sendable {
    package var program: String
    package var line: Int
    package var kind: String
    package var status: String
    package var maxAbsoluteError: Double?
    var maxRelativeError: Double?
  }

  package struct Failure: Codable, Hashable, Sendable {
    package var path: String
    package var line: Int
    package var column: Int
    package var kind: String
    package var message: String
    /// The program that failed; none where the chapter as a whole could not be read.
    package var program: String?
  }

  package struct Warning: Codable, Hashable, Sendable {
    package var path: String
    package var line: Int
    package var column: Int
    package var message: String
  }

  /// Which part of the programs a run had: part `index` of `count`, counted from 1.
  package struct Shard: Codable, Hashable, Sendable {
    package var index: Int
    package var count: Int
    /// Names the way in which the programs were divided: shards of one run have the same.
    var plan: String?

    /// How many parts there may be.
    package static let counts = 1...10_000

    package init(index: Int, count: Int, plan: String? = nil) {
      self.index = index
      self.count = count
      self.plan = plan
    }
  }

  package var status: Status
  package var seconds: Double
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
