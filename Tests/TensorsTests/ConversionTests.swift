import NDArrays
import Tensors
import Testing

struct ConversionTests {
  @Test func `an array becomes a tensor of its type and comes back`() {
    let array: NDArray<Double> = [[1, 0.1, -3], [4, 5, 1e300]]
    let x = Tensor(array, requiresGrad: true)
    #expect(x.dtype == .float64 && x.shape == [2, 3] && x.requiresGrad)
    #expect(NDArray<Double>(x) == array)
    #expect(NDArray<Double>(Tensor(array.T)) == array.T)
    let small: NDArray<Float> = [0.1, 2]
    #expect(Tensor(small).dtype == .float32 && NDArray<Float>(Tensor(small)) == small)
    for empty in [NDArray<Double>.zeros(0, 2), NDArray(3.5)] {
      #expect(NDArray<Double>(Tensor(empty)) == empty)
    }
  }

  @Test func `neither sees what changes in the other`() {
    var array: NDArray<Double> = [1, 2]
    let x = Tensor(array)
    x += 1
    array[0] = 9
    let back = NDArray<Double>(x)
    x.zero()
    #expect(array == [9, 2] && back == [2, 3])
  }

  @Test func `views, integers and masks become arrays of their elements`() {
    let x = Tensor([[1, 2], [3, 4]])
    #expect(NDArray<Double>(x.t()[0]) == [1, 3])
    #expect(NDArray<Float>(x.long()) == [[1, 2], [3, 4]])
    #expect(NDArray<Double>(x .> 2) == [[0, 0], [1, 1]])
  }
}
