import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookConfinement
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

/// `WORKBOOK_FUZZ_CASES=1000000 swift test --filter FuzzTests` for a long run.
@Suite struct FuzzTests {
  static let count =
    ProcessInfo.processInfo.environment["WORKBOOK_FUZZ_CASES"].flatMap(Int.init) ?? 1000
  static let seed =
    ProcessInfo.processInfo.environment["WORKBOOK_FUZZ_SEED"].flatMap(UInt64.init) ?? 1

  static func run(_ stage: (inout Fuzz) throws -> String?) throws {
    for number in 0..<count {
      let seed = seed &+ UInt64(number)
      var fuzz = Fuzz(seed: seed)
      guard let problem = try stage(&fuzz) else { continue }
      Issue.record("with WORKBOOK_FUZZ_SEED=\(seed): \(problem)")
      return
    }
  }

  @Test("The reader tells where everything stands, whatever it reads")
  func reader() throws { try Self.run { $0.reader() } }

  @Test("The option parser tells the place of every problem")
  func optionParser() throws { try Self.run { $0.optionParser() } }

  @Test("The matcher finds a fit where there is one, and offers options that hold")
  func matcher() throws { try Self.run { try $0.matcher() } }

  @Test("The updater changes what it tells and nothing else, and once")
  func updater() throws { try Self.run { try $0.updater() } }

  @Test("The key of an outcome tells all texts apart but for their line comments")
  func cacheKey() throws { try Self.run { $0.cacheKey() } }
}
