import NDArrays
import NN
import Optim
import Tensors
import Testing
import WorkbookTestSupport

/// The trajectories of one seed and size, from NumPy and PyTorch.
struct Reference: Decodable {
  struct Run: Decodable {
    let first: [Double]
    let losses: [[Double]]
  }
  let seed: Int
  let N: Int
  let D_in: Int
  let H: Int
  let D_out: Int
  let float32: [String: Run]
  let float64: [String: Run]
}

/// The bounds on a trajectory: how far from PyTorch's in float64 each printed loss may be, beyond
/// three times the distance of PyTorch's own float32, relative to the loss; later ones may be ten
/// times PyTorch's.
struct Bounds {
  let slack: [Double]

  func check(_ losses: [(Int, Double)], _ reference: Reference, _ name: String) throws {
    let float32 = try #require(reference.float32[name]?.losses)
    let float64 = try #require(reference.float64[name]?.losses)
    #expect(losses.map { Double($0.0) } == float32.map { $0[0] })
    for (i, (step, loss)) in losses.enumerated() {
      let (single, double) = (float32[i][1], float64[i][1])
      if i < slack.count {
        let bound = 3 * abs(single - double) + slack[i] * double
        #expect(abs(loss - double) <= bound, "step \(step): \(loss), PyTorch \(single)")
      } else {
        #expect(loss <= 10 * single, "step \(step): \(loss), PyTorch \(single)")
      }
    }
  }
}

@Suite(.ownGenerator)
struct TrainingTests {
  let reference: Reference
  let x: Tensor
  let y: Tensor
  let w1: Tensor
  let w2: Tensor
  let learningRate = 1e-6

  init() throws {
    reference = try Fixtures.load("seed7-small", as: Reference.self)
    manualSeed(reference.seed)
    x = .randn(reference.N, reference.D_in)
    y = .randn(reference.N, reference.D_out)
    w1 = .randn(reference.D_in, reference.H)
    w2 = .randn(reference.H, reference.D_out)
  }

  let byHand = Bounds(slack: [1e-4, 1e-3, 5e-2])

  @Test func `the first numbers are PyTorch's`() throws {
    let first = try #require(reference.float32["tensor_autograd_function"]).first
    for (tensor, expected) in zip([x, y, w1, w2], first) {
      #expect(abs(tensor[0, 0].item() - expected) <= 1.2e-6)
    }
  }

  /// Runs 500 steps and keeps the losses that the book prints.
  func train(_ step: () -> Tensor) -> [(Int, Double)] {
    var losses: [(Int, Double)] = []
    for t in 0..<500 {
      let loss = step()
      if t % 100 == 99 { losses.append((t, loss.item())) }
    }
    return losses
  }

  @Test func `gradients by hand train as PyTorch's`() throws {
    let losses = train {
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
    try byHand.check(losses, reference, "tensor_autograd_function")
  }

  func trainWithAutograd(_ relu: (Tensor) -> Tensor) throws {
    w1.requiresGrad = true
    w2.requiresGrad = true
    let losses = train {
      let loss = (relu(x.mm(w1)).mm(w2) - y).pow(2).sum()
      loss.backward()
      noGrad {
        w1 -= learningRate * w1.grad!
        w2 -= learningRate * w2.grad!
        w1.grad?.zero()
        w2.grad?.zero()
      }
      return loss
    }
    try byHand.check(losses, reference, "tensor_autograd_function")
  }

  @Test func `autograd trains as PyTorch's`() throws { try trainWithAutograd { $0.clamp(min: 0) } }

  struct MyReLU: Function {
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

  @Test func `custom functions train as PyTorch's`() throws {
    let relu = MyReLU.apply
    try trainWithAutograd(relu)
  }

  /// The network's data and a seed behind it, as the book's chapters with modules begin.
  func data() -> (x: Tensor, y: Tensor) {
    manualSeed(reference.seed)
    return (
      .randn(reference.N, reference.D_in), .randn(reference.N, reference.D_out)
    )
  }

  func sequential() -> Sequential {
    Sequential(
      Linear(reference.D_in, reference.H), ReLU(), Linear(reference.H, reference.D_out))
  }

  @Test func `modules train as PyTorch's`() throws {
    let (x, y) = data()
    let model = sequential()
    let lossFn = MSELoss(reduction: .sum)
    let first = try #require(reference.float32["nn_module_sgd"]).first
    #expect(model.parameters()[0][0, 0].item() == first[2])
    let losses = train {
      let loss = lossFn(model(x), y)
      model.zeroGrad()
      loss.backward()
      noGrad {
        for param in model.parameters() { param -= 1e-4 * param.grad! }
      }
      return loss
    }
    try Bounds(slack: [1e-4, 1e-4, 1e-4, 1e-4, 1e-4]).check(losses, reference, "nn_module_sgd")
  }

  func train(_ model: some Module, _ optimizer: some Optimizer, _ x: Tensor, _ y: Tensor)
    -> [(Int, Double)]
  {
    let lossFn = MSELoss(reduction: .sum)
    return train {
      let loss = lossFn(model(x), y)
      optimizer.zeroGrad()
      loss.backward()
      optimizer.step()
      return loss
    }
  }

  @Test func `Adam trains as PyTorch's`() throws {
    let (x, y) = data()
    let model = sequential()
    let losses = train(model, Adam(model.parameters(), lr: 1e-4), x, y)
    try Bounds(slack: [5e-3, 5e-3, 5e-3, 5e-3, 1e-2]).check(losses, reference, "optim_adam")
  }

  final class TwoLayerNet: Module {
    let linear1: Linear
    let linear2: Linear

    init(_ dIn: Int, _ h: Int, _ dOut: Int) {
      linear1 = Linear(dIn, h)
      linear2 = Linear(h, dOut)
    }

    func forward(_ x: Tensor) -> Tensor { linear2(linear1(x).clamp(min: 0)) }
  }

  @Test func `custom modules train as PyTorch's`() throws {
    let (x, y) = data()
    let model = TwoLayerNet(reference.D_in, reference.H, reference.D_out)
    let losses = train(model, SGD(model.parameters(), lr: 1e-4), x, y)
    try Bounds(slack: [1e-4, 1e-4, 1e-4, 1e-4, 1e-4]).check(losses, reference, "nn_module_sgd")
  }

  final class DynamicNet: Module {
    let inputLinear: Linear
    let middleLinear: Linear
    let outputLinear: Linear
    let random: PythonRandom

    init(_ dIn: Int, _ h: Int, _ dOut: Int, _ random: PythonRandom) {
      inputLinear = Linear(dIn, h)
      middleLinear = Linear(h, h)
      outputLinear = Linear(h, dOut)
      self.random = random
    }

    func forward(_ x: Tensor) -> Tensor {
      var hRelu = inputLinear(x).clamp(min: 0)
      for _ in 0..<random.randint(0, 3) { hRelu = middleLinear(hRelu).clamp(min: 0) }
      return outputLinear(hRelu)
    }
  }

  @Test func `control flow trains as PyTorch's`() throws {
    let (x, y) = data()
    let model = DynamicNet(
      reference.D_in, reference.H, reference.D_out, PythonRandom(seed: reference.seed))
    let losses = train(model, SGD(model.parameters(), lr: 1e-4), x, y)
    try Bounds(slack: [1e-3, 5e-3, 1e-2, 2e-2, 5e-2]).check(losses, reference, "dynamic")
  }
}
