import NN
import Optim
import Tensors
import Testing
import WorkbookTestSupport

@Suite(.ownGenerator)
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

  @Test func `parameters are found in the order declared`() {
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

  @Test func `what is shared is found once`() {
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

  @Test func `a cycle of modules ends`() {
    let (a, b) = (Loop(), Loop())
    a.next = b
    b.next = a
    #expect(a.namedParameters().map(\.name) == ["next.weight", "weight"])
    b.next = nil
  }

  final class Child: Module {
    weak var parent: Parent?
    func forward(_ x: Tensor) -> Tensor { x }
  }

  final class Parent: Module {
    let child = Child(), twin = ReLU(), other: ReLU
    init() {
      other = twin
      child.parent = self
    }
    func forward(_ x: Tensor) -> Tensor { child(x) }
  }

  @Test func `a module that a part refers back to is named in the description`() {
    #expect(
      "\(Parent())" == """
        Parent(
          (child): Child(
            (parent): Parent(…)
          )
          (twin): ReLU()
          (other): ReLU()
        )
        """)
  }

  final class Bare: Module {
    func forward(_ x: Tensor) -> Tensor { training ? x * 2 : x }
  }

  final class WithBare: Module {
    let bare = Bare()
    func forward(_ x: Tensor) -> Tensor { bare(x) }
  }

  @Test func `a module without properties is found each time`() {
    for _ in 0..<2 {
      let model = WithBare()
      #expect(model.namedModules().map(\.name) == ["", "bare"])
      #expect("\(model)" == "WithBare(\n  (bare): Bare()\n)")
      #expect(model.eval()(.ones(1)).item() == 1)
    }
  }

  final class Changing: Module {
    var layer = Linear(1, 2)
    var layers = [Linear(1, 1)]
    var named = ["a": Linear(1, 1)]
    var parameter = Tensor([1], requiresGrad: true)
    var anything: Any = 1
    var maybe: ReLU?
    init() { layers.reserveCapacity(8) }
    func forward(_ x: Tensor) -> Tensor { x }
  }

  @Test func `parameters are those of the moment`() {
    let model = Changing()
    func found(_ expected: [Tensor?]) -> Bool {
      model.parameters().map(ObjectIdentifier.init)
        == expected.compactMap { $0.map(ObjectIdentifier.init) }
    }
    func all() -> [Tensor?] {
      let layers =
        [model.layer] + model.layers + (model.named.sorted { $0.key < $1.key }.map(\.value))
      return layers.flatMap { [$0.weight, $0.bias] } + [model.parameter]
    }
    #expect(found(all()))
    model.layer = Linear(2, 2, bias: false)
    #expect(found(all()))
    model.parameter = Tensor([2], requiresGrad: true)
    #expect(found(all()))
    model.layers.append(Linear(1, 3))
    #expect(found(all()))
    model.layers[0] = Linear(3, 3)
    #expect(found(all()))
    model.layers.swapAt(0, 1)
    #expect(found(all()))
    model.layers.removeLast()
    model.named["b"] = Linear(1, 1)
    #expect(found(all()))
    let late = Linear(1, 1)
    model.anything = late
    #expect(found(all() + [late.weight, late.bias]))
    model.anything = "nothing"
    #expect(found(all()))
    model.parameter.requiresGrad = false
    #expect(found(all().dropLast()))
    model.maybe = ReLU()
    #expect(model.namedModules().last?.module === model.maybe)
  }

  class Plain {}

  final class Counting: Plain, Module {
    let weight = Tensor([1], requiresGrad: true)
    func forward(_ x: Tensor) -> Tensor { x * weight }
  }

  final class Counted: Module {
    let numbers = [Double](repeating: 1, count: 300_000)
    var plain = [Plain()], anything: [Any] = [1, 2]
    let layer = Linear(1, 1)
    func forward(_ x: Tensor) -> Tensor { layer(x) }
  }

  @Test func `numbers in arrays are passed over at once, but not what may hold parameters`() {
    let model = Counted()
    #expect(model.parameters().count == 2)
    let durations = (0..<5).map { _ in ContinuousClock().measure { _ = model.parameters() } }
    #expect(durations.min()! < .milliseconds(20))
    model.plain.append(Counting())
    model.anything.append(Linear(1, 1))
    #expect(
      model.namedParameters().map(\.name) == [
        "plain.1.weight", "anything.2.weight", "anything.2.bias", "layer.weight", "layer.bias",
      ])
  }

  @Test func `frozen and computed tensors are no parameters`() {
    let layer = Linear(2, 2)
    layer.weight.requiresGrad = false
    #expect(layer.namedParameters().map(\.name) == ["bias"])
  }

  @Test func `zeroGrad forgets all`() {
    let model = Sequential(Linear(2, 3), Tanh(), Linear(3, 1))
    model(.randn(4, 2)).sum().backward()
    #expect(model.parameters().allSatisfy { $0.grad != nil })
    model.zeroGrad()
    #expect(model.parameters().allSatisfy { $0.grad == nil })
  }

  @Test func `zeroGrad forgets those of frozen layers, too, which then stay`() {
    let (first, second) = (Linear(2, 2), Linear(2, 1))
    let model = Sequential(first, second)
    let optimizer = SGD(model.parameters(), lr: 0.1, momentum: 0.5)
    func step() {
      model.zeroGrad()
      model(.ones(1, 2)).sum().backward()
      optimizer.step()
    }
    step()
    first.weight.requiresGrad = false
    let (frozen, learning) = (first.weight.clone(), second.bias!.clone())
    step()
    #expect(first.weight.grad == nil && first.weight.allClose(frozen, rtol: 0, atol: 0))
    #expect(!second.bias!.allClose(learning))
  }

  final class Scaled: Module {
    let inner = Sequential(ReLU())
    func forward(_ x: Tensor) -> Tensor { training ? x * 2 : x }
  }

  @Test func `train and eval set modules that do not declare training`() {
    let (model, other) = (Scaled(), Scaled())
    #expect(model.training && model.inner.training && model(.ones(1)).item() == 2)
    model.eval()
    #expect(!model.training && !model.inner.training && !model.inner[0].training)
    #expect(model(.ones(1)).item() == 1)
    #expect(other.training && other(.ones(1)).item() == 2)
    model.train()
    #expect(model.training && model.inner.training && model(.ones(1)).item() == 2)
  }

  @Test func `a new module is in training, whoever was at its place`() {
    for _ in 0..<1000 {
      let model = Scaled()
      #expect(model.training)
      model.eval()
      #expect(!model.training)
    }
  }

  @Test func `train and eval reach all within`() {
    let (inner, outer) = (Dropout(), Dropout())
    let model = Sequential(outer, Sequential(inner, ReLU()))
    #expect(model.eval() === model)
    #expect(!inner.training && !outer.training)
    model.train()
    #expect(inner.training && outer.training)
  }

  @Test func `describes itself as PyTorch does`() {
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

  @Test func `a thousand models leave nothing`() {
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

  class Underscored: Module {
    let weight = Tensor([1], requiresGrad: true)
    private let _weight = Tensor([2], requiresGrad: true)
    private let _scale = Tensor([3], requiresGrad: true)
    let _bias = Tensor([4], requiresGrad: true)
    func forward(_ x: Tensor) -> Tensor { x * weight * _weight }
  }

  final class Below: Underscored {
    let bias = Tensor([5], requiresGrad: true)
    lazy var _late = Tensor([6], requiresGrad: true)
    private let late = Tensor([7], requiresGrad: true)
  }

  @Test func `an underscore stays where the name without it is another's`() {
    let model = Below()
    _ = model._late
    #expect(
      model.namedParameters().map(\.name)
        == ["weight", "_weight", "scale", "_bias", "bias", "_late", "late"])
    #expect(model.stateDict().count == 7)
  }
}
