import NDArrays
import NN
import Optim
import Tensors

private let (N, D_in, H, D_out) = (64, 1000, 100, 10)
private let steps = 500

/// The eight training loops, as the chapters write them, and those of one shape replayed.
func loopsWork(_ limits: Limits) -> [Work] {
  // Two products forward; backward one for each weight and one for the hidden layer.
  let operations = 2.0 * Double(N * (2 * D_in * H + 3 * H * D_out))
  let random = PythonRandom(seed: 0)
  let repeats = (0..<steps).reduce(0) { sum, _ in sum + random.randint(0, 3) }
  let middle = 2.0 * Double(N * 3 * H * H) * Double(repeats) / Double(steps)

  func work(
    _ name: String, _ operations: Double, _ rate: Double, _ prepare: @escaping () -> () -> Void
  ) -> Work {
    Work(
      name: name, limit: operations / rate, peerCommand: "loop \(name)", repetitions: steps,
      prepare: prepare)
  }
  let captured: [(name: String, prepare: () -> () -> Tensor)] = [
    ("tensors", tensors),
    ("autograd", { autograd { $0.clamp(min: 0) } }),
    ("custom-functions", { autograd(MyReLU.apply) }),
    ("nn", nn),
    ("optim", { optimized(sequential()) { Adam($0, lr: 1e-4) } }),
    ("custom-modules", { optimized(TwoLayerNet()) { SGD($0, lr: 1e-4) } }),
  ]
  return [work("warm-up", operations, limits.float64, warmUp)]
    + captured.map { name, prepare in
      work(name, operations, limits.float32) { eager(prepare()) }
    }
    + [
      work("control-flow", operations + middle, limits.float32) {
        eager(optimized(DynamicNet()) { SGD($0, lr: 1e-4) })
      }
    ]
    + captured.map { name, prepare in
      Work(
        name: name + "-replayed", limit: operations / limits.float32,
        peerCommand: "compiled \(name)", repetitions: steps
      ) {
        let step = Graph(prepare())
        return { keep(step.replay().item()) }
      }
    }
}

private func eager(_ step: @escaping () -> Tensor) -> () -> Void { { keep(step().item()) } }

private func warmUp() -> () -> Void {
  let random = NumPyRandom(seed: 0)
  let x = random.randn(N, D_in)
  let y = random.randn(N, D_out)
  var w1 = random.randn(D_in, H)
  var w2 = random.randn(H, D_out)
  let learningRate = 1e-6
  return {
    let h = x.dot(w1)
    let hRelu = maximum(h, 0)
    let yPred = hRelu.dot(w2)
    keep(square(yPred - y).sum())
    let gradYPred = 2.0 * (yPred - y)
    let gradW2 = hRelu.T.dot(gradYPred)
    let gradHRelu = gradYPred.dot(w2.T)
    var gradH = gradHRelu
    gradH[h .< 0] = 0
    let gradW1 = x.T.dot(gradH)
    w1 -= learningRate * gradW1
    w2 -= learningRate * gradW2
  }
}

private func data() -> (Tensor, Tensor) {
  manualSeed(0)
  return (Tensor.randn(N, D_in), Tensor.randn(N, D_out))
}

private func tensors() -> () -> Tensor {
  let (x, y) = data()
  let w1 = Tensor.randn(D_in, H)
  let w2 = Tensor.randn(H, D_out)
  let learningRate = 1e-6
  return {
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
    w1 -= learningRate * gradW1
    w2 -= learningRate * gradW2
    return loss
  }
}

private struct MyReLU: Function {
  static func forward(_ ctx: Context, _ input: Tensor) -> Tensor {
    ctx.saveForBackward(input)
    return input.clamp(min: 0)
  }

  static func backward(_ ctx: Context, _ gradOutput: Tensor) -> Tensor {
    let input = ctx.savedTensors[0]
    let gradInput = gradOutput.clone()
    gradInput[input .< 0] = 0
    return gradInput
  }
}

private func autograd(_ activation: @escaping (Tensor) -> Tensor) -> () -> Tensor {
  let (x, y) = data()
  let w1 = Tensor.randn(D_in, H, requiresGrad: true)
  let w2 = Tensor.randn(H, D_out, requiresGrad: true)
  let learningRate = 1e-6
  return {
    let yPred = activation(x.mm(w1)).mm(w2)
    let loss = (yPred - y).pow(2).sum()
    loss.backward()
    noGrad {
      w1 -= learningRate * w1.grad!
      w2 -= learningRate * w2.grad!
      w1.grad?.zero()
      w2.grad?.zero()
    }
    return loss
  }
}

private func sequential() -> Sequential { Sequential(Linear(D_in, H), ReLU(), Linear(H, D_out)) }

private func nn() -> () -> Tensor {
  let (x, y) = data()
  let model = sequential()
  let lossFn = MSELoss(reduction: .sum)
  let learningRate = 1e-4
  return {
    let loss = lossFn(model(x), y)
    model.zeroGrad()
    loss.backward()
    noGrad {
      for parameter in model.parameters() { parameter -= learningRate * parameter.grad! }
    }
    return loss
  }
}

private final class TwoLayerNet: Module {
  let linear1 = Linear(D_in, H)
  let linear2 = Linear(H, D_out)

  func forward(_ x: Tensor) -> Tensor { linear2(linear1(x).clamp(min: 0)) }
}

private final class DynamicNet: Module {
  let inputLinear = Linear(D_in, H)
  let middleLinear = Linear(H, H)
  let outputLinear = Linear(H, D_out)
  let random = PythonRandom(seed: 0)

  func forward(_ x: Tensor) -> Tensor {
    var hRelu = inputLinear(x).clamp(min: 0)
    for _ in 0..<random.randint(0, 3) { hRelu = middleLinear(hRelu).clamp(min: 0) }
    return outputLinear(hRelu)
  }
}

private func optimized(
  _ makeModel: @autoclosure () -> any Module, _ makeOptimizer: ([Tensor]) -> any Optimizer
) -> () -> Tensor {
  let (x, y) = data()
  let model = makeModel()
  let criterion = MSELoss(reduction: .sum)
  let optimizer = makeOptimizer(model.parameters())
  return {
    let loss = criterion(model(x), y)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  }
}

/// Uses a result, so that it must be computed.
@inline(never)
private func keep(_ loss: Double) {}
