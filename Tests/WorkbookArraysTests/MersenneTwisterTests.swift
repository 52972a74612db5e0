import Testing

@testable import WorkbookArrays

struct MersenneTwisterTests {
  @Test
  func `the 10,000th output of the customary seed is the one that the C++ standard states`() {
    var generator = MersenneTwister(seed: 5489)
    for _ in 1..<10_000 { _ = generator.next() }
    #expect(generator.next() == 4_123_659_995)
  }

  @Test
  func `a key gives the first outputs of the authors' own mt19937ar.out`() {
    var generator = MersenneTwister(key: [0x123, 0x234, 0x345, 0x456])
    #expect((0..<3).map { _ in generator.next() } == [1_067_595_299, 955_945_823, 477_289_528])
  }

  @Test(arguments: [[1], [623, 1, 1], [700, 2000, 3], [0, 624, 624, 5]])
  func `many outputs at once are those one by one`(counts: [Int]) {
    var (one, many) = (MersenneTwister(seed: 7), MersenneTwister(seed: 7))
    for count in counts {
      var outputs = [UInt32](repeating: 0, count: count)
      outputs.withUnsafeMutableBufferPointer { many.next(into: $0) }
      #expect(outputs == (0..<count).map { _ in one.next() })
    }
    #expect(many.next() == one.next())
  }
}
