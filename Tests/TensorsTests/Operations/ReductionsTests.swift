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

  @Test func `a scalar is reduced along dimension 0 or -1`() {
    let x = Tensor(3, requiresGrad: true)
    for dim in [0, -1] {
      let results = [
        x.sum(dim: dim), x.mean(dim: dim), x.amax(dim: dim), x.softmax(dim: dim) + 2,
        x.logSoftmax(dim: dim) + 3, x.max(dim: dim).values, x.min(dim: dim, keepDim: true).values,
      ]
      for result in results {
        #expect(result.shape == [] && result.item() == 3)
        result.backward()
      }
      #expect(x.argmax(dim: dim).item() == 0 && x.argmin(dim: dim).dtype == .int64)
    }
    #expect(x.grad?.item() == 10)
  }

  @Test func `nothing has empty softmaxes and sums of 0`() {
    let x = Tensor.zeros(2, 0, requiresGrad: true)
    #expect(x.softmax(dim: 1).shape == [2, 0] && x.logSoftmax(dim: 0).shape == [2, 0])
    #expect(x.sum(dim: 1).toArray() == [0, 0] && x.sum(dim: 0).shape == [0])
    #expect(x.mean(dim: 1).toArray().allSatisfy { $0.isNaN })
    x.softmax(dim: 1).sum().backward()
    #expect(x.grad?.shape == [2, 0])
  }

  @Test func `sums over rows err as little as those along them`() {
    let x = Tensor.full([1_000_000, 3], 0.1)
    for sum in [x.sum(dim: 0), x.t().clone().sum(dim: 1)] {
      #expect(sum.toArray().allSatisfy { abs($0 / 100_000 - 1) < 1e-6 })
    }
    let w = Tensor.zeros(3, requiresGrad: true)
    (x + w).backward(gradient: x)
    #expect(w.grad!.toArray().allSatisfy { abs($0 / 100_000 - 1) < 1e-6 })
  }

  @Test func `not a number has the gradients of PyTorch`() {
    func gradient(_ function: (Tensor) -> Tensor) -> String {
      let x = Tensor([1, .nan, -3, .nan], requiresGrad: true)
      function(x).sum().backward()
      return "\(x.grad!.toArray())"
    }
    #expect(gradient { $0.max() } == "[0.0, 0.5, 0.0, 0.5]")
    #expect(gradient { $0.min() } == "[0.0, 0.5, 0.0, 0.5]")
    #expect(gradient { $0.amax(dim: 0) }.split(separator: "nan").count == 5)
    #expect(gradient { $0.max(dim: 0).values } == "[0.0, 1.0, 0.0, 0.0]")
    #expect(gradient { $0.abs() } == "[1.0, 0.0, -1.0, 0.0]")
    #expect(gradient { $0.clamp(min: 0) } == "[1.0, 0.0, 0.0, 0.0]")
    #expect(gradient { $0.clamp(min: .nan) } == "[0.0, 0.0, 0.0, 0.0]")
    #expect(Tensor([1, 2]).clamp(max: .nan).toArray().allSatisfy { $0.isNaN })
  }

  @Test func `the zero below 0 stays in tanh and relu`() {
    for dtype in [DType.float32, .float64] {
      let x = Tensor([-0.0, 0], dtype: dtype)
      for y in [x.tanh(), x.relu()] { #expect("\(y.toArray())" == "[-0.0, 0.0]") }
    }
    #expect(Tensor([.nan, -1, 2]).relu().toArray()[0].isNaN)
  }

  @Test func `what is reduced of a scalar is its own`() {
    let x = Tensor(3)
    for result in [x.sum(), x.sum(dim: []), x.max(), x.amin()] { result += 1 }
    #expect(x.item() == 3)
  }
}
