import WorkbookSystem

/// What `below` and `decreasing` ask of the numbers printed.
enum Convergence {
  static func problems(
    of expectation: Expectation, _ printed: PrintedLines
  ) throws(Fault) -> [CheckProblem] {
    var problems: [CheckProblem] = []
    if let bound = expectation.below, let problem = below(bound, printed) {
      problems.append(problem)
    }
    if expectation.decreasing, let problem = try decreasing(printed) { problems.append(problem) }
    return problems
  }

  /// The last number of the last line must be finite and at most the bound.
  private static func below(_ bound: Double, _ printed: PrintedLines) -> CheckProblem? {
    guard printed.count > 0, let last = LastNumber(printed[printed.count - 1]) else {
      return .noNumber(option: "below")
    }
    if let number = last.decimal, number <= DecimalNumber(bound) { return nil }
    return .aboveBound(last: shortened(last.bytes), bound: bound)
  }

  /// The last numbers of the lines that have one must strictly decrease, and the last of them be finite.
  private static func decreasing(_ printed: PrintedLines) throws(Fault) -> CheckProblem? {
    var last: (number: LastNumber, index: Int)?
    for index in 0..<printed.count {
      try throwIfCancelled(at: index)
      guard let number = LastNumber(printed[index]) else { continue }
      let isFall = last.map { number.isLess(than: $0.number) } ?? true
      guard isFall, !number.value.isNaN, number.kind != .infinity || number.value > 0 else {
        let previous = last.map { printed.string($0.index) } ?? ""
        return .notDecreasing(previous: previous, next: printed.string(index))
      }
      last = (number, index)
    }
    guard let last else { return .noNumber(option: "decreasing") }
    if last.number.kind != .infinity { return nil }
    return .notDecreasing(previous: "", next: printed.string(last.index))
  }
}

/// The last number of a line.
private struct LastNumber {
  let kind: Token.Kind
  let bytes: ArraySlice<UInt8>
  /// Rounded, perhaps to zero or infinity.
  let value: Double

  init?(_ line: ArraySlice<UInt8>) {
    guard let token = Token.tokens(of: line).last(where: { $0.kind != .text }) else { return nil }
    kind = token.kind
    bytes = line.dropFirst(token.range.lowerBound).prefix(token.range.count)
    switch kind {
    case .nan: value = .nan
    case .infinity: value = bytes.first == UInt8(ascii: "-") ? -.infinity : .infinity
    default: value = Double(written: bytes)
    }
  }

  /// nil for a nan and an infinity.
  var decimal: DecimalNumber? { DecimalNumber(bytes) }

  /// As written: two numbers may differ and be rounded to one.
  func isLess(than other: LastNumber) -> Bool {
    if value != other.value { return value < other.value }
    guard let decimal, let otherDecimal = other.decimal else {
      return kind != .infinity && other.kind == .infinity
    }
    return !(otherDecimal <= decimal)
  }
}
