import NDArrays
import NN
import Optim
import Tensors
import Testing
import WorkbookTestSupport

/// The book's loops, captured once and replayed, beside the same loops step by step.
@Suite(.ownGenerator)
struct ReplayTests {
  /// A step, and what it trains.
  struct Loop {
    let step: () -> Tensor
    let parameters: [Tensor]
  }

  /// A loop under a name.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable () -> Loop

    var testDescription: String { name }

    init(_ name: String, _ make: @escaping @Sendable () -> Loop) {
      (self.name, self.make) = (name, make)
    }
  }

  static let loops: [Case] = [
    Case("tensors") {
      let (x, y) = data()
      let (w1, w2) = weights()
      return Loop(
        step: {
          let h = x.mm(w1)
          let hRelu = h.clamp(min: 0)
          let yPred = hRelu.mm(w2)
          let loss = (yPred - y).pow(2).sum()
          let gradYPred = 2.0 * (yPred - y)
          let gradW2 = hRelu.t().mm(gradYPred)
          let gradHRelu = gradYPred.mm(w2.t())
          let gradH = gradHRelu.clone()
          gradH[h .< 0] = 0
          let gradW1 = x.t().mm(gradH)
          w1 -= 1e-6 * gradW1
          w2 -= 1e-6 * gradW2
          return loss
        }, parameters: [w1, w2])
    },
    Case("autograd") { byHand { $0.clamp(min: 0) } },
    Case("custom functions") { byHand(TrainingTests.MyReLU.apply) },
    Case("nn") {
      let (x, y) = data()
      let model = sequential()
      let lossFn = MSELoss(reduction: .sum)
      return Loop(
        step: {
          let loss = lossFn(model(x), y)
          model.zeroGrad()
          loss.backward()
          noGrad { for parameter in model.parameters() { parameter -= 1e-4 * parameter.grad! } }
          return loss
        }, parameters: model.parameters())
    },
    Case("optim") { optimized(sequential()) { Adam($0, lr: 1e-4) } },
    Case("custom modules") {
      optimized(TrainingTests.TwoLayerNet(dIn, h, dOut)) { SGD($0, lr: 1e-4) }
    },
    Case("control flow, of one depth") {
      optimized(FixedNet(repeats: 3)) { SGD($0, lr: 1e-4) }
    },
    Case("momentum") {
      optimized(sequential()) { SGD($0, lr: 1e-4, momentum: 0.9, weightDecay: 1e-3) }
    },
    Case("momentum of Nesterov, in float64") {
      optimized(sequential(.float64), .float64) {
        SGD($0, lr: 1e-4, momentum: 0.9, nesterov: true)
      }
    },
    Case("AMSGrad") { optimized(sequential()) { AdamW($0, lr: 1e-4, amsgrad: true) } },
    Case("RMSprop") {
      optimized(sequential()) { RMSprop($0, lr: 1e-5, momentum: 0.5, centered: true) }
    },
    Case("a mean, a norm, classes") {
      let (x, _) = data()
      let classes = Tensor((0..<n).map { $0 % 4 }, dtype: .int64)
      let model = Sequential(Linear(dIn, h), LayerNorm([h]), GELU(), Linear(h, dOut))
      let optimizer = Adam(model.parameters())
      let lossFn = CrossEntropyLoss()
      return Loop(
        step: {
          let loss = lossFn(model(x), classes)
          loss.backward()
          optimizer.step()
          optimizer.zeroGrad()
          return loss
        }, parameters: model.parameters())
    },
    Case("an embedding") {
      let (_, y) = data()
      let words = Tensor((0..<n).map { [$0 % 5, $0 % 3] }, dtype: .int64)
      let embedding = Embedding(5, dIn / 2), output = Linear(dIn, dOut)
      let optimizer = SGD(embedding.parameters() + output.parameters(), lr: 1e-2, momentum: 0.5)
      return Loop(
        step: {
          let loss = MSELoss()(output(embedding(words).flatten(1).tanh()), y)
          optimizer.zeroGrad()
          loss.backward()
          optimizer.step()
          return loss
        }, parameters: optimizer.parameters)
    },
  ]

  static let (n, dIn, h, dOut) = (16, 256, 64, 4)

  static func data(_ dtype: DType = .float32) -> (Tensor, Tensor) {
    manualSeed(0)
    return (.randn(n, dIn, dtype: dtype), .randn(n, dOut, dtype: dtype))
  }

  static func weights() -> (Tensor, Tensor) { (.randn(dIn, h), .randn(h, dOut)) }

  static func byHand(_ activation: @escaping (Tensor) -> Tensor) -> Loop {
    let (x, y) = data()
    let (w1, w2) = weights()
    for w in [w1, w2] { w.requiresGrad = true }
    return Loop(
      step: {
        let loss = (activation(x.mm(w1)).mm(w2) - y).pow(2).sum()
        loss.backward()
        noGrad {
          w1 -= 1e-6 * w1.grad!
          w2 -= 1e-6 * w2.grad!
          w1.grad?.zero()
          w2.grad?.zero()
        }
        return loss
      }, parameters: [w1, w2])
  }

  static func sequential(_ dtype: DType = .float32) -> Sequential {
    Sequential(Linear(dIn, h, dtype: dtype), ReLU(), Linear(h, dOut, dtype: dtype))
  }

  final class FixedNet: Module {
    let input = Linear(dIn, h), middle = Linear(h, h), output = Linear(h, dOut)
    let repeats: Int

    init(repeats: Int) { self.repeats = repeats }

    func forward(_ x: Tensor) -> Tensor {
      var r = input(x).clamp(min: 0)
      for _ in 0..<repeats { r = middle(r).clamp(min: 0) }
      return output(r)
    }
  }

  static func optimized(
    _ makeModel: @autoclosure () -> any Module, _ dtype: DType = .float32,
    _ makeOptimizer: ([Tensor]) -> any Optimizer
  ) -> Loop {
    let (x, y) = data(dtype)
    let model = makeModel()
    let lossFn = MSELoss(reduction: .sum)
    let optimizer = makeOptimizer(model.parameters())
    return Loop(
      step: {
        let loss = lossFn(model(x), y)
        optimizer.zeroGrad()
        loss.backward()
        optimizer.step()
        return loss
      }, parameters: model.parameters())
  }

  static let steps = 200

  @Test(arguments: loops, [1, 2])
  func `a replayed loop is the loop, bit for bit`(_ loop: Case, threads: Int) {
    let before = getNumThreads()
    defer { setNumThreads(before) }
    setNumThreads(threads)
    let eager = loop.make()
    let losses = (0..<Self.steps).map { _ in eager.step().item().bitPattern }

    let replayed = loop.make()
    var first: Tensor?
    let graph = Graph {
      let loss = replayed.step()
      first = loss
      return loss
    }
    #expect(first === graph.result)
    let again =
      [graph.result.item().bitPattern]
      + (1..<Self.steps).map { _ in graph.replay().item().bitPattern }
    #expect(zip(losses, again).first { $0 != $1 } == nil && losses.count == again.count)
    for (a, b) in zip(eager.parameters, replayed.parameters) {
      #expect(Self.isSame(a, b) && Self.isSame(a.grad, b.grad))
    }
  }

  static func isSame(_ a: Tensor?, _ b: Tensor?) -> Bool {
    a?.toArray().map(\.bitPattern) == b?.toArray().map(\.bitPattern)
  }

  @Test func `a step captured after others goes on where they were`() {
    for loop in Self.loops {
      let (eager, replayed) = (loop.make(), loop.make())
      for _ in 0..<3 { _ = (eager.step(), replayed.step()) }
      let graph = Graph(replayed.step)
      _ = eager.step()
      for _ in 0..<3 { #expect(graph.replay().item() == eager.step().item(), "\(loop.name)") }
      // And back to steps that nothing replays.
      for _ in 0..<3 { #expect(replayed.step().item() == eager.step().item(), "\(loop.name)") }
      #expect(graph.replay().item() == eager.step().item(), "\(loop.name)")
    }
  }

  @Test func `an optimizer's rate is read in each replay`() {
    func train(_ captured: Bool) -> [Double] {
      let (x, y) = Self.data()
      let model = Self.sequential()
      let optimizer = Adam(model.parameters(), lr: 1e-3)
      let scheduler = StepLR(optimizer, stepSize: 2)
      let lossFn = MSELoss()
      func step() -> Tensor {
        let loss = lossFn(model(x), y)
        optimizer.zeroGrad()
        loss.backward()
        optimizer.step()
        return loss
      }
      guard captured else {
        return (0..<8).map { _ in
          defer { scheduler.step() }
          return step().item()
        }
      }
      let graph = Graph(step)
      scheduler.step()
      return [graph.result.item()]
        + (1..<8).map { _ in
          defer { scheduler.step() }
          return graph.replay().item()
        }
    }
    #expect(train(true) == train(false))
  }

  @Test func `a norm that is read is refused`() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Tensor([1], requiresGrad: true)
      _ = Graph { clipGradNorm([w], maxNorm: 1) }
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("clipGradNorm: a Graph is being captured"), "\(message)")
  }

  @Test func `one graph for each depth trains chapter 8's network`() {
    func train(_ captured: Bool) -> [Double] {
      let (x, y) = Self.data()
      let input = Linear(Self.dIn, Self.h), middle = Linear(Self.h, Self.h)
      let output = Linear(Self.h, Self.dOut)
      let parameters = [input, middle, output].flatMap { $0.parameters() }
      let optimizer = SGD(parameters, lr: 1e-4, momentum: 0.9)
      func step(_ repeats: Int) -> Tensor {
        var r = input(x).clamp(min: 0)
        for _ in 0..<repeats { r = middle(r).clamp(min: 0) }
        let loss = (output(r) - y).pow(2).sum()
        optimizer.zeroGrad()
        loss.backward()
        optimizer.step()
        return loss
      }
      let random = PythonRandom(seed: 0)
      var graphs: [Int: Graph<Tensor>] = [:]
      return (0..<100).map { _ in
        let repeats = random.randint(0, 3)
        guard captured else { return step(repeats).item() }
        if let graph = graphs[repeats] { return graph.replay().item() }
        let graph = Graph { step(repeats) }
        graphs[repeats] = graph
        return graph.result.item()
      }
    }
    #expect(train(true) == train(false))
  }
}
