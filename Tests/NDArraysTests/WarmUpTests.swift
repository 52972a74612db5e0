import Testing
import WorkbookTestSupport

@testable import NDArrays

/// The two-layer network of the notes, trained by hand as the first chapter does.
struct WarmUpTests {
  @Test(arguments: [(fixture: "seed7-small", steps: 500), (fixture: "seed0", steps: 100)])
  func `the losses are NumPy's`(name: String, steps: Int) throws {
    let reference = try Fixtures.load(name, as: Reference.self)
    let random = NumPyRandom(seed: reference.seed)
    let x = random.randn(reference.N, reference.D_in)
    let y = random.randn(reference.N, reference.D_out)
    var w1 = random.randn(reference.D_in, reference.H)
    var w2 = random.randn(reference.H, reference.D_out)
    #expect([x[0, 0], y[0, 0], w1[0, 0], w2[0, 0]] == reference.numpy_warmup.first)

    let learningRate = 1e-6
    var losses: [Double] = []
    for _ in 0..<steps {
      let h = x.dot(w1)
      let hRelu = maximum(h, 0)
      let yPred = hRelu.dot(w2)
      losses.append(square(yPred - y).sum())

      let gradYPred = 2.0 * (yPred - y)
      let gradW2 = hRelu.T.dot(gradYPred)
      let gradHRelu = gradYPred.dot(w2.T)
      var gradH = gradHRelu
      gradH[h .< 0] = 0
      let gradW1 = x.T.dot(gradH)

      w1 -= learningRate * gradW1
      w2 -= learningRate * gradW2
    }
    for point in reference.numpy_warmup.losses where Int(point[0]) < steps {
      let (own, theirs) = (losses[Int(point[0])], point[1])
      #expect((own - theirs).magnitude <= 1e-9 * theirs, "step \(point[0])")
    }
  }

  private struct Reference: Decodable {
    struct WarmUp: Decodable {
      let first: [Double]
      let losses: [[Double]]
    }
    let seed, N, D_in, H, D_out: Int
    let numpy_warmup: WarmUp
  }
}
