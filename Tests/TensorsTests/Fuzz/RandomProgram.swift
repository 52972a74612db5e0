import Tensors
import WorkbookTestTools

/// A program of operations, in the words of `run_programs.py`.
struct RandomProgram: Codable, Sendable {
  struct Array: Codable, Sendable {
    let shape: [Int]
    let elements: [Double]

    init(_ x: Tensor) { (shape, elements) = (x.shape, x.toArray()) }

    var tensor: Tensor { Tensor(elements, dtype: .float64).reshape(shape).clone() }
  }

  struct Step: Codable, Sendable {
    let name: String
    /// The values that it is applied to, by their numbers.
    let of: [Int]
    var arguments: [Double] = []
  }

  let inputs: [Array]
  var steps: [Step] = []

  /// What PyTorch makes of it, if that is finite.
  struct Answer: Codable, Sendable {
    let values: [Array]
    let gradients: [Array]
  }

  /// What an operation is here.
  static let operations: [String: @Sendable ([Tensor], [Double]) -> Tensor] = [
    "neg": { x, _ in -x[0] }, "tanh": { x, _ in x[0].tanh() },
    "sigmoid": { x, _ in x[0].sigmoid() }, "sin": { x, _ in x[0].sin() },
    "cos": { x, _ in x[0].cos() }, "erf": { x, _ in x[0].erf() },
    "relu": { x, _ in x[0].relu() }, "abs": { x, _ in x[0].abs() },
    "square": { x, _ in x[0].square() }, "cube": { x, _ in x[0].pow(3) },
    "exp": { x, _ in x[0].exp() }, "logOfAbs": { x, _ in (x[0].abs() + 0.5).log() },
    "rootOfAbs": { x, _ in (x[0].abs() + 0.5).sqrt() },
    "powOfAbs": { x, a in (x[0].abs() + 0.5).pow(a[0]) },
    "softmax": { x, a in x[0].softmax(dim: Int(a[0])) },
    "logSoftmax": { x, a in x[0].logSoftmax(dim: Int(a[0])) },
    "clamp": { x, a in x[0].clamp(min: a[0], max: a[1]) },
    "addNumber": { x, a in x[0] + a[0] }, "mulNumber": { x, a in x[0] * a[0] },
    "numberSub": { x, a in a[0] - x[0] }, "numberDiv": { x, a in a[0] / (x[0].abs() + 1) },
    "add": { x, _ in x[0] + x[1] }, "sub": { x, _ in x[0] - x[1] },
    "mul": { x, _ in x[0] * x[1] }, "div": { x, _ in x[0] / (x[1].abs() + 1) },
    "maximum": { x, _ in x[0].maximum(x[1]) }, "minimum": { x, _ in x[0].minimum(x[1]) },
    "where": { x, _ in .where(x[0] .> x[1], x[0] * 2, x[1]) },
    "matmul": { x, _ in x[0].matmul(x[1]) },
    "gram": { x, _ in x[0].matmul(x[0].transpose(-1, -2)) },
    "linear": { x, _ in x[0].linear(x[1]) },
    "sum": { x, _ in x[0].sum() }, "mean": { x, _ in x[0].mean() },
    "norm": { x, _ in x[0].norm() },
    "sumDim": { x, a in x[0].sum(dim: Int(a[0])) },
    "meanKeep": { x, a in x[0].mean(dim: Int(a[0]), keepDim: true) },
    "amax": { x, a in x[0].amax(dim: Int(a[0])) },
    "amin": { x, a in x[0].amin(dim: Int(a[0]), keepDim: true) },
    "prod": { x, a in x[0].prod(dim: Int(a[0])) },
    "std": { x, a in x[0].std(dim: Int(a[0])) },
    "variance": { x, a in x[0].var(dim: Int(a[0]), correction: 0, keepDim: true) },
    "normDim": { x, a in x[0].norm(dim: Int(a[0])) },
    "transpose": { x, a in x[0].transpose(Int(a[0]), Int(a[1])) },
    "T": { x, _ in x[0].T }, "flatten": { x, _ in x[0].flatten() },
    "column": { x, _ in x[0].reshape(-1, 1) },
    "unsqueeze": { x, a in x[0].unsqueeze(Int(a[0])) }, "squeeze": { x, _ in x[0].squeeze() },
    "expand": { x, a in x[0].expand([Int(a[0])] + x[0].shape) },
    "select": { x, a in x[0][Int(a[0])] }, "last": { x, a in x[0][..., Int(a[0])] },
    "slice": { x, a in x[0][Int(a[0])..<Int(a[1])] },
    "stepped": { x, a in x[0][..., .stride(from: Int(a[0]), by: Int(a[1]))] },
    "newAxis": { x, _ in x[0][0..., .newAxis] },
    "rows": { x, a in x[0][a.map { Int($0) }] },
    "rowsOfRows": { x, a in x[0][Tensor(a, dtype: .int64).reshape(2, -1)] },
    "pairs": { x, a in
      let places = a.map { Int($0) }
      return x[0][Swift.Array(places.prefix(a.count / 2)), Swift.Array(places.suffix(a.count / 2))]
    },
    "gather": { x, a in
      x[0].gather(dim: -1, Tensor(a, dtype: .int64).reshape(x[0].shape.dropLast() + [-1]))
    },
    "positive": { x, _ in x[0][x[0] .> 0] },
    "cat": { x, _ in .cat([x[0], x[1], x[0]]) },
    "stack": { x, _ in .stack([x[0], x[1]], dim: -1) },
    "unbind": { x, _ in .stack(x[0].unbind().reversed()) },
    "assignRow": { x, a in change(x[0]) { $0[Int(a[0])] = x[1] } },
    "assignSteps": { x, _ in change(x[0]) { $0[..., .stride(by: 2)] = x[1] } },
    "assignMask": { x, a in change(x[0]) { $0[x[0] .< 0] = a[0] } },
  ]

  private static func change(_ x: Tensor, _ change: (Tensor) -> Void) -> Tensor {
    let y = x.clone()
    change(y)
    return y
  }

  /// The inputs and all results, in elements of a type.
  func run(_ dtype: DType = .float64) -> [Tensor] { run(on: leaves(dtype)) }

  /// The inputs, in elements of a type.
  func leaves(_ dtype: DType) -> [Tensor] {
    inputs.map { input in
      let x = input.tensor.to(dtype).detach()
      x.requiresGrad = true
      return x
    }
  }

  /// Some inputs and all results.
  func run(on leaves: [Tensor]) -> [Tensor] {
    var values = leaves
    for step in steps {
      values.append(Self.operations[step.name]!(step.of.map { values[$0] }, step.arguments))
    }
    return values
  }

  /// What is walked back from: every value that no step uses, weighted.
  func loss(_ values: [Tensor]) -> Tensor {
    let used = Set(steps.flatMap(\.of))
    return values.indices.filter { !used.contains($0) }.reduce(Tensor(0, dtype: values[0].dtype)) {
      let x = values[$1].flatten()
      let weights = Tensor((0..<x.count).map { Double($0 % 7) - 2.5 }, dtype: x.dtype)
      return $0 + (x * weights).sum()
    }
  }

  /// What differs from PyTorch's answer, in one line; nil if nothing does.
  func difference(from answer: Answer, _ dtype: DType = .float64) -> String? {
    // Sums of other orders differ by roundings, which gradients add up.
    let tolerance = dtype == .float64 ? 1e-9 : 5e-4
    let values = run(dtype)
    for (i, expected) in answer.values.enumerated()
    where !isNear(values[inputs.count + i], expected, tolerance) {
      let step = steps[i]
      return "\(dtype): \(step.name)\(step.of) \(step.arguments) is \(values[inputs.count + i])"
    }
    loss(values).backward()
    for (i, expected) in answer.gradients.enumerated() {
      let gradient = values[i].grad ?? .zerosLike(values[i])
      if !isNear(gradient, expected, tolerance) {
        return "\(dtype): the gradient of input \(i) is \(gradient), not \(expected.elements)"
      }
    }
    return nil
  }

  private func isNear(_ actual: Tensor, _ expected: Array, _ tolerance: Double) -> Bool {
    let scale = max(1, expected.elements.map(abs).max() ?? 0)
    return actual.shape == expected.shape
      && zip(actual.toArray(), expected.elements).allSatisfy { abs($0 - $1) <= tolerance * scale }
  }
}
