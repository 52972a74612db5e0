import Testing

@testable import NDArrays

struct BroadcastingTests {
  @Test(arguments: [
    ([2, 3], [3], [2, 3]), ([3], [2, 3], [2, 3]), ([2, 1], [1, 3], [2, 3]), ([], [2], [2]),
    ([4, 1, 3], [2, 1], [4, 2, 3]), ([0, 3], [1], [0, 3]), ([1], [0], [0]), ([], [], []),
  ])
  func `shapes broadcast as NumPy's do`(a: [Int], b: [Int], expected: [Int]) {
    let sum = NDArray<Double>(shape: a, repeating: 1) + NDArray(shape: b, repeating: 2)
    #expect(sum == NDArray(shape: expected, repeating: 3))
  }

  @Test
  func `each element of a broadcast operand meets its row, column or plane`() {
    let grid: NDArray<Double> = [[1, 2, 3], [4, 5, 6]]
    #expect(grid + [10, 20, 30] == [[11, 22, 33], [14, 25, 36]])
    #expect(grid + [[10], [20]] == [[11, 12, 13], [24, 25, 26]])
    #expect(([[10], [20]] as NDArray<Double>) - grid == [[9, 8, 7], [16, 15, 14]])
    let planes = NDArray<Double>.arange(8).reshape(2, 2, 2)
    #expect(planes * [[1], [10]] == [[[0, 1], [20, 30]], [[4, 5], [60, 70]]])
    #expect(planes.T + [[100, 200]] == [[[100, 204], [102, 206]], [[101, 205], [103, 207]]])
    var changed = grid
    changed *= [[1], [0]]
    #expect(changed == [[1, 2, 3], [0, 0, 0]])
  }

  @Test
  func `shapes that do not broadcast are refused with both`() async {
    let both = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(64, 10) - NDArray<Double>.zeros(64, 100)
    }
    #expect(
      message(both).contains(
        "-: cannot broadcast [64, 10] and [64, 100]; the sizes 10 and 100 of axis -1 differ"))
    let wider = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = NDArray<Double>.zeros(3)
      x += NDArray<Double>.zeros(2, 3)
    }
    #expect(message(wider).contains("+=: the result has the shape [2, 3], not [3]"))
  }
}
