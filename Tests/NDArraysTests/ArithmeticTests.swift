import Testing

@testable import NDArrays

struct ArithmeticTests {
  let a: NDArray<Double> = [[1, 2], [3, 4]]
  let b: NDArray<Double> = [[10, 20], [30, 40]]

  @Test
  func `arrays of one shape combine element by element`() {
    #expect(a + b == [[11, 22], [33, 44]])
    #expect(b - a == [[9, 18], [27, 36]])
    #expect(a * b == [[10, 40], [90, 160]])
    #expect(b / a == [[10, 10], [10, 10]])
    #expect(-a == [[-1, -2], [-3, -4]])
  }

  @Test
  func `a number stands on either side`() {
    #expect(a + 1 == [[2, 3], [4, 5]])
    #expect(1 + a == [[2, 3], [4, 5]])
    #expect(a - 1 == [[0, 1], [2, 3]])
    #expect(1 - a == [[0, -1], [-2, -3]])
    #expect(2.0 * a == a * 2)
    #expect(a / 2 == [[0.5, 1], [1.5, 2]])
    #expect(12 / a == [[12, 6], [4, 3]])
    #expect(a.T * 2 == [[2, 6], [4, 8]])
  }

  @Test
  func `compound assignment changes the array itself`() {
    var x = a
    x += b
    x -= [[1, 2], [3, 4]]
    x *= 2
    x /= [[2, 2], [1, 1]]
    #expect(x == [[10, 20], [60, 80]])
    x -= 10
    x += 1
    x /= 1
    x *= [0, 1]
    #expect(x == [[0, 11], [0, 71]])
    x += x.T
    #expect(x == [[0, 11], [11, 142]])
  }

  @Test
  func `an operand with a transposed view is read by its strides`() {
    #expect(a.T + b == [[11, 23], [32, 44]])
    #expect(a - b.T == [[-9, -28], [-17, -36]])
    #expect(a.T * b.T == (a * b).T)
  }

  @Test
  func `large arrays are cut between threads without a gap`() {
    let x = NDArray<Float>.arange(200_001)
    #expect((x + x).scalars == x.scalars.map { $0 + $0 })
    #expect((x * 3).scalars == x.scalars.map { $0 * 3 })
    #expect((-x).scalars == x.scalars.map { -$0 })
    let wide = NDArray<Float>.zeros(300, 1) + NDArray<Float>.arange(300)
    #expect(wide.sum(axis: 0) == NDArray<Float>.arange(300) * 300)
  }

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
