import Tensors
import Testing

struct IndexingTests {
  @Test func `rows are read before they are overwritten`() {
    let x = Tensor([[1, 2], [3, 4], [5, 6]])
    x[Tensor([1, 2, 0], dtype: .int64)] = x
    #expect(x.toArray() == [5, 6, 1, 2, 3, 4])
  }

  @Test func `rows are chosen by an array`() {
    let x = Tensor([[1, 2], [3, 4], [5, 6]], requiresGrad: true)
    #expect(x[[2, 0, -1]].toArray() == [5, 6, 1, 2, 5, 6])
    x[[2, 0, -1]].sum().backward()
    #expect(x.grad?.toArray() == [1, 1, 0, 0, 2, 2])
    noGrad { x[[1, 0]] = [[7, 8], [9, 10]] }
    #expect(x.toArray() == [9, 10, 7, 8, 5, 6])
  }

  @Test func `what is put where a mask holds may have leading sizes of 1`() {
    let x = Tensor.zeros(2, 3)
    let mask = Tensor([[1, 0, 1], [0, 0, 1]]) .> 0
    let w = Tensor([[[1, 2, 3]]], requiresGrad: true)
    let y = x * 1
    y[mask] = w
    #expect(y.toArray() == [1, 0, 2, 0, 0, 3])
    (y * y).sum().backward()
    #expect(w.grad?.shape == [1, 1, 3] && w.grad?.toArray() == [2, 4, 6])
    x[0] = 7
    x[x .> 0] = Tensor([[[2]]], requiresGrad: true)
    #expect(x.toArray() == [2, 2, 2, 0, 0, 0])
  }

  @Test func `an empty vector is left out of what is joined`() {
    let x = Tensor.ones(2, 2, requiresGrad: true)
    let joined = Tensor.cat([Tensor([Double]()), x, .zeros(0)], dim: 1)
    #expect(joined.shape == [2, 2])
    joined.sum().backward()
    #expect(x.grad?.toArray() == [1, 1, 1, 1])
    #expect(Tensor.cat([.zeros(0), .zeros(0)]).shape == [0])
  }

  @Test func `integers beyond 2⁵³ stay exact`() {
    let big = 1 << 53
    let x = Tensor([big + 1, big, -big - 1], dtype: .int64)
    #expect("\(x)" == "tensor([ 9007199254740993,  9007199254740992, -9007199254740993])")
    #expect((x .== Tensor([big, big, -big], dtype: .int64)).toArray() == [0, 1, 0])
    #expect((x .> x[1]).toArray() == [1, 0, 0])
    let mask = Tensor([1, 0, 1]) .> 0
    let one = Tensor([2, 0, 0], dtype: .int64)
    let zeros = Tensor.zeros(3, dtype: .int64)
    for copy in [x.clone(), x.reshape(3, 1).t().reshape(3), .cat([x[..<1], x[1...]])] {
      #expect("\(copy)" == "\(x)")
    }
    #expect("\(x[mask])" == "tensor([ 9007199254740993, -9007199254740993])")
    #expect("\(Tensor.where(mask, x, zeros)[2])" == "tensor(-9007199254740993)")
    #expect(
      "\(x.gather(dim: 0, one))"
        == "tensor([-9007199254740993,  9007199254740993,  9007199254740993])")
    zeros[mask] = x[mask]
    #expect("\(zeros[0])" == "tensor(9007199254740993)")
  }

  @Test func `masks choose among integers too`() {
    let x = Tensor([1, 2, 3], dtype: .int64)
    x[x .> 1] = Tensor([7, 8], dtype: .int64)
    #expect(x.toArray() == [1, 7, 8])
    x[x .< 2] = -1
    #expect(x.toArray() == [-1, 7, 8])
  }
}
