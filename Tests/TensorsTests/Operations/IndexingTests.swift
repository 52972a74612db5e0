import Tensors
import Testing

struct IndexingTests {
  @Test func `rows are read before they are overwritten`() {
    let x = Tensor([[1, 2], [3, 4], [5, 6]])
    x[Tensor([1, 2, 0], dtype: .int64)] = x
    #expect(x.toArray() == [5, 6, 1, 2, 3, 4])
  }

  @Test func `masks choose among integers too`() {
    let x = Tensor([1, 2, 3], dtype: .int64)
    x[x .> 1] = Tensor([7, 8], dtype: .int64)
    #expect(x.toArray() == [1, 7, 8])
    x[x .< 2] = -1
    #expect(x.toArray() == [-1, 7, 8])
  }
}
