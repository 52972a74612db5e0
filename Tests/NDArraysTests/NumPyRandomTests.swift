import Testing
import WorkbookTestSupport

@testable import NDArrays

struct NumPyRandomTests {
  @Test(arguments: [0, 7])
  func `normals and uniforms are NumPy's, bit for bit`(seed: Int) throws {
    #expect(
      try NumPyRandom(seed: seed).randn(20).scalars
        == Fixtures.drawn(seed: seed, "np.random.randn(20)"))
    #expect(
      try NumPyRandom(seed: seed).rand(20).scalars
        == Fixtures.drawn(seed: seed, "np.random.rand(20)"))
  }

  @Test
  func `single numbers come from the same stream`() {
    let (one, many) = (NumPyRandom(seed: 1), NumPyRandom(seed: 1))
    #expect((0..<5).map { _ in one.randn() } == many.randn(5).scalars)
    #expect([one.rand(), one.rand()] == [many.rand(), many.rand()])
  }

  /// From NumPy 2.4: `np.random.seed(3)`, then these calls in turn.
  @Test
  func `integers, permutations and scaled numbers are NumPy's, bit for bit`() {
    let random = NumPyRandom(seed: 3)
    #expect(random.randint(0, 10, count: 8) == [8, 9, 3, 8, 8, 0, 5, 3])
    #expect(random.permutation(10) == [3, 2, 1, 8, 4, 0, 6, 7, 5, 9])
    #expect(random.randint(-5, 100_000, count: 4) == [72073, 19955, 3605, 61772])
    #expect(
      random.uniform(-1, 2, size: [3]).scalars
        == [0.0617152156588785, 0.47790777513823235, 1.7399043371673346])
    #expect(
      random.normal(1, 2, size: [3]).scalars
        == [3.333364114054347, -3.317220962150267, 2.512408892008841])
    #expect(random.randint(0, 1 << 32, count: 2) == [1_180_772_871, 673_741_816])
  }

  @Test
  func `a seed that NumPy refuses is refused`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NumPyRandom(seed: -1)
    }
    #expect(message(result).contains("NumPyRandom: the seed -1 is not in 0...4294967295"))
  }

  @Test
  func `a negative deviation is refused, as NumPy does`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NumPyRandom(seed: 0).normal(0, -1, size: [2])
    }
    #expect(message(result).contains("normal: a standard deviation cannot be -1.0"))
    #expect(NumPyRandom(seed: 0).normal(3, 0, size: [2]).scalars == [3, 3])
  }

  @Test
  func `whole numbers from more than 2³² are refused`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NumPyRandom(seed: 0).randint(.min, .max)
    }
    #expect(message(result).contains("and 9223372036854775807 are more than 2³² apart"))
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NumPyRandom(seed: 0).randint(.max, .min)
    }
    #expect(message(order).contains("randint: no number is in 9223372036854775807..<-92"))
  }
}
