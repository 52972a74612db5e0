import NDArrays
import NN
import Optim
import Tensors

private let (N, D_in, H, D_out) = (64, 1000, 100, 10)
private let steps = 500

/// The eight training loops, as the chapters write them.
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
  return [
    work("warm-up", operations, limits.float64, warmUp),
    work("tensors", operations, limits.float32, tensors),
    work("autograd", operations, limits.float32) { autograd { $0.clamp(min: 0) } },
    work("custom-functions", operations, limits.float32) { autograd(MyReLU.apply) },
    work("nn", operations, limits.float32, nn),
    work("optim", operations, limits.float32) {
      optimized(sequential()) { Adam($0, lr: 1e-4) }
    },
    work("custom-modules", operations, limits.float32) {
      optimized(TwoLayerNet()) { SGD($0, lr: 1e-4) }
    },
    work("control-flow", operations + middle, limits.float32) {
      optimized(DynamicNet()) { SGD($0, lr: 1e-4) }
    },
  ]
}

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

private func tensors() -> () -> Void {
  let (x, y) = data()
  let w1 = Tensor.randn(D_in, H)
  let w2 = Tensor.randn(H, D_out)
  let learningRate = 1e-6
  return {
    let h = x.mm(w1)
    let hRelu = h.clamp(min: 0)
    let yPred = hRelu.mm(w2)
    keep((yPred - y).pow(2).sum().item())
    let gradYPred = 2.0 * (yPred - y)
    let gradW2 = hRelu.t().mm(gradYPred)
    let gradHRelu = gradYPred.mm(w2.t())
    let gradH = gradHRelu.clone()
    gradH[h .< 0] = 0
    let gradW1 = x.t().mm(gradH)
    w1 -= learningRate * gradW1
    w2 -= learningRate * gradW2
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

private func autograd(_ activation: @escaping (Tensor) -> Tensor) -> () -> Void {
  let (x, y) = data()
  let w1 = Tensor.randn(D_in, H, requiresGrad: true)
  let w2 = Tensor.randn(H, D_out, requiresGrad: true)
  let learningRate = 1e-6
  return {
    let yPred = activation(x.mm(w1)).mm(w2)
    let loss = (yPred - y).pow(2).sum()
    keep(loss.item())
    loss.backward()
    noGrad {
      w1 -= learningRate * w1.grad!
      w2 -= learningRate * w2.grad!
      w1.grad?.zero()
      w2.grad?.zero()
    }
  }
}

private func sequential() -> Sequential { Sequential(Linear(D_in, H), ReLU(), Linear(H, D_out)) }

private func nn() -> () -> Void {
  let (x, y) = data()
  let model = sequential()
  let lossFn = MSELoss(reduction: .sum)
  let learningRate = 1e-4
  return {
    let loss = lossFn(model(x), y)
    keep(loss.item())
    model.zeroGrad()
    loss.backward()
    noGrad {
      for parameter in model.parameters() { parameter -= learningRate * parameter.grad! }
    }
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
) -> () -> Void {
  let (x, y) = data()
  let model = makeModel()
  let criterion = MSELoss(reduction: .sum)
  let optimizer = makeOptimizer(model.parameters())
  return {
    let loss = criterion(model(x), y)
    keep(loss.item())
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
  }
}

/// Uses a result, so that it must be computed.
@inline(never)
private func keep(_ loss: Double) {}
