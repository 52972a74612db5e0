/// What a page says under a block that was checked.
struct Verification {
  var check: Check?
  /// Of an output block.
  var expectation: Expectation?

  func sentence(date: String) -> String {
    guard let check, check.status != .skipped else {
      return "✗ Not verified: its program did not get here."
    }
    guard check.status == .passed else {
      return "✗ Not verified: this is not what was printed on \(date)."
    }
    switch check.kind {
    case .error: return "✓ Verified \(date): the compiler refuses it."
    case .traps: return "✓ Verified \(date): it ends the program with a runtime error."
    case .output, .prints: return "✓ Verified \(date)" + details + "."
    }
  }

  private var details: String {
    guard let expectation else { return "" }
    var parts: [String] = []
    if check?.maxAbsoluteError != nil {
      switch (expectation.relativeTolerance, expectation.absoluteTolerance) {
      case (nil, nil): parts.append("to the digits written")
      case (let relative?, nil): parts.append("within a relative \(shortest(relative))")
      case (nil, let absolute?): parts.append("within \(shortest(absolute))")
      case (let relative?, let absolute?):
        parts.append("within \(shortest(absolute)) plus a relative \(shortest(relative))")
      }
    }
    if expectation.decreasing { parts.append("falling from line to line") }
    if let below = expectation.below { parts.append("the last number at most \(shortest(below))") }
    return parts.isEmpty ? ", word for word" : ", " + parts.joined(separator: ", ")
  }

  /// As an author would write the number: `1e-9`, `0.001`.
  private func shortest(_ value: Double) -> String {
    let text = short(value, digits: 6)
    return text.replacing("e-0", with: "e-").replacing("e+0", with: "e+")
  }
}
