import Optim
import Tensors
import Testing
import WorkbookTestSupport

/// The runs of `make_optimizers.py` in which w and b are in groups of their own settings.
struct GroupRuns: Decodable, Sendable {
  struct Run: Decodable, Sendable, CustomTestStringConvertible {
    let optimizer: String
    let options: [[String: Double]]
    let schedule: String?
    let trajectory: [[Double]]

    var testDescription: String { "\(optimizer) \(options) \(schedule ?? "")" }

    func make(_ parameters: [Tensor]) -> (any Optimizer)? {
      let groups = Array(zip(parameters, options))
      func option(_ group: [String: Double], _ name: String, _ standard: Double) -> Double {
        group[name] ?? standard
      }
      func betas(_ group: [String: Double]) -> (Double, Double) {
        (option(group, "beta1", 0.9), option(group, "beta2", 0.999))
      }
      switch optimizer {
      case "SGD":
        return SGD(
          groups.map {
            SGD.Group(
              [$0], lr: option($1, "lr", .nan), momentum: option($1, "momentum", 0),
              weightDecay: option($1, "weight_decay", 0), nesterov: $1["nesterov"] == 1)
          })
      case "Adam":
        return Adam(
          groups.map {
            Adam.Group(
              [$0], lr: option($1, "lr", .nan), betas: betas($1), amsgrad: $1["amsgrad"] == 1)
          })
      case "AdamW":
        return AdamW(
          groups.map {
            AdamW.Group(
              [$0], lr: option($1, "lr", .nan), eps: option($1, "eps", 1e-8),
              weightDecay: option($1, "weight_decay", 1e-2))
          })
      case "RMSprop":
        return RMSprop(
          groups.map {
            RMSprop.Group(
              [$0], lr: option($1, "lr", .nan), momentum: option($1, "momentum", 0),
              centered: $1["centered"] == 1)
          })
      default: return nil
      }
    }

    /// What is to be done after each step.
    func makeSchedule(_ optimizer: any Optimizer) -> () -> Void {
      switch schedule {
      case "StepLR": StepLR(optimizer, stepSize: 10, gamma: 0.5).step
      case "CosineAnnealingLR": CosineAnnealingLR(optimizer, tMax: 40, etaMin: 0.001).step
      default: {}
      }
    }
  }

  let x: [Double]
  let y: [Double]
  let w: [Double]
  let b: [Double]
  let groups: [Run]

  static let all = try? Fixtures.load("optimizers", as: GroupRuns.self)
}

struct GroupsTests {
  @Test func `there are runs of every optimizer`() {
    #expect(Set(GroupRuns.all?.groups.map(\.optimizer) ?? []).count == 4)
  }

  @Test(arguments: GroupRuns.all?.groups ?? [])
  func `groups follow PyTorch's, and schedulers change all`(_ run: GroupRuns.Run) throws {
    let runs = try #require(GroupRuns.all)
    let x = Tensor(runs.x, dtype: .float64).reshape(5, 4)
    let y = Tensor(runs.y, dtype: .float64).reshape(5, 3)
    let w = Tensor(runs.w, dtype: .float64).reshape(3, 4).clone()
    let b = Tensor(runs.b, dtype: .float64)
    (w.requiresGrad, b.requiresGrad) = (true, true)
    let optimizer = try #require(run.make([w, b]))
    let schedule = run.makeSchedule(optimizer)
    for (step, expected) in run.trajectory.enumerated() {
      optimizer.zeroGrad()
      (((x.mm(w.t()) + b).tanh() - y).pow(2).sum() + w.pow(4).sum() / 4).backward()
      optimizer.step()
      schedule()
      for (actual, expected) in zip(w.toArray() + b.toArray(), expected) {
        #expect(abs(actual - expected) <= 1e-10 * max(abs(expected), 0.1), "step \(step)")
      }
    }
  }

  private func parameters() -> (Tensor, Tensor) {
    (Tensor([1], requiresGrad: true), Tensor([1], requiresGrad: true))
  }

  @Test func `settings of a group change between steps`() {
    let (a, b) = parameters()
    let optimizer = SGD([SGD.Group([a], lr: 1), SGD.Group([b], lr: 0.5)])
    #expect(optimizer.lr == 1 && optimizer.lrs == [1, 0.5])
    #expect(optimizer.parameters.count == 2 && optimizer.parameters[1] === b)
    (a.grad, b.grad) = (.ones(1), .ones(1))
    optimizer.paramGroups[1].lr = 0.25
    optimizer.step()
    #expect(a.item() == 0 && b.item() == 0.75)
    optimizer.paramGroups[1].momentum = 0.5
    optimizer.lr = 0.125
    #expect(optimizer.lrs == [0.125, 0.125])
    optimizer.step()
    optimizer.step()
    #expect(a.item() == -0.25 && b.item() == 0.75 - 0.125 - 0.1875)
    optimizer.zeroGrad()
    #expect(a.grad == nil && b.grad == nil)
  }

  @Test func `a rate of its own follows schedulers, too`() {
    final class Own: Optimizer {
      let parameters: [Tensor] = []
      var lr = 1.0
      func step() {}
    }
    let optimizer = Own()
    StepLR(optimizer, stepSize: 1, gamma: 0.5).step()
    #expect(optimizer.lr == 0.5 && optimizer.lrs == [0.5])
  }

  static let mistakes: [(words: String, make: @Sendable () -> Void)] = [
    ("Adam: no parameters to improve", { _ = Adam([Adam.Group]()) }),
    ("SGD: no parameters to improve", { _ = SGD([SGD.Group([])]) }),
    (
      "SGD: a parameter [2] is in group 0 and in group 1",
      {
        let w = Tensor.ones(2, requiresGrad: true)
        _ = SGD([SGD.Group([w]), SGD.Group([w])])
      }
    ),
    (
      "SGD: a parameter [2] is in group 0 twice",
      {
        let w = Tensor.ones(2, requiresGrad: true)
        _ = SGD([w, w])
      }
    ),
    (
      "AdamW: a parameter [2] is in group 1 twice",
      {
        let (a, b) = (Tensor.ones(2, requiresGrad: true), Tensor.ones(2, requiresGrad: true))
        _ = AdamW([AdamW.Group([a]), AdamW.Group([b, b])])
      }
    ),
    (
      "RMSprop: momentum cannot be -1.0",
      { _ = RMSprop([RMSprop.Group([.ones(1, requiresGrad: true)], momentum: -1)]) }
    ),
    (
      "paramGroups: settings may change, parameters may not; make another optimizer",
      {
        let optimizer = SGD([.ones(1, requiresGrad: true)])
        optimizer.paramGroups.append(SGD.Group([.ones(1, requiresGrad: true)]))
      }
    ),
    ("lrs: 2 rates for 1 groups", { SGD([.ones(1, requiresGrad: true)]).lrs = [1, 2] }),
  ]

  @Test(arguments: mistakes.indices)
  func `wrong groups are reported`(_ index: Int) async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index = index as Int] in
      GroupsTests.mistakes[index].make()
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains(Self.mistakes[index].words), "\(message)")
  }
}
