import NN
import Tensors
import Testing
import WorkbookTestSupport

@Suite("Modules", .ownGenerator)
struct ModuleTests {
  class Base: Module {
    let first = Linear(2, 3)
    let scale = Tensor([1], requiresGrad: true)
    func forward(_ x: Tensor) -> Tensor { first(x) * scale }
  }

  final class Derived: Base {
    let layers = [Linear(3, 3), Linear(3, 3)]
    var maybe: Linear? = Linear(3, 1, bias: false)
    var absent: Linear?
    let pair = (left: Tensor([2], requiresGrad: true), Linear(1, 1))
    let named = ["b": Linear(1, 1), "a": Linear(1, 2)]
    let buffer = Tensor([5])
    let note = "not a parameter"
    private var hidden = Tensor([3], requiresGrad: true)
    lazy var shared = first
    override func forward(_ x: Tensor) -> Tensor { super.forward(x) }
  }

  @Test func parametersAreFoundInTheOrderDeclared() {
    let model = Derived()
    _ = model.shared
    #expect(
      model.namedParameters().map(\.name) == [
        "first.weight", "first.bias", "scale",
        "layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias",
        "maybe.weight", "pair.left", "pair.1.weight", "pair.1.bias",
        "named.a.weight", "named.a.bias", "named.b.weight", "named.b.bias", "hidden",
      ])
    #expect(model.parameters()[0] === model.first.weight)
    #expect(model.parameterCount == 9 + 1 + 24 + 3 + 1 + 2 + 4 + 2 + 1)
  }

  final class Twice: Module {
    let a: Linear
    let b: Linear
    let weight: Tensor

    init() {
      a = Linear(2, 2)
      b = a
      weight = a.weight
    }

    func forward(_ x: Tensor) -> Tensor { b(a(x)) }
  }

  @Test func whatIsSharedIsFoundOnce() {
    let model = Twice()
    #expect(model.namedParameters().map(\.name) == ["a.weight", "a.bias"])
    #expect(model.namedModules().map(\.name) == ["", "a"])
    let nested = Sequential(model, model.a, ReLU(), model)
    #expect(nested.namedParameters().map(\.name) == ["0.a.weight", "0.a.bias"])
  }

  final class Loop: Module {
    var next: Loop?
    let weight = Tensor([1], requiresGrad: true)
    func forward(_ x: Tensor) -> Tensor { x * weight }
  }

  @Test func aCycleOfModulesEnds() {
    let (a, b) = (Loop(), Loop())
    a.next = b
    b.next = a
    #expect(a.namedParameters().map(\.name) == ["next.weight", "weight"])
    b.next = nil
  }

  @Test func frozenAndComputedTensorsAreNoParameters() {
    let layer = Linear(2, 2)
    layer.weight.requiresGrad = false
    #expect(layer.namedParameters().map(\.name) == ["bias"])
  }

  @Test func zeroGradForgetsAll() {
    let model = Sequential(Linear(2, 3), Tanh(), Linear(3, 1))
    model(.randn(4, 2)).sum().backward()
    #expect(model.parameters().allSatisfy { $0.grad != nil })
    model.zeroGrad()
    #expect(model.parameters().allSatisfy { $0.grad == nil })
  }

  @Test func trainAndEvalReachAllWithin() {
    let (inner, outer) = (Dropout(), Dropout())
    let model = Sequential(outer, Sequential(inner, ReLU()))
    #expect(model.eval() === model)
    #expect(!inner.training && !outer.training)
    model.train()
    #expect(inner.training && outer.training)
  }

  @Test func describesItselfAsPyTorchDoes() {
    let model = Sequential(
      Linear(1000, 100), Sequential(ReLU(), Dropout(0.25)), Linear(100, 10, bias: false))
    #expect(
      "\(model)" == """
        Sequential(
          (0): Linear(inFeatures: 1000, outFeatures: 100, bias: true)
          (1): Sequential(
            (0): ReLU()
            (1): Dropout(p: 0.25)
          )
          (2): Linear(inFeatures: 100, outFeatures: 10, bias: false)
        )
        """)
    #expect("\(Loop())" == "Loop()")
  }

  @Test func aThousandModelsLeaveNothing() {
    weak var model: Sequential?
    var weights: [Weak] = []
    for _ in 0..<1000 {
      let net = Sequential(Linear(4, 5), ReLU(), Linear(5, 1))
      let loss = net(.ones(2, 4)).sum()
      loss.backward()
      let dropped = net(.ones(2, 4)).sum()
      weights += (net.parameters() + [loss, dropped]).map(Weak.init)
      weights += net.parameters().compactMap(\.grad).map(Weak.init)
      model = net
    }
    #expect(model == nil)
    #expect(weights.count == 10_000 && weights.allSatisfy { $0.tensor == nil })
  }

  struct Weak {
    weak var tensor: Tensor?
    init(_ tensor: Tensor) { self.tensor = tensor }
  }
}
