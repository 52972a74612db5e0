import Testing

@testable import Tensors

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

  @Test func `a mask is read before what it shares elements with is overwritten`() {
    let mask = Tensor([[0, 1], [1, 0]]).bool()
    mask[mask.t()] = 0
    #expect(mask.toArray() == [0, 0, 0, 0])
    let other = Tensor([[0, 1], [1, 0]]).bool()
    other[other] = 0
    #expect(other.toArray() == [0, 0, 0, 0])
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

  @Test func `one element in a vector is put where a mask holds, in a scalar too`() {
    let (x, w) = (Tensor(1, requiresGrad: true) * 2, Tensor([3], requiresGrad: true))
    x[x .> 0] = w
    #expect(x.shape == [] && x.item() == 3)
    (x * 5).backward()
    #expect(w.grad?.toArray() == [5])
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

  @Test func `numbers are put at last places and at steps`() {
    let x = Tensor.zeros(2, 5)
    x[..., 0] = 1
    x[0, .stride(from: 1, by: 2)] = 0.5
    x[..., -1] = Tensor([7, 8])
    #expect(x.toArray() == [1, 0.5, 0, 0.5, 7, 1, 0, 0, 0, 8])
    x[..., 1...2] += 1
    #expect(x[0].toArray() == [1, 1.5, 1, 0.5, 7])
    let (first, lr): (any Number, any Number) = (x[..., 0, 0], x[0, 1])
    #expect(first._double == 1 && lr._double == 1.5)
  }

  /// As PyTorch.
  @Test func `ends of ranges count from the last place, and what is outside is left out`() {
    let x = Tensor.arange(3)
    #expect(x[(-2)..<(-1)].toArray() == [1] && x[(-2)...(-1)].toArray() == [1, 2])
    #expect(x[(-9)..<2].toArray() == [0, 1] && x[(-1)..<2].shape == [0])
    #expect(x[..<(-1)].toArray() == [0, 1] && x[...(-2)].toArray() == [0, 1])
    #expect(x[0..<10].toArray() == [0, 1, 2] && x[1...Int.max].toArray() == [1, 2])
    #expect(x[5...].shape == [0] && x[(-5)...].shape == [3] && x[...7].shape == [3])
    #expect(x[.stride(from: -9, to: 9, by: 2)].toArray() == [0, 2])
    #expect(x[.stride(from: 4, by: 2)].shape == [0])
    #expect(Tensor.zeros(2, 3)[..., 3..<9].shape == [2, 0])
    x[(-2)..<9] = 7
    #expect(x.toArray() == [0, 7, 7])
    x[3...] = 8
    let w = Tensor([1, 2, 3], requiresGrad: true)
    (w[(-2)..<9].sum() + w[9...].sum()).backward()
    #expect(x.toArray() == [0, 7, 7] && w.grad?.toArray() == [0, 1, 1])
  }

  @Test func `views at steps share their elements`() {
    let x = Tensor.arange(6).reshape(2, 3)
    let y: Tensor = x[..., .stride(by: 2)]
    #expect(y.strides == [3, 2] && !y.isContiguous)
    y += 10
    #expect(x.toArray() == [10, 1, 12, 13, 4, 15])
    #expect(x[.stride(from: 2, by: 3)].shape == [0, 3])
  }

  @Test func `places are named pair by pair`() {
    let x = Tensor.arange(6).reshape(2, 3)
    #expect(x[[1, 0], [0, -1]].toArray() == [3, 2])
    #expect(x.t()[[1, 0], [0, -1]].toArray() == [1, 3])
    x.t()[[0, 2], [1, 1]] = Tensor([7, 8])
    #expect(x.toArray() == [0, 1, 2, 7, 4, 8])
    x[[0, 1], [0, 0]] = Tensor([-1])
    #expect(x.toArray() == [-1, 1, 2, -1, 4, 8])
    x[Tensor([[1], [0]], dtype: .int64)] = [[[1, 2, 3]], [[4, 5, 6]]]
    #expect(x.toArray() == [4, 5, 6, 1, 2, 3])
  }

  @Test func `a number is put into rows, and in places named pair by pair`() {
    let x = Tensor.arange(6).reshape(3, 2)
    x[[0, -1]] = 7
    #expect(x.toArray() == [7, 7, 2, 3, 7, 7])
    x[[0, 1], [1, 0]] = 0.5
    #expect(x.toArray() == [7, 0.5, 0.5, 3, 7, 7])
    let places = Tensor([1, 2], dtype: .int64), lr: Float = 0.25
    x[places] = lr
    x[places, Tensor([0, 1], dtype: .int64)] = 9
    #expect(x.toArray() == [7, 0.5, 9, 0.25, 0.25, 9])
    let odd = (1 << 53) + 1
    let integers = Tensor([[0], [0]], dtype: .int64)
    integers[[1]] = odd
    #expect("\(integers[1])" == "tensor([9007199254740993])")
    let (row, number): (any Number, any Number) = (integers[[0]], x[[0], [0]])
    #expect(row._double == 0 && number._double == 7)
  }

  @Test func `rows come one after another, as views`() {
    let x = Tensor([[1, 2], [3, 4], [5, 6]])
    for row in x { row *= 2 }
    #expect(x.toArray() == [2, 4, 6, 8, 10, 12])
    #expect(x.map { $0.sum().item() } == [6, 14, 22])
    #expect(x.underestimatedCount == 3 && Array(Tensor.zeros(0, 2)).isEmpty)
    let w = Tensor([[1, 2], [3, 4]], requiresGrad: true)
    for row in w { (row * row).sum().backward() }
    #expect(w.grad?.toArray() == [2, 4, 6, 8])
  }

  @Test func `gradients of a thousand rows are put together once`() {
    let w = Tensor.ones(1000, 2, requiresGrad: true)
    let rows = w.unbind()
    rows[3].retainGrad()
    let loss = rows.reduce(Tensor(0)) { $0 + $1.sum() }
    loss.backward()
    #expect(w.grad?.toArray() == [Double](repeating: 1, count: 2000))
    #expect(rows[3].grad?.toArray() == [1, 1])
  }
}

/// What passes everything on and notes whose memory the gradients came in.
private enum Passing: Function {
  @TaskLocal static var seen = Seen()

  final class Seen: @unchecked Sendable {  // Of one test, on one thread.
    var storages: [ObjectIdentifier] = []
  }

  static func forward(_ ctx: Context, _ x: Tensor) -> Tensor { x.clone() }

  static func backward(_ ctx: Context, _ g: Tensor) -> Tensor {
    seen.storages.append(ObjectIdentifier(g.values.storage))
    return g
  }
}

struct AssignmentTests {
  @Test func `assignments one after another change one gradient in place`() {
    let (x, w) = (Tensor.ones(50, 2, requiresGrad: true), Tensor([2, 3], requiresGrad: true))
    let storages = Passing.$seen.withValue(Passing.Seen()) {
      let out = Passing.apply(x)
      for i in 0..<40 { out[i] = w * Double(i) }
      (Passing.apply(out) * Tensor.arange(100).reshape(50, 2)).sum().backward()
      return Passing.seen.storages
    }
    #expect(storages.count == 2 && Set(storages).count == 1)
    let expected = (0..<100).map { Double($0 < 80 ? 0 : $0) }
    #expect(x.grad?.toArray() == expected)
    let sums = (0..<2).map { j in (0..<40).reduce(0.0) { $0 + Double($1 * (2 * $1 + j)) } }
    #expect(w.grad?.toArray() == sums)
  }

  @Test func `a gradient that others hold is not changed by assignments`() {
    let x = Tensor.ones(3, requiresGrad: true)
    let out = x * 1
    out.retainGrad()
    let y = out * 2
    y[0] = Tensor(5, requiresGrad: true)
    y.retainGrad()
    let seed: Tensor = [1, 2, 3]
    y.backward(gradient: seed)
    #expect(seed.toArray() == [1, 2, 3] && y.grad?.toArray() == [1, 2, 3])
    #expect(out.grad?.toArray() == [0, 4, 6] && x.grad?.toArray() == [0, 4, 6])
  }

  @Test func `assignments of a tensor's own places follow each other`() {
    let x = Tensor([1, 2], requiresGrad: true)
    let twice = x * 1
    twice[0] = twice[1]
    twice[1] = twice[0] * 3
    #expect(twice.toArray() == [2, 6])
    twice.sum().backward()
    #expect(x.grad?.toArray() == [0, 4])
  }

  @Test func `what is assigned is converted, and loses sizes of 1 before those of the place`() {
    let x = Tensor.zeros(3, 2)
    let w = Tensor([[[1, 2]]], dtype: .float64, requiresGrad: true)
    let y = x.clone()
    y[0] = w.detach()
    y[1] = Tensor([3, 4], dtype: .int64)
    y[[2, 0]] = Tensor([[[5, 6], [7, 8]]])
    #expect(y.toArray() == [7, 8, 3, 4, 5, 6])
    let z = x * 1
    z[1] = w
    z[..., 1] = Tensor([[7, 8, 9]])
    (z * z).sum().backward()
    #expect(w.grad?.shape == [1, 1, 2] && w.grad?.dtype == .float64)
    #expect(w.grad?.toArray() == [2, 0])
    let counts = Tensor([0, 0], dtype: .int64)
    counts[0] = Tensor(2.7)
    #expect(counts.toArray() == [2, 0])
    counts[counts .> 0] = Tensor([3.5], requiresGrad: true)
    #expect(counts.toArray() == [3, 0] && !counts.requiresGrad)
    w.grad = nil
    let one = x * 1
    one[x .== 0] = w[0, 0, 1]
    one.sum().backward()
    #expect(one.dtype == .float32 && w.grad?.toArray() == [0, 6])
  }
}
