import Foundation
import NN
import Tensors
import Testing
import WorkbookTestSupport

/// A case of `make_losses.py`.
struct LossCase: Decodable, Sendable, CustomTestStringConvertible {
  let loss: String
  let reduction: String
  let shape: [Int]
  let input: [Double]
  let targetShape: [Int]
  let target: [Double]
  let hasClasses: Bool
  let result: [Double]
  let gradient: [Double]
  let targetGradient: [Double]?

  var testDescription: String { "\(loss) \(reduction) \(shape) \(targetShape)" }

  static let all: [LossCase] = {
    do { return try Fixtures.load("losses", as: [LossCase].self) } catch { return [] }
  }()

  func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor? {
    let reductions: [String: Reduction] = ["none": .none, "mean": .mean, "sum": .sum]
    guard let reduction = reductions[reduction] else { return nil }
    return switch loss {
    case "MSELoss": MSELoss(reduction: reduction)(input, target)
    case "L1Loss": L1Loss(reduction: reduction)(input, target)
    case "CrossEntropyLoss": CrossEntropyLoss(reduction: reduction)(input, target)
    case "BCEWithLogitsLoss": BCEWithLogitsLoss(reduction: reduction)(input, target)
    case "HuberLoss": HuberLoss(reduction: reduction)(input, target)
    case "NLLLoss": NLLLoss(reduction: reduction)(input, target)
    default: nil
    }
  }
}

struct LossTests {
  func isNear(_ actual: [Double], _ expected: [Double], _ tolerance: Double) -> Bool {
    let scale = max(1, expected.map(abs).max() ?? 0)
    return actual.count == expected.count
      && zip(actual, expected).allSatisfy { abs($0 - $1) <= tolerance * scale }
  }

  @Test func `there are cases`() { #expect(LossCase.all.count == 66) }

  @Test(arguments: LossCase.all)
  func `losses agree with PyTorch`(_ sample: LossCase) throws {
    for (dtype, tolerance) in [(DType.float64, 1e-12), (.float32, 2e-6)] {
      let input = Tensor(sample.input, dtype: dtype).reshape(sample.shape).detach()
      let target = Tensor(sample.target, dtype: sample.hasClasses ? .int64 : dtype)
        .reshape(sample.targetShape).detach()
      input.requiresGrad = true
      target.requiresGrad = !sample.hasClasses
      let result = try #require(sample(input, target))
      #expect(isNear(result.toArray(), sample.result, tolerance), "\(dtype): \(result)")
      result.sum().backward()
      let gradient = try #require(input.grad).toArray()
      #expect(isNear(gradient, sample.gradient, tolerance), "\(dtype): \(gradient)")
      if let expected = sample.targetGradient {
        let gradient = try #require(target.grad).toArray()
        #expect(isNear(gradient, expected, tolerance), "\(dtype): \(gradient)")
      }
    }
  }

  @Test func `the mean is the default`() {
    let (a, b) = (Tensor([1, 3]), Tensor([0, 1]))
    #expect(MSELoss()(a, b).item() == 2.5)
    #expect(L1Loss()(a, b).item() == 1.5)
    #expect(CrossEntropyLoss()(Tensor([[0, 0]]), Tensor([1], dtype: .int64)).item() > 0.69)
  }

  /// Of PyTorch, in float64.
  @Test(arguments: [DType.float32, .float64])
  func `a cross entropy near 0 keeps its digits`(dtype: DType) {
    let x = Tensor([10, 16, 20, 0.5, -20, 89], dtype: dtype)
    let expected = [
      4.539889921686465e-05, 1.1253516838717682e-07, 2.061153620314381e-09, 0.4740769841801067,
      20.000000002061153, 2.2273635617957438e-39,
    ]
    let loss = BCEWithLogitsLoss(reduction: .none)
    let (actual, opposite) = (loss(x, .onesLike(x)), loss(-x, .zerosLike(x)))
    let tolerance = dtype == .float32 ? 1.2e-7 : 1e-15
    for (a, b) in zip(actual.toArray() + opposite.toArray(), expected + expected) {
      #expect(a == b || abs(a - b) <= tolerance * b + 1e-44, "\(a), not \(b)")
    }
    let many = Tensor.arange(4000, dtype: dtype) * 0.0234375
    for (x, a) in zip(many.toArray(), loss(many, .onesLike(many)).toArray()) {
      let b = log1p(exp(-x))
      #expect(abs(a - b) <= tolerance * b + 1e-44, "\(a) of \(x), not \(b)")
    }
    #expect(loss(Tensor([Double.nan], dtype: dtype), .ones(1, dtype: dtype)).item().isNaN)
    let inputs = x[..<5].double().clone(), targets = Tensor.full([5], 0.75, dtype: .float64)
    #expect(gradcheck({ loss($0, $1) }, inputs, targets).passed)
  }

  /// Of PyTorch.
  @Test func `infinite scores have an infinite cross entropy, or none`() {
    let x = Tensor([.infinity, -Double.infinity])
    let loss = BCEWithLogitsLoss(reduction: .none)
    #expect("\(loss(x, Tensor([0.3, 0.3])))" == "tensor([inf, nan])")
    #expect("\(loss(x, Tensor([0, 1])))" == "tensor([inf, nan])")
    #expect("\(loss(x, Tensor([1, 0])))" == "tensor([nan, nan])")
  }

  static let mistakes: [(words: String, make: @Sendable () -> Void)] = [
    (
      "MSELoss: the input is [64, 10], the target [64]; reshape one of them",
      { _ = MSELoss()(.zeros(64, 10), .zeros(64)) }
    ),
    ("L1Loss: the input is [2], the target [2, 1]", { _ = L1Loss()(.zeros(2), .zeros(2, 1)) }),
    (
      "CrossEntropyLoss: classes [3] for scores [4, 2]; expected [4]",
      { _ = CrossEntropyLoss()(.zeros(4, 2), .randint(2, [3])) }
    ),
    (
      "CrossEntropyLoss: the index -100 is not in 0..<2, the size of dimension 1",
      { _ = CrossEntropyLoss()(.zeros(1, 2), Tensor([-100], dtype: .int64)) }
    ),
    (
      "NLLLoss: the index 2 is not in 0..<2, the size of dimension 0",
      { _ = NLLLoss()(.zeros(2), Tensor(2, dtype: .int64)) }
    ),
    (
      "CrossEntropyLoss: classes [2] are int64, not float32; make them so with .to(.int64)",
      { _ = CrossEntropyLoss()(.zeros(2, 3), .zeros(2)) }
    ),
    (
      "CrossEntropyLoss: scores are [N, C] or [C], not []",
      { _ = CrossEntropyLoss()(.zeros(), .zeros()) }
    ),
    (
      "NLLLoss: classes [2] are int64, not float32",
      { _ = NLLLoss()(.zeros(2, 3), .zeros(2)) }
    ),
    ("HuberLoss: delta cannot be 0.0", { _ = HuberLoss(delta: 0) }),
    (
      "Embedding: the numbers are int64, not float32; make them so with .to(.int64)",
      { _ = Embedding(3, 2)(.zeros(2)) }
    ),
    (
      "Embedding: the number 3 is not in 0..<3, of which there are vectors",
      { _ = Embedding(3, 2)(Tensor([3]).long()) }
    ),
    (
      "Embedding: the number -1 is not in 0..<3, of which there are vectors",
      { _ = Embedding(3, 2)(Tensor([[0, -1]]).long()) }
    ),
    (
      "Embedding: the number -1 is not in 0..<3, of which there are vectors",
      {
        let (embedding, x) = (Embedding(3, 2), Tensor([1], dtype: .int64))
        let graph = Graph { embedding(x) }
        x.fill(-1)
        graph.replay()
      }
    ),
    (
      "LayerNorm: the last sizes of [2, 4] are not [3]",
      { _ = LayerNorm([3])(.zeros(2, 4)) }
    ),
    ("Dropout: a probability is in 0...1, not 1.5", { _ = Dropout(1.5) }),
    (
      "linear: cannot multiply [64, 3] by [4, 5]; the inner sizes 3 and 4 differ",
      { _ = Linear(4, 5)(.zeros(64, 3)) }
    ),
  ]

  @Test(arguments: mistakes.indices)
  func `mistakes are reported`(_ index: Int) async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index = index as Int] in
      LossTests.mistakes[index].make()
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains(Self.mistakes[index].words), "\(message)")
  }
}
