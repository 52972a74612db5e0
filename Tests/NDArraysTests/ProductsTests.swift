import Testing

@testable import NDArrays

struct ProductsTests {
  let a: NDArray<Double> = [[1, 2, 3], [4, 5, 6]]

  @Test
  func `matrices and vectors multiply as NumPy's do`() {
    #expect(a.dot(a.T) == [[14, 32], [32, 77]])
    #expect(a.T.dot(a) == [[17, 22, 27], [22, 29, 36], [27, 36, 45]])
    #expect(a.dot([1, 0, -1]) == [-2, -2])
    #expect(NDArray<Double>([1, -1]).dot(a) == [-3, -3, -3])
    #expect(NDArray<Double>([1, 2]).dot([3, 4]).item() == 11)
    #expect(NDArray<Double>([1, 2]).dot([3, 4]).shape == [])
    #expect(a[0..., 1].dot(a[0..., 2]).item() == 36)
    #expect(NDArray<Double>.zeros(2, 0).dot(.zeros(0, 3)) == .zeros(2, 3))
  }

  @Test
  func `matrices that do not fit are refused with both shapes`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(64, 1000).dot(.zeros(100, 10))
    }
    #expect(
      message(result).contains(
        "dot: cannot multiply [64, 1000] by [100, 10]; the inner sizes 1000 and 100 differ"))
  }
}
