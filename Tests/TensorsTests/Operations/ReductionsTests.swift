import Tensors
import Testing

struct ReductionsTests {
  static let x = [[1, 2, 3], [4, 5, 6]]

  @Test func `without dimensions all are reduced`() {
    let x = Tensor(Self.x)
    for (result, value) in [
      (x.sum(keepDim: true), 21), (x.mean(keepDim: true), 3.5), (x.amax(keepDim: true), 6),
      (x.amin(keepDim: true), 1),
    ] {
      #expect(result.shape == [1, 1] && result.toArray() == [value])
    }
    for (result, value) in [
      (x.sum(dim: []), 21), (x.mean(dim: []), 3.5), (x.amax(), 6), (x.amin(dim: []), 1),
    ] {
      #expect(result.shape == [] && result.item() == value)
    }
    x.requiresGrad = true
    (x.sum(keepDim: true) + x.mean(dim: []) * 6 + x.amax()).sum().backward()
    #expect(x.grad?.toArray() == [2, 2, 2, 2, 2, 3])
  }

  @Test func `what is reduced of a scalar is its own`() {
    let x = Tensor(3)
    for result in [x.sum(), x.sum(dim: []), x.max(), x.amin()] { result += 1 }
    #expect(x.item() == 3)
  }
}
