import Foundation
import NN
import Tensors
import Testing
import WorkbookTestSupport

@Suite(.ownGenerator)
struct LayerTests {
  let x = Tensor([[-1.5, 0.25, 3], [0, 2, -0.5]], dtype: .float64)

  func isNear(_ actual: Tensor, _ expected: [Double]) -> Bool {
    actual.count == expected.count
      && zip(actual.toArray(), expected).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  @Test func `activations are PyTorch's`() {
    #expect(isNear(LeakyReLU()(x), [-0.015, 0.25, 3.0, 0.0, 2.0, -0.005]))
    #expect(
      isNear(
        GELU()(x),
        [
          -0.10021080190328704, 0.14967658142073093, 2.99595030590511, 0.0, 1.9544997361036416,
          -0.15426876936299344,
        ]))
    #expect(
      isNear(
        Softmax(dim: 0)(x),
        [
          0.18242552380635632, 0.1480471980316895, 0.9706877692486436, 0.8175744761936437,
          0.8519528019683106, 0.029312230751356316,
        ]))
    for module in [LeakyReLU(), GELU(), Softmax(dim: 1), Flatten(0)] as [any Module] {
      #expect(gradcheck(module.forward, x[0..., 1...] + 0.125).passed)
    }
  }

  @Test func `GELU in float32 errs by a unit in the last place, also far out`() {
    let x =
      (-4000..<4000).map { Double($0) / 500 } + [
        -0.0, 13, -13, 13.5, -13.5, 1e30, -1e30, .infinity,
      ]
    for (x, y) in zip(x, GELU()(Tensor(x)).toArray()) {
      let expected = Double(Float(x)) * erfc(-Double(Float(x)) / 2.0.squareRoot()) / 2
      #expect(
        y == expected || abs(y - expected) <= 1.2e-7 * max(1, abs(expected)),
        "of \(x): \(y), not \(expected)")
      #expect(y.sign == (x < 0 || x.sign == .minus ? .minus : .plus))
    }
    #expect(GELU()(Tensor(Double.nan)).item().isNaN)
  }

  @Test func `a normalized sample is PyTorch's`() {
    let norm = LayerNorm([3], dtype: .float64)
    #expect(
      isNear(
        norm(x),
        [
          -1.1248015372789573, -0.17996824596463315, 1.304769783243591, -0.4629080659988155,
          1.3887241979964466, -0.925816131997631,
        ]))
    noGrad {
      norm.weight.copy(from: Tensor([1, 2, 3], dtype: .float64))
      norm.bias.copy(from: Tensor([-1, 0, 1], dtype: .float64))
    }
    #expect(
      isNear(
        norm(x),
        [
          -2.124801537278957, -0.3599364919292663, 4.914309349730773, -1.4629080659988154,
          2.7774483959928933, -1.777448395992893,
        ]))
    #expect(gradcheck(norm.forward, x).passed)
    #expect(LayerNorm([2, 3])(.ones(4, 2, 3)).shape == [4, 2, 3])
    #expect(norm.namedParameters().map(\.name) == ["weight", "bias"])
  }

  @Test func `gradients of a normalization over many rows are those of its definition`() {
    let norm = LayerNorm([3], dtype: .float64)
    let x = Tensor.randn(150, 3, dtype: .float64, requiresGrad: true)
    let g = Tensor.randn(150, 3, dtype: .float64)
    noGrad { norm.weight.copy(from: Tensor([1, -2, 3], dtype: .float64)) }
    func gradients(_ forward: (Tensor) -> Tensor) -> [Double] {
      forward(x).backward(gradient: g)
      defer { (x.grad, norm.weight.grad, norm.bias.grad) = (nil, nil, nil) }
      return [x, norm.weight, norm.bias].flatMap { $0.grad!.toArray() }
    }
    let expected = gradients { x in
      let centered = x - x.mean(dim: 1, keepDim: true)
      let variance = centered.pow(2).mean(dim: 1, keepDim: true)
      return centered / (variance + norm.eps).sqrt() * norm.weight + norm.bias
    }
    let actual = gradients(norm.forward)
    #expect(actual.count == expected.count)
    #expect(zip(actual, expected).allSatisfy { abs($0 - $1) < 1e-11 })
  }

  @Test func `an embedding's weights are those of PyTorch, and learn where they are chosen`() {
    manualSeed(0)
    let embedding = Embedding(4, 5)
    manualSeed(0)
    #expect(embedding.weight.allClose(.randn(4, 5)))
    embedding(Tensor([[1, 3], [1, 1]]).long()).sum().backward()
    #expect(embedding.weight.grad?.sum(dim: 1).toArray() == [0, 15, 0, 5])
  }

  @Test func `an embedding's vectors may be changed in place`() {
    let embedding = Embedding(4, 2)
    let vectors = embedding(Tensor([1, 1, 0]).long())
    vectors *= 3
    vectors.sum().backward()
    #expect(embedding.weight.grad?.toArray() == [3, 3, 6, 6, 0, 0, 0, 0])
  }

  @Test func `layers describe themselves`() {
    #expect(
      "\(Sequential(Flatten(), LayerNorm([3]), LeakyReLU(), GELU(), Softmax(dim: 1)))" == """
        Sequential(
          (0): Flatten(startDim: 1, endDim: -1)
          (1): LayerNorm([3], eps: 1e-05)
          (2): LeakyReLU(negativeSlope: 0.01)
          (3): GELU()
          (4): Softmax(dim: 1)
        )
        """)
  }

  final class Attention: ModuleBase {
    let query = Linear(3, 2), key = Linear(4, 2)
    let dropout = Dropout()
    func callAsFunction(_ q: Tensor, _ k: Tensor) -> Tensor { query(q).mm(key(k).t()) }
  }

  final class Outer: Module {
    let attention = Attention()
    func forward(_ x: Tensor) -> Tensor { attention(x, .ones(2, 4)) }
  }

  @Test func `a module of two inputs is a part like others`() {
    let model = Outer()
    #expect(model(.ones(5, 3)).shape == [5, 2])
    #expect(
      model.namedParameters().map(\.name) == [
        "attention.query.weight", "attention.query.bias", "attention.key.weight",
        "attention.key.bias",
      ])
    model.eval()
    #expect(!model.attention.training && !model.attention.dropout.training)
    #expect("\(model.attention)".hasPrefix("Attention(\n  (query): Linear("))
  }

  @Test func `what a layer or a loss computes can be changed in place`() {
    let words = Tensor([[1, 2], [0, 1]], dtype: .int64)
    let h = Embedding(4, 3)(words)
    let before = h.toArray()
    h += 1
    #expect(h.toArray() == before.map { Double(Float($0) + 1) } && h.shape == [2, 2, 3])
    let y = Linear(3, 2)(h)
    y *= 2
    let loss = NLLLoss(reduction: .none)(y[0].logSoftmax(dim: 1), words[1])
    loss += 1
    #expect(loss.shape == [2] && y.requiresGrad)
  }
}
