import NN
import Tensors
import Testing
import WorkbookTestSupport
import WorkbookTestTools

@Suite(.ownGenerator)
struct StateDictTests {
  @Test func `parameters go from a model to another, which shares none`() throws {
    let make = { Sequential(Linear(2, 3), ReLU(), Linear(3, 1)) }
    let (model, other) = (make(), make())
    let state = model.stateDict()
    #expect(state.keys.sorted() == ["0.bias", "0.weight", "2.bias", "2.weight"])
    #expect(state.values.allSatisfy { !$0.requiresGrad })
    let kept = other.parameters().map(ObjectIdentifier.init)
    try other.load(state)
    #expect(other.parameters().map(ObjectIdentifier.init) == kept)
    #expect(other(.ones(4, 2)).allClose(model(.ones(4, 2))))
    noGrad { model.parameters()[0].zero() }
    #expect(other.parameters()[0].allClose(state["0.weight"] ?? .zeros()))
  }

  final class Buffered: Module {
    let layer = Linear(1, 2), buffer = Tensor([5])
    func forward(_ x: Tensor) -> Tensor { layer(x) + buffer }
  }

  @Test func `what is frozen is kept and loaded, and stays frozen, unlike a buffer`() throws {
    let (model, other) = (Buffered(), Buffered())
    model.layer.weight.requiresGrad = false
    #expect(model.namedParameters().map(\.name) == ["layer.bias"])
    #expect(model.stateDict().keys.sorted() == ["layer.bias", "layer.weight"])
    try other.load(model.stateDict())
    #expect(other(.ones(4, 1)).allClose(model(.ones(4, 1))))
    try model.load(["layer.weight": [[1], [2]], "layer.bias": [3, 4]])
    #expect(model.layer.weight.toArray() == [1, 2] && !model.layer.weight.requiresGrad)
    #expect(throws: StateDictError.missing(["layer.weight"])) {
      try model.load(["layer.bias": [3, 4]])
    }
    model.layer.weight.requiresGrad = true
    #expect(model.namedParameters().map(\.name) == ["layer.weight", "layer.bias"])
  }

  @Test func `a model comes back from a file`() throws {
    let make = { Sequential(Linear(2, 3), ReLU(), Linear(3, 1)) }
    let (model, other, folder) = (make(), make(), TemporaryFolder())
    try saveFile(model.stateDict(), folder["model.safetensors"])
    try other.load(loadFile(folder["model.safetensors"]))
    for (a, b) in zip(model.parameters(), other.parameters()) {
      #expect(a.toArray() == b.toArray())
    }
  }

  @Test func `what does not fit is refused whole`() {
    let layer = Linear(2, 1)
    let before = layer.stateDict()
    let (weight, bias): (Tensor, Tensor) = ([[1, 2]], [3])
    #expect(throws: StateDictError.missing(["bias"])) { try layer.load(["weight": weight]) }
    #expect(throws: StateDictError.unexpected(["b", "w"])) {
      try layer.load(["weight": weight, "bias": bias, "w": weight, "b": bias])
    }
    let error = #expect(throws: StateDictError.self) {
      try layer.load(["weight": weight, "bias": bias.double()])
    }
    #expect(error?.description == "load: bias is float32 [1] here and float64 [1] there")
    #expect(layer.weight.allClose(before["weight"] ?? .zeros()))
  }

  class Above: Module {
    private let w = Tensor([1], requiresGrad: true)
    func forward(_ x: Tensor) -> Tensor { x * w }
  }

  final class Below: Above {
    private let w = Tensor([2], requiresGrad: true)
  }

  final class Keyed: Module {
    let named: [AnyHashable: Tensor] = [
      1: Tensor([1], requiresGrad: true), "1": Tensor([2], requiresGrad: true),
    ]
    func forward(_ x: Tensor) -> Tensor { x }
  }

  static let twice: [(words: String, make: @Sendable () throws -> Void)] = [
    ("stateDict: two parameters are called w; rename a property", { _ = Below().stateDict() }),
    ("load: two parameters are called w; rename a property", { try Below().load(["w": [1]]) }),
    (
      "stateDict: two parameters are called named.1; rename a property or a key",
      { _ = Keyed().stateDict() }
    ),
  ]

  @Test(arguments: twice.indices)
  func `parameters of one name are refused`(_ index: Int) async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index = index as Int] in
      try StateDictTests.twice[index].make()
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains(Self.twice[index].words), "\(message)")
  }

  @Test func `gradients are scaled only where their norm is larger`() {
    let (a, b, c) = (Tensor([3, 0]), Tensor([4]), Tensor([9]))
    for x in [a, b, c] { x.requiresGrad = true }
    (a.pow(2).sum() / 2 + b.pow(2).sum() / 2).backward()
    #expect(clipGradNorm([a, b, c], maxNorm: 10) == 5)
    #expect(a.grad?.toArray() == [3, 0] && b.grad?.toArray() == [4])
    #expect(clipGradNorm([a, b, c], maxNorm: 0.5) == 5)
    #expect(a.grad!.allClose([0.3, 0], rtol: 1e-6) && b.grad!.allClose([0.4], rtol: 1e-6))
    #expect(c.grad == nil && clipGradNorm([], maxNorm: 1) == 0)
  }
}
