import Tensors
import WorkbookTestTools

extension RandomProgram {
  /// A program of up to 14 steps, the same for the same numbers.
  ///
  /// It is run while it is made, since what can follow depends on shapes and sizes.
  init(using random: inout SplitMix64) {
    var inputs: [Tensor] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let shape = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Int.random(in: 1...4, using: &random)
      }
      let elements = (0..<shape.reduce(1, *)).map { _ in
        Double.random(in: -2...2, using: &random)
      }
      inputs.append(Tensor(elements, dtype: .float64).reshape(shape).clone())
    }
    self.inputs = inputs.map(Array.init)
    var values = inputs
    let count = Int.random(in: 2...14, using: &random)
    while steps.count < count {
      // Later values more often, so that programs are deep.
      let pick = { (random: inout SplitMix64) in
        max(
          Int.random(in: 0..<values.count, using: &random),
          Int.random(in: 0..<values.count, using: &random))
      }
      guard let step = Self.step(values, pick(&random), pick(&random), &random),
        let operation = Self.operations[step.name]
      else { continue }
      let result = noGrad { operation(step.of.map { values[$0] }, step.arguments) }
      guard (1...200).contains(result.count), result.ndim <= 5,
        result.abs().max().item() < 1e4
      else { continue }
      // Where nothing spreads, roundings decide the gradient.
      if step.name == "std", result.min().item() < 1e-6 { continue }
      steps.append(step)
      values.append(result)
    }
  }

  /// A step for a value, and for another where it fits; nil if what came up does not.
  private static func step(
    _ values: [Tensor], _ i: Int, _ j: Int, _ random: inout SplitMix64
  ) -> Step? {
    let (x, y) = (values[i], values[j])
    let rows = x.shape.first ?? 0
    func place(_ size: Int, _ random: inout SplitMix64) -> Double {
      Double(Int.random(in: -size..<size, using: &random))
    }
    func places(_ count: Int, _ size: Int, _ random: inout SplitMix64) -> [Double] {
      (0..<count).map { _ in place(size, &random) }
    }
    func one(_ name: String, _ arguments: Double...) -> Step {
      Step(name: name, of: [i], arguments: arguments)
    }
    func two(_ name: String) -> Step { Step(name: name, of: [i, j]) }
    let isSmall = x.abs().max().item() < 4
    switch Int.random(in: 0..<12, using: &random) {
    case 0, 1:
      let names = [
        "neg", "tanh", "sigmoid", "sin", "cos", "erf", "relu", "abs", "logOfAbs", "rootOfAbs",
      ]
      return one(names.randomElement(using: &random)!)
    case 2:
      return isSmall ? one(["square", "cube", "exp"].randomElement(using: &random)!) : one("tanh")
    case 3:
      let c = Double.random(in: -2...2, using: &random)
      let name = ["addNumber", "mulNumber", "numberSub", "numberDiv", "powOfAbs", "assignMask"]
        .randomElement(using: &random)!
      return Bool.random(using: &random)
        ? one(name, c) : one("clamp", -c.magnitude, c.magnitude / 2)
    case 4, 5:
      guard isBroadcastable(x.shape, y.shape) else { return nil }
      return two(
        ["add", "sub", "mul", "div", "maximum", "minimum", "where"].randomElement(using: &random)!)
    case 6:
      if x.ndim >= 2, Bool.random(using: &random) { return one("gram") }
      guard x.ndim >= 1, y.ndim >= 1 else { return nil }
      if y.ndim == 2, x.shape.last == y.shape.last { return two("linear") }
      let inner = y.ndim == 1 ? y.shape[0] : y.shape[y.ndim - 2]
      guard x.shape.last == inner,
        isBroadcastable(x.shape.dropLast(2), y.shape.dropLast(2))
      else { return nil }
      return two("matmul")
    case 7:
      if x.ndim == 0 || Int.random(in: 0..<5, using: &random) == 0 {
        return one(["sum", "mean", "norm"].randomElement(using: &random)!)
      }
      let dim = Int.random(in: -x.ndim..<x.ndim, using: &random)
      let size = x.shape[dim < 0 ? dim + x.ndim : dim]
      var names = ["sumDim", "meanKeep", "amax", "amin", "variance", "normDim", "softmax"]
      names += ["logSoftmax"] + (size > 1 ? ["std"] : []) + (isSmall ? ["prod"] : [])
      return one(names.randomElement(using: &random)!, Double(dim))
    case 8:
      if x.ndim >= 2, Bool.random(using: &random) {
        return one("transpose", place(x.ndim, &random), place(x.ndim, &random))
      }
      let dim = Double(Int.random(in: 0...x.ndim, using: &random))
      if Bool.random(using: &random) { return one("unsqueeze", dim) }
      if Bool.random(using: &random) { return one("expand", Double(Int(dim) + 1)) }
      return one(["T", "flatten", "column", "squeeze"].randomElement(using: &random)!)
    case 9:
      guard x.ndim >= 1 else { return nil }
      switch Int.random(in: 0..<5, using: &random) {
      case 0: return one("select", place(rows, &random))
      case 1: return one("last", place(x.shape[x.ndim - 1], &random))
      case 2: return one("stepped", Double.random(in: 0...1, using: &random).rounded(), 2)
      case 3: return one("newAxis")
      default:
        let first = Int.random(in: 0..<rows, using: &random)
        return one(
          "slice", Double(first), Double(Int.random(in: first + 1...rows, using: &random)))
      }
    case 10:
      guard x.ndim >= 1 else { return nil }
      switch Int.random(in: 0..<6, using: &random) {
      case 0: return Step(name: "rows", of: [i], arguments: places(3, rows, &random))
      case 1: return Step(name: "rowsOfRows", of: [i], arguments: places(4, rows, &random))
      case 2 where x.ndim >= 2:
        return Step(
          name: "pairs", of: [i],
          arguments: places(3, rows, &random) + places(3, x.shape[1], &random))
      case 3:
        let (size, outer) = (x.shape[x.ndim - 1], x.count / x.shape[x.ndim - 1])
        return Step(
          name: "gather", of: [i],
          arguments: (0..<2 * outer).map { _ in
            Double(Int.random(in: 0..<size, using: &random))
          })
      case 4: return one("positive")
      default: return one("unbind")
      }
    default:
      guard x.ndim >= 1 else { return nil }
      if x.shape == y.shape, Bool.random(using: &random) { return two("stack") }
      if x.shape.dropFirst() == y.shape.dropFirst(), y.ndim == x.ndim { return two("cat") }
      if isBroadcastable(y.shape, to: x.shape.dropFirst()), Bool.random(using: &random) {
        return Step(name: "assignRow", of: [i, j], arguments: [place(rows, &random)])
      }
      let target = x.shape.dropLast() + [(x.shape[x.ndim - 1] + 1) / 2]
      return isBroadcastable(y.shape, to: target[...]) ? two("assignSteps") : nil
    }
  }

  private static func isBroadcastable(
    _ a: some BidirectionalCollection<Int>, _ b: some BidirectionalCollection<Int>
  )
    -> Bool
  {
    zip(a.reversed(), b.reversed()).allSatisfy { $0 == $1 || $0 == 1 || $1 == 1 }
  }

  private static func isBroadcastable(_ a: [Int], to b: ArraySlice<Int>) -> Bool {
    a.count <= b.count && zip(a.reversed(), b.reversed()).allSatisfy { $0 == $1 || $0 == 1 }
  }
}
