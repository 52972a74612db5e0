import NN
import Tensors
import Testing
import WorkbookTestSupport

@Suite(.ownGenerator)
struct LinearTests {
  @Test(arguments: [0, 7])
  func `starts from PyTorch's numbers`(seed: Int) throws {
    manualSeed(seed)
    let layer = Linear(30, 5)
    #expect(layer.weight.shape == [5, 30])
    let own = layer.weight.toArray() + (layer.bias?.toArray() ?? [])
    #expect(try own == Fixtures.drawn(seed: seed, "nn.Linear(30,5)"))
  }

  @Test func `a linear layer computes its definition`() {
    let layer = Linear(3, 2)
    let x = Tensor.randn(4, 3)
    let expected = x.mm(layer.weight.t()) + layer.bias!
    #expect(layer(x).allClose(expected, atol: 1e-6))
    #expect(layer(.randn(2, 4, 3)).shape == [2, 4, 2])
    #expect(layer(.randn(3)).shape == [2])
    #expect(Linear(3, 2, bias: false).bias == nil)
    #expect(Linear(3, 2, dtype: .float64)(.randn(1, 3, dtype: .float64)).dtype == .float64)
  }
}

@Suite(.ownGenerator)
struct ActivationTests {
  @Test func `activations are the functions`() {
    let x = Tensor([-1, 0, 2])
    #expect(ReLU()(x).toArray() == [0, 0, 2])
    #expect(Tanh()(x).allClose(x.tanh()))
    #expect(Sigmoid()(x).allClose(x.sigmoid()))
  }

  @Test func `dropout drops and scales in training alone`() {
    let layer = Dropout(0.2)
    let x = Tensor.ones(10_000, requiresGrad: true)
    let y = layer(x)
    let kept = (y .> 0).to(.float32).mean().item()
    #expect(abs(kept - 0.8) < 0.02)
    #expect(Set(y.toArray()) == [0, 1.25])
    y.sum().backward()
    #expect(x.grad?.toArray() == y.toArray())
    #expect(layer.eval()(x).toArray() == x.toArray())
    #expect(Dropout(1)(x).sum().item() == 0)
    #expect(Dropout(0)(x) === x)
  }
}
