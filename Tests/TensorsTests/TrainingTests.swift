import Tensors
import Testing

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

/// A debug build runs the small network, a release build the one of the book.
#if DEBUG
  let trainingFixture = "seed7-small"
#else
  let trainingFixture = "seed0"
#endif

@Suite("The book's loops by hand train as PyTorch's", .ownGenerator)
struct TrainingTests {
  let reference: Reference
  let x: Tensor
  let y: Tensor
  let w1: Tensor
  let w2: Tensor
  let learningRate = 1e-6

  init() throws {
    reference = try Fixtures.load(trainingFixture, as: Reference.self)
    manualSeed(reference.seed)
    x = .randn(reference.N, reference.D_in)
    y = .randn(reference.N, reference.D_out)
    w1 = .randn(reference.D_in, reference.H)
    w2 = .randn(reference.H, reference.D_out)
  }

  let bounds = Bounds(slack: [1e-4, 1e-3, 5e-2])

  @Test func theFirstNumbersArePyTorchs() throws {
    let first = try #require(reference.float32["tensor_autograd_function"]).first
    for (tensor, expected) in zip([x, y, w1, w2], first) {
      #expect(abs(tensor[0, 0].item() - expected) <= 1.2e-6)
    }
  }

  @Test func gradientsByHand() throws {
    var losses: [(Int, Double)] = []
    for t in 0..<500 {
      let h = x.mm(w1)
      let hRelu = h.clamp(min: 0)
      let yPred = hRelu.mm(w2)
      let loss = (yPred - y).pow(2).sum().item()
      if t % 100 == 99 { losses.append((t, loss)) }
      let gradYPred = 2.0 * (yPred - y)
      let gradW2 = hRelu.t().mm(gradYPred)
      let gradHRelu = gradYPred.mm(w2.t())
      let gradH = gradHRelu.clone()
      gradH[h .< 0] = 0
      let gradW1 = x.t().mm(gradH)
      w1 -= learningRate * gradW1
      w2 -= learningRate * gradW2
    }
    try bounds.check(losses, reference, "tensor_autograd_function")
  }
}
