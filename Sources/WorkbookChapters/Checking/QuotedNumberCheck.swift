import WorkbookSystem

/// What came of comparing a number in prose with the one printed.
struct QuotedNumberCheck {
  private(set) var problem: CheckProblem?
  private(set) var maxAbsoluteError: Double?
  private(set) var maxRelativeError: Double?
  /// Where the number stands in the output.
  private(set) var printed: Range<Int>?

  /// - Parameter boundary: how much was printed before the number's place in the chapter.
  init(
    _ quote: QuotedNumber, _ lines: PrintedLines, before boundary: Int
  ) throws(Fault) {
    let written = Array(quote.number.text.utf8)
    guard let (index, token) = try Self.find(quote.label, lines, before: boundary) else {
      problem = .noSuchLine(label: shortened(quote.label.utf8))
      return
    }
    let line = lines[index]
    let actual = line.dropFirst(token.range.lowerBound).prefix(token.range.count)
    printed = actual.indices
    let tolerance = Tolerance(
      relative: quote.relativeTolerance, absolute: quote.absoluteTolerance)
    if let a = DecimalNumber(actual), let b = DecimalNumber(written) {
      let distance = a.distance(to: b).double
      maxAbsoluteError = distance
      if b.double != 0 { maxRelativeError = distance / abs(b.double) }
    }
    if !LineComparison.isFinite(token) || !tolerance.allows(actual, for: written) {
      problem = .otherNumber(
        written: shortened(written), printed: shortened(actual), line: lines.string(index))
    }
  }

  /// The last line with the label before the boundary, else the first behind it.
  private static func find(
    _ label: String, _ lines: PrintedLines, before boundary: Int
  ) throws(Fault) -> (line: Int, number: Token)? {
    let label = Array(label.utf8)
    var found: (Int, Token)?
    for index in 0..<lines.count {
      try throwIfCancelled(at: index)
      if found != nil, lines.start(of: index) >= boundary { break }
      if let number = number(behind: label, in: lines[index]) { found = (index, number) }
    }
    return found
  }

  /// The first number behind the label that a line begins with.
  private static func number(behind label: [UInt8], in line: ArraySlice<UInt8>) -> Token? {
    let text = line.drop(while: \.isSpaceOrTab)
    guard text.starts(with: label) else { return nil }
    let rest = text.dropFirst(label.count)
    // `9` begins `9 0.5` and `9，0.5`, not `99 0.5` or `9.5`.
    if let last = String(decoding: label, as: UTF8.self).unicodeScalars.last,
      let next = String(decoding: rest.prefix(4), as: UTF8.self).unicodeScalars.first,
      last.isOfWord, next.isOfWord || next == "."
    {
      return nil
    }
    let start = rest.startIndex - line.startIndex
    return Token.tokens(of: line).first { $0.kind != .text && $0.range.lowerBound >= start }
  }
}
