import Testing

@testable import NDArrays

struct ParallelReductionTests {
  @Test("the number of threads changes no bit of a sum", arguments: [2, 3])
  func threads(count: Int) {
    var generator = MersenneTwister(seed: 2)
    let long = NDArray((0..<300_000).map { _ in Float(generator.nextUniform()) - 0.5 })
    func sums(_ threads: Int) -> [Float] {
      let before = getNumThreads()
      defer { setNumThreads(before) }
      setNumThreads(threads)
      let parts = [
        long.reshape(300, 1000).sum(axis: 0), long.reshape(1000, 300).sum(axis: 1),
        long.reshape(2, 3, 50_000).sum(axis: 1),
      ]
      return [long.sum()] + parts.flatMap(\.scalars)
    }
    #expect(sums(1) == sums(count))
  }

  @Test("all parts of a long row count, and all of a wide one")
  func parts() {
    #expect(NDArray<Double>.ones(400_001).sum() == 400_001)
    #expect(NDArray<Double>.arange(400_001).max() == 400_000)
    #expect(NDArray<Double>.ones(3, 70_000).sum(axis: 0) == NDArray<Double>.ones(70_000) * 3)
    let wide = NDArray<Double>.arange(240_000).reshape(2, 3, 40_000)
    #expect(wide.sum(axis: 1) == wide[0..., 0] + wide[0..., 1] + wide[0..., 2])
  }
}
