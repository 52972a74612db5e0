import Testing
import WorkbookTestSupport

@testable import NDArrays

struct PythonRandomTests {
  @Test(arguments: [0, 7])
  func `integers are Python's`(seed: Int) throws {
    let random = PythonRandom(seed: seed)
    let reference = try Fixtures.drawn(seed: seed, "random.randint(0,3) x 40")
    #expect((0..<40).map { _ in Double(random.randint(0, 3)) } == reference)
  }

  /// From Python 3.11: `random.seed(-5)`, then these calls in turn.
  @Test
  func `wide integers, floats, choices and shuffles are Python's, bit for bit`() {
    let random = PythonRandom(seed: -5)
    #expect(random.randint(0, 1_000_000_000_000) == 281_848_216_645)
    #expect(random.random() == 0.7417869892607294)
    #expect(random.uniform(1, 3) == 2.5903871311313935)
    #expect(random.choice(Array(0..<10)) == 8)
    #expect(random.randint(5, 5) == 5)
    #expect(random.randint(1, 1 << 32) == 3_609_267_712)
    var places = Array(0..<8)
    random.shuffle(&places)
    #expect(places == [7, 2, 4, 6, 1, 0, 5, 3])
  }

  @Test
  func `a seed of more than 32 bits counts in full`() {
    let random = PythonRandom(seed: (1 << 40) + 3)
    #expect(random.randint(0, 1000) == 225)
    #expect(random.randint(0, (1 << 62) - 2) == 2_533_977_464_486_671_920)
  }

  @Test
  func `an empty range is refused`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PythonRandom(seed: 0).randint(3, 2)
    }
    #expect(message(result).contains("randint: no number is in 3...2"))
  }
}
