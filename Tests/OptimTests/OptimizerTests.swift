import Foundation
import Optim
import Tensors
import Testing
import WorkbookTestSupport

/// The file of `make_optimizers.py`: one problem, and PyTorch's parameters on the way.
struct OptimizerRuns: Decodable, Sendable {
  struct Run: Decodable, Sendable, CustomTestStringConvertible {
    let optimizer: String
    let options: [String: Double]
    let trajectory: [[Double]]
    let last: [Double]

    var testDescription: String {
      "\(optimizer) \(options.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })"
    }

    func make(_ parameters: [Tensor]) -> (any Optimizer)? {
      var left = options
      func option(_ name: String, _ standard: Double) -> Double {
        left.removeValue(forKey: name) ?? standard
      }
      let (lr, decay) = (option("lr", .nan), option("weight_decay", 0))
      defer { precondition(left.isEmpty, "options not used: \(left)") }
      switch optimizer {
      case "SGD":
        return SGD(
          parameters, lr: lr, momentum: option("momentum", 0), dampening: option("dampening", 0),
          weightDecay: decay, nesterov: option("nesterov", 0) == 1)
      case "Adam":
        return Adam(
          parameters, lr: lr, betas: (option("beta1", 0.9), option("beta2", 0.999)),
          eps: option("eps", 1e-8), weightDecay: decay, amsgrad: option("amsgrad", 0) == 1)
      case "AdamW":
        return AdamW(
          parameters, lr: lr, betas: (option("beta1", 0.9), option("beta2", 0.999)),
          eps: option("eps", 1e-8), weightDecay: options["weight_decay"] ?? 1e-2,
          amsgrad: option("amsgrad", 0) == 1)
      case "RMSprop":
        return RMSprop(
          parameters, lr: lr, alpha: option("alpha", 0.99), eps: option("eps", 1e-8),
          weightDecay: decay, momentum: option("momentum", 0),
          centered: option("centered", 0) == 1)
      default: return nil
      }
    }
  }

  let x: [Double]
  let y: [Double]
  let w: [Double]
  let b: [Double]
  let runs: [Run]

  static let all = try? Fixtures.load("optimizers", as: OptimizerRuns.self)

  /// Runs an optimizer for as many steps as there are and hands on the parameters after each.
  func follow(_ run: Run, _ dtype: DType, _ check: ([Double], Int) -> Void) throws {
    let x = Tensor(x, dtype: dtype).reshape(5, 4)
    let y = Tensor(y, dtype: dtype).reshape(5, 3)
    let w = Tensor(w, dtype: dtype).reshape(3, 4).clone()
    let b = Tensor(b, dtype: dtype)
    w.requiresGrad = true
    b.requiresGrad = true
    let optimizer = try #require(run.make([w, b]))
    for step in run.trajectory.indices {
      optimizer.zeroGrad()
      let loss = ((x.mm(w.t()) + b).tanh() - y).pow(2).sum() + w.pow(4).sum() / 4
      loss.backward()
      optimizer.step()
      check(w.toArray() + b.toArray(), step)
    }
  }
}

struct OptimizerTests {
  @Test func `there are runs of every optimizer`() {
    #expect(OptimizerRuns.all?.runs.count == 25)
  }

  @Test(arguments: OptimizerRuns.all?.runs ?? [])
  func `parameters follow PyTorch's`(_ run: OptimizerRuns.Run) throws {
    let runs = try #require(OptimizerRuns.all)
    try runs.follow(run, .float64) { parameters, step in
      for (actual, expected) in zip(parameters, run.trajectory[step]) {
        #expect(abs(actual - expected) <= 1e-10 * max(abs(expected), 0.1), "step \(step)")
      }
    }
    try runs.follow(run, .float32) { parameters, step in
      guard step == run.trajectory.count - 1 else { return }
      for (actual, expected) in zip(parameters, run.last) {
        #expect(abs(actual - expected) <= 1e-5 * max(abs(expected), 0.1), "float32")
      }
    }
  }

  @Test func `parameters without gradient stay`() {
    let (a, b) = (Tensor([1], requiresGrad: true), Tensor([2], requiresGrad: true))
    for optimizer in [SGD([a, b], lr: 0.5), Adam([a, b]), AdamW([a, b]), RMSprop([a, b])]
      as [any Optimizer]
    {
      a.grad = .ones(1)
      let before = a.item()
      optimizer.step()
      #expect(a.item() < before && b.item() == 2)
    }
  }

  static let optimizers: [@Sendable ([Tensor]) -> any Optimizer] = [
    { SGD($0) }, { SGD($0, momentum: 0.9) }, { Adam($0) }, { Adam($0, amsgrad: true) },
    { AdamW($0, weightDecay: 0) }, { RMSprop($0) }, { RMSprop($0, momentum: 0.9) },
    { RMSprop($0, centered: true) }, { RMSprop($0, momentum: 0.9, centered: true) },
  ]

  @Test(arguments: optimizers.indices, [DType.float32, .float64])
  func `an infinite weight stays so without decay`(_ index: Int, dtype: DType) {
    let w = Tensor([Double.infinity, -.infinity], dtype: dtype, requiresGrad: true)
    let optimizer = Self.optimizers[index]([w])
    for _ in 0..<2 {
      w.grad = .ones(2, dtype: dtype)
      optimizer.step()
    }
    #expect(w.toArray() == [.infinity, -.infinity])
  }

  /// Of PyTorch.
  @Test func `momentum may be switched off, and on again`() {
    let w = Tensor([0], requiresGrad: true)
    let sgd = SGD([w], lr: 1, momentum: 0.5, dampening: 0.5)
    let values = [0.5, 0, 0.5].map {
      sgd.paramGroups[0].momentum = $0
      w.grad = .ones(1)
      sgd.step()
      return w.item()
    }
    #expect(values == [-1, -2, -3])
    noGrad { w.zero() }
    let rmsprop = RMSprop([w], lr: 0.1, momentum: 0.5)
    for (momentum, expected) in [(0.5, -0.99999994), (0, -1.7088811), (0.5, -2.7891302)] {
      rmsprop.paramGroups[0].momentum = momentum
      w.grad = .ones(1)
      rmsprop.step()
      #expect(abs(w.item() - expected) < 1e-6)
    }
  }

  @Test func `zeroGrad forgets all gradients`() {
    let a = Tensor([1], requiresGrad: true)
    let optimizer = SGD([a], lr: 0.5)
    a.grad = .ones(1)
    optimizer.zeroGrad()
    #expect(a.grad == nil)
  }

  @Test func `the learning rate may change`() {
    let a = Tensor([1], requiresGrad: true)
    let (sgd, adam) = (SGD([a], lr: 0.5), Adam([a], lr: 0.5))
    a.grad = .ones(1)
    sgd.lr = 0.25
    sgd.step()
    #expect(a.item() == 0.75)
    adam.lr = 0
    adam.step()
    #expect(a.item() == 0.75)
  }

  @Test func `a step is a change in place`() {
    let w = Tensor([[1, 2], [3, 4]], requiresGrad: true)
    let view: Tensor = noGrad { w[0] }
    w.grad = .ones(2, 2)
    SGD([w], lr: 1).step()
    #expect(view.toArray() == [0, 1])
    #expect(w.isLeaf)
  }

  @Test func `parameters of any strides`() {
    let w = Tensor([[1, 2], [3, 4]]).t()
    w.requiresGrad = true
    w.grad = Tensor([[1, 0], [0, 0]])
    SGD([w], lr: 1).step()
    #expect(w.toArray() == [0, 3, 2, 4])
  }

  final class Sign: Optimizer {
    let parameters: [Tensor]
    init(_ parameters: [Tensor]) { self.parameters = parameters }

    func step() {
      noGrad {
        for p in parameters { if let g = p.grad { p -= 0.25 * (g / g.abs()) } }
      }
    }
  }

  @Test func `a rule of one's own`() {
    let a = Tensor([1, 2], requiresGrad: true)
    let optimizer = Sign([a])
    (a * Tensor([3, -5])).sum().backward()
    optimizer.step()
    #expect(a.toArray() == [0.75, 2.25])
    optimizer.zeroGrad()
    #expect(a.grad == nil)
  }

  static let mistakes: [(words: String, make: @Sendable () -> Void)] = [
    ("SGD: no parameters to improve", { _ = SGD([], lr: 1) }),
    (
      "Adam: parameter 1, [2], is not a leaf that requires a gradient",
      { _ = Adam([.ones(2, requiresGrad: true), .ones(2)]) }
    ),
    ("SGD: lr cannot be -1.0", { _ = SGD([.ones(2, requiresGrad: true)], lr: -1) }),
    ("AdamW: betas.1 cannot be 1.0", { _ = AdamW([.ones(1, requiresGrad: true)], betas: (0, 1)) }),
    ("RMSprop: alpha cannot be -0.5", { _ = RMSprop([.ones(1, requiresGrad: true)], alpha: -0.5) }),
    (
      "SGD: nesterov needs a momentum above 0 and no dampening",
      { _ = SGD([.ones(1, requiresGrad: true)], lr: 1, nesterov: true) }
    ),
  ]

  @Test(arguments: mistakes.indices)
  func `wrong settings are reported`(_ index: Int) async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index = index as Int] in
      OptimizerTests.mistakes[index].make()
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains(Self.mistakes[index].words), "\(message)")
  }
}
