import Foundation
import Testing

@testable import NDArrays

struct FunctionsTests {
  static let numbers: [Double] = (0..<100).map { Double($0) * 0.37 - 18 } + [0, -0.0, 1, 700, -700]

  typealias Pair = (
    name: String, array: @Sendable (NDArray<Double>) -> NDArray<Double>,
    single: @Sendable (Double) -> Double
  )
  static let pairs: [Pair] = [
    ("exp", { exp($0) }, { Foundation.exp($0) }),
    ("log", { log($0) }, { Foundation.log($0) }),
    ("sin", { sin($0) }, { Foundation.sin($0) }),
    ("cos", { cos($0) }, { Foundation.cos($0) }),
    ("tanh", { tanh($0) }, { Foundation.tanh($0) }),
    ("sqrt", { sqrt($0) }, { $0.squareRoot() }),
    ("square", { square($0) }, { $0 * $0 }),
    ("abs", { abs($0) }, { $0.magnitude }),
    ("sign", { sign($0) }, { $0 == 0 ? 0 : $0 < 0 ? -1 : 1 }),
    ("power", { power($0, 3) }, { pow($0, 3) }),
    ("clip", { clip($0, -2, 3) }, { min(max($0, -2), 3) }),
  ]

  @Test(arguments: pairs.indices)
  func `functions of an array are those of its elements`(index: Int) {
    let pair = Self.pairs[index]
    let results = pair.array(NDArray(Self.numbers)).scalars
    for (x, result) in zip(Self.numbers, results) {
      let expected = pair.single(x)
      #expect(
        result == expected || result.isNaN && expected.isNaN
          || (result - expected).magnitude <= 4 * expected.ulp, "\(pair.name)(\(x))")
    }
  }

  @Test(arguments: pairs.indices)
  func `Float functions are exact to a few places`(index: Int) {
    let pair = Self.pairs[index]
    let numbers = Self.numbers.map { Float($0 / 8) }
    let functions: [(NDArray<Float>) -> NDArray<Float>] = [
      { exp($0) }, { log($0) }, { sin($0) }, { cos($0) }, { tanh($0) }, { sqrt($0) },
      { square($0) }, { abs($0) }, { sign($0) }, { power($0, 3) }, { clip($0, -2, 3) },
    ]
    for (x, result) in zip(numbers, functions[index](NDArray(numbers)).scalars) {
      let expected = Float(pair.single(Double(x)))
      #expect(
        result == expected || result.isNaN && expected.isNaN
          || (result - expected).magnitude <= 4 * expected.ulp, "\(pair.name)(\(x))")
    }
  }

  @Test
  func `maximum and minimum pass NaN on from either side`() {
    let a = NDArray<Double>([1, .nan, 3])
    #expect(maximum(a, 2).scalars.map(\.isNaN) == [false, true, false])
    #expect(maximum(a, NDArray([.nan, 0, 5])).scalars.map(\.isNaN) == [true, true, false])
    #expect(maximum([1, 5], [4, 2] as NDArray<Double>) == [4, 5])
    #expect(minimum([1, 5], [4, 2] as NDArray<Double>) == [1, 2])
    #expect(maximum([[1], [3]], [2] as NDArray<Double>) == [[2], [3]])
    #expect(power([2, 3], [3, 2] as NDArray<Double>) == [8, 9])
  }

  @Test
  func `arrays are put one after another along any axis`() {
    let a: NDArray<Double> = [[1, 2], [3, 4]]
    #expect(concatenate([a, a.T]) == [[1, 2], [3, 4], [1, 3], [2, 4]])
    #expect(concatenate([a, [[5], [6]]], axis: -1) == [[1, 2, 5], [3, 4, 6]])
    #expect(stack([a, a.T]) == [[[1, 2], [3, 4]], [[1, 3], [2, 4]]])
  }

  @Test
  func `allclose allows what its tolerances say`() {
    let a: NDArray<Double> = [1, 100]
    #expect(allclose(a, [1.000009, 100.0009]))
    #expect(!allclose(a, [1.00002, 100]))
    #expect(allclose(a, [1.1, 110], rtol: 0.1))
    #expect(!allclose(a, [[1, 100]]))
    let infinite: NDArray<Double> = NDArray([.infinity, 100])
    #expect(!allclose(a, infinite) && !allclose(infinite, a) && allclose(infinite, infinite))
  }

  @Test
  func `arrays that cannot be joined are refused with their shapes`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = concatenate([NDArray<Double>.zeros(2, 3), NDArray<Double>.zeros(2, 4)])
    }
    #expect(
      message(result).contains("the shapes [2, 3] and [2, 4] differ along more than axis 0"))
  }
}
