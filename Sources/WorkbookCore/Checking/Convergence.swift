/// What `below` and `decreasing` ask of the numbers printed.
enum Convergence {
  static func problems(of expectation: Expectation, _ printed: PrintedLines) -> [CheckProblem] {
    var problems: [CheckProblem] = []
    if let bound = expectation.below, let problem = below(bound, printed) {
      problems.append(problem)
    }
    if expectation.decreasing, let problem = decreasing(printed) { problems.append(problem) }
    return problems
  }

  /// The last number of the last line must be finite and at most the bound.
  private static func below(_ bound: Double, _ printed: PrintedLines) -> CheckProblem? {
    guard printed.count > 0, let (value, text) = lastNumber(printed[printed.count - 1]) else {
      return .noNumber(option: "below")
    }
    return value.isFinite && value <= bound ? nil : .aboveBound(last: text, bound: bound)
  }

  /// The last numbers of the lines that have one must strictly decrease.
  private static func decreasing(_ printed: PrintedLines) -> CheckProblem? {
    var last: (value: Double, index: Int)?
    for index in 0..<printed.count {
      guard let (value, _) = lastNumber(printed[index]) else { continue }
      if let last, !(value < last.value) || value == -.infinity {
        return .notDecreasing(previous: printed.string(last.index), next: printed.string(index))
      }
      if value.isNaN {
        return .notDecreasing(previous: "", next: printed.string(index))
      }
      last = (value, index)
    }
    return last == nil ? .noNumber(option: "decreasing") : nil
  }

  private static func lastNumber(_ line: ArraySlice<UInt8>) -> (value: Double, text: String)? {
    guard let piece = Piece.pieces(of: line).last(where: { $0.kind != .text }) else { return nil }
    let bytes = line.dropFirst(piece.range.lowerBound).prefix(piece.range.count)
    let text = String(decoding: bytes, as: UTF8.self)
    switch piece.kind {
    case .nan: return (.nan, text)
    case .infinity: return (text.hasPrefix("-") ? -.infinity : .infinity, text)
    default: return (Double(written: bytes), text)
    }
  }
}
