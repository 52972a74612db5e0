import Foundation
import Testing

/// SplitMix64 (Steele, Lea and Flood, 2014): the same cases from the same seed.
package struct SplitMix64: RandomNumberGenerator {
  package var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private func setting<Number: LosslessStringConvertible>(_ name: String, default value: Number)
  -> Number
{
  ProcessInfo.processInfo.environment[name].flatMap(Number.init) ?? value
}

/// Tries cases until one tells what does not hold of it; the seed that is told repeats it.
///
/// `WORKBOOK_FUZZ_CASES=1000000 swift test --filter FuzzTests` for a long run.
package func fuzz(_ check: (SplitMix64) throws -> String?) throws {
  let first = setting("WORKBOOK_FUZZ_SEED", default: UInt64(1))
  for number in 0..<setting("WORKBOOK_FUZZ_CASES", default: UInt64(1000)) {
    let seed = first &+ number
    guard let problem = try check(SplitMix64(state: seed)) else { continue }
    Issue.record("with WORKBOOK_FUZZ_SEED=\(seed): \(problem)")
    return
  }
}
