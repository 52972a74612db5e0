import Testing

@testable import NDArrays
@testable import WorkbookArrays

struct ReductionsTests {
  let x: NDArray<Double> = [[1, 5, 3], [4, 2, 6]]

  @Test
  func `reductions over all elements give a number`() {
    #expect(x.sum() == 21)
    #expect(x.T.sum() == 21)
    #expect(x.prod() == 720)
    #expect(x.mean() == 3.5)
    #expect(x.max() == 6 && x.min() == 1)
    #expect(x.argmax() == 5 && x.argmin() == 0)
    #expect((x.var() - 35.0 / 12).magnitude < 1e-15)
    #expect(NDArray<Double>([2, 4, 4, 4, 5, 5, 7, 9]).std() == 2)
    #expect(NDArray<Double>.zeros(0).sum() == 0)
  }

  @Test
  func `reductions along an axis drop it, or keep it with size 1`() {
    #expect(x.sum(axis: 0) == [5, 7, 9])
    #expect(x.sum(axis: -1) == [9, 12])
    #expect(x.sum(axis: 1, keepDims: true) == [[9], [12]])
    #expect(x.prod(axis: 0) == [4, 10, 18])
    #expect(x.mean(axis: 1) == [3, 4])
    #expect(x.max(axis: 0) == [4, 5, 6] && x.min(axis: 1) == [1, 2])
    #expect(x.argmax(axis: 0) == [1, 0, 1] && x.argmin(axis: 1) == [0, 1])
    #expect(x.T.sum(axis: 0) == [9, 12])
    #expect(x.std(axis: 0) == [1.5, 1.5, 1.5])
    #expect(x.var(axis: 0, keepDims: true).shape == [1, 3])
    let cube = NDArray<Double>.arange(24).reshape(2, 3, 4)
    #expect(cube.sum(axis: 1) == [[12, 15, 18, 21], [48, 51, 54, 57]])
    #expect(NDArray<Double>.zeros(0, 2).sum(axis: 0) == [0, 0])
  }

  @Test(arguments: 0...3)
  func `sums of every length are exact where numbers allow`(scale: Int) {
    for count in [0, 1, 63, 64, 65, 127, 4095, 4096, 4097, 12_289, 40_000] {
      let values = (0..<count).map { (i: Int) -> Float in Float(i % 7 * (scale + 1)) }
      let expected = (0..<count).reduce(0) { $0 + $1 % 7 * (scale + 1) }
      #expect(NDArray(values).sum() == Float(expected))
    }
  }

  @Test
  func `a long Float sum keeps its digits`() {
    let x = NDArray<Float>(shape: [1_000_003], repeating: 0.1)
    // One after another, the sum would come to 100958.34.
    #expect((x.sum() - 100_000.3).magnitude < 0.1)
  }

  @Test
  func `NaN wins every comparison of extremes, the first one its place`() {
    let y = NDArray<Double>([1, .nan, 3, .nan])
    #expect(y.max().isNaN && y.min().isNaN)
    #expect(y.argmax() == 1 && y.argmin() == 1)
    var long = NDArray<Double>.zeros(200)
    long[130] = .nan
    #expect(long.max().isNaN && long.min().isNaN)
  }

  @Test
  func `what is no number is read without a sign`() {
    let x = sqrt(NDArray<Double>([-1, 4]))
    #expect("\([x[0], x.sum(), x.max(), x.mean(), x.prod()])" == "[nan, nan, nan, nan, nan]")
    #expect("\([x.std(), x.dot(x).item()]) \(x.scalars)" == "[nan, nan] [nan, 2.0]")
    #expect("\(sqrt(NDArray<Float>(-1)).item())" == "nan")
  }

  @Test
  func `an axis that is not there, and an extreme of nothing, are refused`() async {
    let axis = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(2, 2).sum(axis: 2)
    }
    #expect(message(axis).contains("sum: axis 2 is out of range for an array of 2 axes"))
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(0).max()
    }
    #expect(message(empty).contains("max: an array of shape [0] has no elements"))
  }

  @Test(arguments: [2, 3])
  func `the number of threads changes no bit of a sum`(count: Int) {
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

  @Test
  func `all parts of a long row count, and all of a wide one`() {
    #expect(NDArray<Double>.ones(400_001).sum() == 400_001)
    #expect(NDArray<Double>.arange(400_001).max() == 400_000)
    #expect(NDArray<Double>.ones(3, 70_000).sum(axis: 0) == NDArray<Double>.ones(70_000) * 3)
    let wide = NDArray<Double>.arange(240_000).reshape(2, 3, 40_000)
    #expect(wide.sum(axis: 1) == wide[0..., 0] + wide[0..., 1] + wide[0..., 2])
  }
}
