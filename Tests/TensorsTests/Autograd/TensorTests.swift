import NDArrays
import Tensors
import Testing
import WorkbookTestSupport

@Suite(.ownGenerator)
struct TensorTests {
  @Test func `literals nest to any depth`() {
    let x: Tensor = [[1, 2.5], [-3, 4]]
    #expect(x.shape == [2, 2] && x.dtype == .float32)
    #expect(x.toArray() == [1, 2.5, -3, 4])
    #expect(Tensor([[[1], [2]]]).shape == [1, 2, 1])
    #expect(Tensor(0.5).shape == [] && Tensor(0.5).item() == 0.5)
    #expect(Tensor([1, 2], dtype: .int64).dtype == .int64)
    #expect(Tensor([true, false], dtype: .bool).toArray() == [1, 0])
    #expect(Tensor([Double]()).shape == [0])
  }

  @Test func `tensors are created with the elements asked for`() {
    #expect(Tensor.zeros(2, 3).toArray() == [0, 0, 0, 0, 0, 0])
    #expect(Tensor.ones([2], dtype: .float64).dtype == .float64)
    #expect(Tensor.full([2], 7).toArray() == [7, 7])
    #expect(Tensor.eye(2).toArray() == [1, 0, 0, 1])
    #expect(Tensor.arange(0, 1, 0.25).toArray() == [0, 0.25, 0.5, 0.75])
    #expect(Tensor.arange(3).toArray() == [0, 1, 2])
    #expect(Tensor.linspace(-1, 1, steps: 5).toArray() == [-1, -0.5, 0, 0.5, 1])
    #expect(Tensor.linspace(2, 3, steps: 1).toArray() == [2])
    #expect(Tensor.onesLike(.zeros(1, 2)).shape == [1, 2])
    #expect(Tensor.randn(3, dtype: .float64, device: Device("cpu")).device == .cpu)
    #expect(Tensor.rand(2, requiresGrad: true).requiresGrad)
  }

  @Test func `items are doubles with PyTorch's digits`() {
    #expect("\(Tensor(0.1).item())" == "0.10000000149011612")
    #expect("\(Tensor(0.1, dtype: .float64).item())" == "0.1")
    let x: Tensor = [[1, 2], [3, 4]]
    #expect("\(x[1, 0] + 1) \(x[0] * 2)" == "tensor(4.) tensor([2., 4.])")
    let elements: [Any] = [x[1, 0] * 2, x.count == 4 ? x[0] * 2 : x[1], x[x .> 3] - 1]
    #expect("\(elements)" == "[tensor(6.), tensor([2., 4.]), tensor([3.])]")
  }

  @Test func `numbers of every type stand beside a tensor`() {
    let x: Tensor = [2, 4]
    let (n, f) = (2, Float(0.5))
    let results = [x / n, n / x, x * f, f + x, x - n, x.pow(n), Tensor.pow(n, x), x.clamp(max: n)]
    #expect(
      results.map { $0.toArray() } == [
        [1, 2], [1, 0.5], [1, 2], [2.5, 4.5], [0, 2], [4, 16], [4, 16], [2, 2],
      ])
    #expect((x .> n).toArray() == [0, 1])
    x[0] = n
    x[x .> n] = f
    x += n
    x *= f
    #expect(x.toArray() == [2, 1.25])
    x.fill(n)
    #expect(x.toArray() == Tensor.full([2], n).toArray())
    #expect(Tensor.arange(n).toArray() == [0, 1])
  }

  @Test func `types convert, and gradients convert back`() {
    let x = Tensor([1.75, -2.25])
    #expect(x.to(.float64).toArray() == [1.75, -2.25])
    #expect(x.to(.int64).toArray() == [1, -2])
    #expect((x .> 0).to(.float32).toArray() == [1, 0])
    #expect(x.to(.float32) === x && x.to(.cpu) === x)
    let w = Tensor([2], requiresGrad: true)
    w.to(.float64).sum().backward()
    #expect(w.grad?.dtype == .float32 && w.grad?.item() == 1)
  }

  @Test func `places, ranges, lists and masks index as in PyTorch`() {
    let x = Tensor.arange(12).reshape(3, 4)
    #expect(x[1].toArray() == [4, 5, 6, 7])
    #expect(x[-1, -1].item() == 11)
    #expect(x[0..., 1...2].toArray() == [1, 2, 5, 6, 9, 10])
    #expect(x[(-1)..., ..<2].toArray() == [8, 9])
    #expect(x[...1, 0].toArray() == [0, 4])
    #expect(x[Tensor([2, 0], dtype: .int64)].shape == [2, 4])
    #expect(x[x .> 9].toArray() == [10, 11])
    x[0, 0] = 5
    x[1] = Tensor([9, 9, 9, 9])
    x[x .== 11] = 1
    x[2, 1..<3] += 100
    #expect(x.toArray() == [5, 1, 2, 3, 9, 9, 9, 9, 8, 109, 110, 1])
  }

  @Test func `values that are close`() {
    let x = Tensor([1, 2])
    #expect(x.allClose(x + 1e-6))
    #expect(!x.allClose(x + 1e-3) && !x.allClose(Tensor([1, 2, 3])))
    #expect(!Tensor([Double.nan]).allClose(Tensor([Double.nan])))
    #expect(Tensor([Double.nan]).allClose(Tensor([Double.nan]), equalNaN: true))
    #expect(Tensor([Double.infinity]).allClose(Tensor([Double.infinity])))
    #expect(!Tensor([1]).allClose(Tensor([Double.infinity])))
  }

  @Test func `changes in place read what they overwrite first`() {
    let m = Tensor([[1, 2], [3, 4]])
    m -= m[0]
    #expect(m.toArray() == [0, 0, 2, 2])
    let x = Tensor.arange(200_000)
    x[1...] += x[..<199_999]
    let sums = (0..<200_000).map { $0 == 0 ? 0 : Double(2 * $0 - 1) }
    let areSums = x.toArray() == sums  // Telling how two long arrays differ takes minutes.
    #expect(areSums)
    x /= x[2]
    let thirds = [0, 1, 3, 5].map { Double(Float($0) / 3) }
    #expect(x[..<4].toArray() == thirds)
    let y = Tensor([[1, 2], [3, 4]])
    y.copy(from: y.t())
    #expect(y.toArray() == [1, 3, 2, 4])
    y[y .> 2] = y[0, 1]
    #expect(y.toArray() == [1, 3, 2, 3])
  }

  @Test(arguments: [2, 3]) func `the number of threads changes no bit`(threads: Int) {
    manualSeed(3)
    let x = Tensor.randn(300, 1000), row = Tensor.randn(1000), column = Tensor.randn(300, 1)
    func results(_ threads: Int) -> [[Double]] {
      let before = getNumThreads()
      defer { setNumThreads(before) }
      setNumThreads(threads)
      let z = x.t().clone()
      z[z .< 0] = 0
      return [
        x + row, x * column, x.t() / column.t().squeeze(), x.clamp(min: -1, max: 1), x.exp(), z,
        (x .> column).to(.float32), Tensor.where(x .< row, x, row), x.sum(dim: 0), x.sum(dim: 1),
      ].map { $0.toArray() }
    }
    let areSame = results(1) == results(threads)
    #expect(areSame)
  }

  @Test func `a long loop keeps nothing`() {
    let w = Tensor.ones(8, requiresGrad: true)
    let x = Tensor.randn(8)
    var held: [Weak] = []
    for step in 0..<2000 {
      let loss = (w * x - 1).pow(2).sum()
      loss.backward()
      noGrad { w -= 1e-3 * w.grad! }
      w.grad = nil
      if step % 100 == 0 { held.append(Weak(tensor: loss)) }
    }
    #expect(held.allSatisfy { $0.tensor == nil })
  }

  struct Weak {
    weak var tensor: Tensor?
  }

  @Test func `not a number has no sign when it is read`() {
    let x = Tensor([-Double.nan, 1])
    #expect("\(x[0].item()) \(x.toArray()) \(x.double()[0].item())" == "nan [nan, 1.0] nan")
  }
}
