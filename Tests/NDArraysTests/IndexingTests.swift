import Testing

@testable import NDArrays

struct IndexingTests {
  let x: NDArray<Double> = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]

  @Test
  func `an index for each axis gives an element`() {
    #expect(x[0, 0] == 1 && x[1, 2] == 6 && x[-1, -3] == 7)
    #expect(x.T[0, 2] == 7)
    var y = x
    y[1, 1] = 50
    y[-1, 0] += 1
    #expect(y == [[1, 2, 3], [4, 50, 6], [8, 8, 9]])
  }

  @Test
  func `ranges give a part that keeps its axes; an index among them drops its own`() {
    #expect(x[0..<2] == [[1, 2, 3], [4, 5, 6]])
    #expect(x[1..., ..<2] == [[4, 5], [7, 8]])
    #expect(x[0..., 1] == [2, 5, 8])
    #expect(x[2, 0...1] == [7, 8])
    #expect(x[...0, 1...2] == [[2, 3]])
    #expect(x[row: -1] == [7, 8, 9])
    #expect(x.T[row: 0] == [1, 4, 7])
    #expect(x[1..<1].shape == [0, 3])
    #expect(x[0..., 1].sum() == 15)
    #expect(x[1..., 1...].T.dot([1, 10]) == [85, 96])
  }

  @Test
  func `ends of ranges count from the end if negative and stop at the axis, as in NumPy`() {
    let x: NDArray<Double> = [0, 1, 2]
    #expect(x[5...].shape == [0] && x[..<(-9)].shape == [0] && x[...(-4)].shape == [0])
    #expect(x[..<(-1)] == [0, 1] && x[...(-2)] == [0, 1])
    #expect(x[...(-1)] == x && x[(-2)...] == [1, 2])
    #expect(x[-9..<2] == [0, 1] && x[1..<9] == [1, 2] && x[-2..<(-1)] == [1])
    #expect((x[-2..<1] as NDArray).shape == [0])
    #expect(x[0...Int.max] == x && x[-2...(-1)] == [1, 2] && x[Int.min...] == x && x[...9] == x)
    var y = self.x
    y[..<(-1), (-1)...] = [0]
    y[7...] = [5]
    #expect(y == [[1, 2, 0], [4, 5, 0], [7, 8, 9]])
  }

  @Test
  func `a part can be set, to an array that broadcasts to it`() {
    var y = x
    y[0..., 0] = [10, 20, 30]
    y[row: 2] = [0]
    y[0..<1, 1...] = y[0..<1, 1...] * 2
    #expect(y == [[10, 4, 6], [20, 5, 6], [0, 0, 0]])
    y[row: 0] -= 1
    #expect(y[row: 0] == [9, 3, 5])
    y[0..<2] = y[1..<3]
    #expect(y == [[20, 5, 6], [0, 0, 0], [0, 0, 0]])
    #expect(x[0, 0] == 1)
  }

  @Test
  func `what lies outside is refused with the place and the shape`() async {
    let element = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(2, 2)[0, 2] as Double
    }
    #expect(message(element).contains("index 2 is out of range for axis 1 of the shape [2, 2]"))
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(2, 2)[0] as Double
    }
    #expect(message(count).contains("1 indices for an array of shape [2, 2]"))
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = NDArray<Double>.zeros(2, 2)
      x[row: 0] = [1, 2, 3]
    }
    #expect(message(shape).contains("cannot broadcast [2] and [3]"))
  }
}
