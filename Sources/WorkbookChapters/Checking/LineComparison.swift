/// A line of an `output` block, or the text of a `Prints` comment.
struct ExpectedLine: Hashable {
  var text: Text.Line
  let bytes: [UInt8]
  let tokens: [Token]

  init(_ text: Text.Line) {
    self.text = text
    bytes = Array(text.text.utf8)
    tokens = Token.tokens(of: bytes[...])
  }

  var isBlank: Bool { tokens.isEmpty }

  /// Stands for any number of lines.
  var isEllipsis: Bool {
    tokens.count == 1 && bytes[tokens[0].range].elementsEqual("...".utf8)
  }

  /// The integer that the line begins with, as trajectories do.
  var step: Int? {
    guard let first = tokens.first, first.kind == .integer else { return nil }
    return Int(String(decoding: bytes[first.range], as: UTF8.self))
  }

  func string(_ token: Token) -> String { shortened(bytes[token.range]) }
}

/// A line that a program printed, taken apart once for all that it is compared with.
struct PrintedLine {
  let bytes: [UInt8]
  let tokens: [Token]

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = Array(bytes)
    tokens = Token.tokens(of: bytes)
  }

  func string(_ token: Token) -> String { shortened(bytes[token.range]) }
}

extension ExpectedLine {
  /// Whether the line is printed: with numbers within the tolerance, or of any value where that is nil.
  func matches(_ line: PrintedLine, _ tolerance: Tolerance?) -> Bool {
    if bytes == line.bytes { return true }
    guard tokens.count == line.tokens.count else { return false }
    return divergence(from: line) { expected, actual in
      guard let tolerance else { return true }
      return LineComparison.isFinite(actual)
        && tolerance.allows(line.bytes[actual.range], for: bytes[expected.range])
    } == nil
  }

  /// The first token at which the lines differ in more than a number's value, or for whose numbers
  /// `areNear` is false; perhaps one past the last.
  fileprivate func divergence(
    from line: PrintedLine, _ areNear: (_ expected: Token, _ actual: Token) -> Bool
  ) -> Int? {
    for (index, (expected, actual)) in zip(tokens, line.tokens).enumerated() {
      guard expected.followsSpace == actual.followsSpace else { return index }
      switch (expected.kind, actual.kind) {
      case (.decimal, .decimal), (.decimal, .integer), (.decimal, .nan), (.decimal, .infinity):
        if !areNear(expected, actual) { return index }
      case (.nan, .nan):
        // Its sign means nothing, and differs from processor to processor.
        break
      case (.infinity, .infinity):
        let minus = UInt8(ascii: "-")
        if (bytes[expected.range.lowerBound] == minus)
          != (line.bytes[actual.range.lowerBound] == minus)
        {
          return index
        }
      default:
        guard expected.kind == actual.kind,
          bytes[expected.range] == line.bytes[actual.range]
        else { return index }
      }
    }
    return tokens.count == line.tokens.count ? nil : min(tokens.count, line.tokens.count)
  }
}

/// An expected line beside a printed one, token by token.
struct LineComparison {
  /// Two numbers that need only be near each other.
  struct Pair {
    var expected: Token
    var actual: Token
    var matches: Bool
  }

  let actual: PrintedLine
  private(set) var pairs: [Pair] = []
  /// The first token at which the lines differ in more than a number's value; perhaps one past the last.
  private(set) var divergence: Int?

  /// Whether nothing differs but the values of numbers.
  var hasSameShape: Bool { divergence == nil }
  var matches: Bool { hasSameShape && pairs.allSatisfy { $0.matches } }

  init(_ expected: ExpectedLine, _ actual: PrintedLine, _ tolerance: Tolerance) {
    self.actual = actual
    var pairs: [Pair] = []
    divergence = expected.divergence(from: actual) { e, a in
      let matches =
        Self.isFinite(a) && tolerance.allows(actual.bytes[a.range], for: expected.bytes[e.range])
      pairs.append(Pair(expected: e, actual: a, matches: matches))
      return true
    }
    self.pairs = pairs
  }

  /// A number that is neither nan nor infinite.
  static func isFinite(_ token: Token) -> Bool { token.kind == .decimal || token.kind == .integer }
}
