import Testing

@testable import NDArrays

struct NDArrayTests {
  @Test
  func `a literal's nesting gives the shape`() {
    let cube: NDArray<Double> = [[[1], [2]], [[3], [4.5]]]
    #expect(cube.shape == [2, 2, 1])
    #expect(cube.ndim == 3)
    #expect(cube.scalars == [1, 2, 3, 4.5])
    let row: NDArray<Float> = [1, -2, 3e2]
    #expect(row.shape == [3])
    #expect(row.scalars == [1, -2, 300])
  }

  @Test
  func `the makers make what NumPy's make`() {
    #expect(NDArray<Double>.zeros(2, 3) == NDArray(shape: [2, 3], repeating: 0))
    #expect(NDArray<Float>.ones(2).scalars == [1, 1])
    #expect(NDArray<Double>.eye(2) == [[1, 0], [0, 1]])
    #expect(NDArray<Double>.arange(4) == [0, 1, 2, 3])
    #expect(NDArray<Double>.linspace(0, 1, 5) == [0, 0.25, 0.5, 0.75, 1])
    #expect(NDArray<Double>.linspace(2, 3, 1) == [2])
    #expect(NDArray(2.5).shape == [])
    #expect(NDArray<Float>([[1, 2], [3, 4]] as NDArray<Double>) == [[1, 2], [3, 4]])
  }

  @Test
  func `a copy is a value: changing it leaves the original alone`() {
    let original: NDArray<Double> = [[1, 2], [3, 4]]
    var copy = original
    copy[0, 0] = 9
    copy += 1
    var transposed = original.T
    transposed[0, 1] = -1
    #expect(original == [[1, 2], [3, 4]])
    #expect(copy == [[10, 3], [4, 5]])
    #expect(transposed == [[1, -1], [2, 4]])
  }

  @Test
  func `a change in place needs no new memory if nobody shares it`() {
    var array = NDArray<Double>.zeros(1000)
    let before = array.buffer.base
    array += 1
    array -= array * 2
    array[3] = 7
    array[array .< 0] = 0
    #expect(array.buffer.base == before)
    #expect(array.sum() == 7)
  }

  @Test
  func `reshape keeps the row-major order, of a transpose too`() {
    let array: NDArray<Double> = [[1, 2, 3], [4, 5, 6]]
    #expect(array.reshape(3, 2) == [[1, 2], [3, 4], [5, 6]])
    #expect(array.T.reshape(-1) == [1, 4, 2, 5, 3, 6])
    #expect(array.reshape(3, -1).shape == [3, 2])
    #expect(array.T.flatten().scalars == [1, 4, 2, 5, 3, 6])
    #expect(array.T.T == array)
    #expect(NDArray<Double>([1, 2]).T == [1, 2])
  }

  @Test
  func `arrays are equal if their shapes and elements are`() {
    let array: NDArray<Double> = [[1, 2]]
    #expect(array == [[1, 2]])
    #expect(array != [[1, 3]])
    #expect(array != [1, 2])
    #expect(array.T != array)
    #expect(NDArray<Double>([.nan]) != NDArray<Double>([.nan]))
  }

  @Test
  func `the only element of an array is its item`() {
    #expect(NDArray(shape: [1, 1], [4.0]).item() == 4)
  }

  @Test
  func `what does not fit is refused with the shapes`() async {
    let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>(shape: [2, 3], [1, 2])
    }
    #expect(message(few).contains("2 values cannot fill the shape [2, 3], which holds 6"))
    let ragged = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = [[1, 2], [3]] as NDArray<Double>
    }
    #expect(message(ragged).contains("a literal with parts of the shapes [2] and [1]"))
    let reshaped = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(2, 3).reshape(4, -1)
    }
    #expect(message(reshaped).contains("[2, 3] holds 6 elements, which [4, -1] cannot"))
    let item = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(2).item()
    }
    #expect(message(item).contains("item: an array of shape [2] has 2 elements, not one"))
  }

  @Test
  func `a shape that no memory holds is refused in words`() async {
    let zeros = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(1 << 40, 1 << 40)
    }
    #expect(
      message(zeros).contains(
        "NDArray: the shape [1099511627776, 1099511627776] has more elements than any memory"))
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(2, -1)
    }
    #expect(message(negative).contains("NDArray: the shape [2, -1] has a negative size"))
    let reshaped = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(2).reshape(1 << 40, 1 << 40)
    }
    #expect(message(reshaped).contains("reshape: the shape [2] holds 2 elements, which"))
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(0).reshape(0, 1 << 62, 4)
    }
    #expect(
      message(empty).contains(
        "a shape of [0, 4611686018427387904, 4] has more elements than any memory"))
    let open = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NDArray<Double>.zeros(2).reshape(-1, 2, 1 << 62)
    }
    #expect(message(open).contains("reshape: the shape [2] holds 2 elements, which"))
  }
}
