import Optim
import Tensors
import Testing

struct SchedulerTests {
  private func rates(_ steps: Int, _ make: (any Optimizer) -> () -> Void) -> [Double] {
    let optimizer = Adam([Tensor([1], requiresGrad: true)], lr: 0.1)
    let step = make(optimizer)
    return (0..<steps).map { _ in
      step()
      return optimizer.lr
    }
  }

  private func areNear(_ actual: [Double], _ expected: [Double]) -> Bool {
    actual.count == expected.count && zip(actual, expected).allSatisfy { abs($0 - $1) < 1e-15 }
  }

  /// The rates of PyTorch 2.13 after each step, printed by its schedulers of the same names.
  @Test func `rates are those of PyTorch`() {
    #expect(
      areNear(
        rates(5) { StepLR($0, stepSize: 2, gamma: 0.3).step }, [0.1, 0.03, 0.03, 0.009, 0.009]))
    #expect(
      areNear(
        rates(6) { CosineAnnealingLR($0, tMax: 5, etaMin: 0.01).step },
        [
          0.09140576474687263, 0.06890576474687263, 0.04109423525312736, 0.018594235253127367, 0.01,
          0.018594235253127367,
        ]))
  }

  /// Of PyTorch, whose schedules go on from the rate that they find.
  @Test func `schedules of one optimizer change its rates together`() {
    let both = rates(6) { optimizer in
      let steps = StepLR(optimizer, stepSize: 1, gamma: 0.5)
      let cosine = CosineAnnealingLR(optimizer, tMax: 4)
      return {
        steps.step()
        cosine.step()
      }
    }
    #expect(
      areNear(
        both,
        [
          0.04267766952966369, 0.012500000000000002, 0.0018305826175840783, 0,
          0.014644660940672624, 0.025,
        ]))
    let set = rates(2) { optimizer in
      let cosine = CosineAnnealingLR(optimizer, tMax: 4)
      return {
        optimizer.lr *= 10
        cosine.step()
      }
    }
    #expect(areNear(set, [0.8535533905932738, 5]))
  }

  static let schedulers: [@Sendable (any Optimizer) -> () -> Void] = [
    { StepLR($0, stepSize: 1).step }, { CosineAnnealingLR($0, tMax: 2).step },
  ]

  @Test(arguments: schedulers.indices)
  func `no graph captures a step of a schedule`(_ index: Int) async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index = index as Int] in
      let optimizer = SGD([.ones(1, requiresGrad: true)])
      _ = Graph(SchedulerTests.schedulers[index](optimizer))
    }
    let name = ["StepLR", "CosineAnnealingLR"][index]
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("\(name): a Graph is being captured"), "\(message)")
  }

  final class Plain: Optimizer {
    let parameters: [Tensor] = []
    func step() {}
  }

  @Test func `an optimizer without a rate says so`() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { StepLR(Plain(), stepSize: 1).step() }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("lr: Plain has no learning rate to read and set"), "\(message)")
  }
}
