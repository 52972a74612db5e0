import WorkbookSystem

/// The edits that make an `output` block say what is printed.
struct BlockUpdate {
  enum Edit: Hashable {
    /// A number in a line, by its offsets there.
    case number(line: Int, Range<Int>, text: [UInt8])
    case replace(line: Int, text: [UInt8])
    case remove(line: Int)
    /// Before the line of that index, or behind the last.
    case insert(before: Int, text: [UInt8])
  }

  /// In the order of the lines, whose indices count in `lines`.
  private(set) var edits: [Edit] = []
  private(set) var problem: UpdateProblem?
  /// The block's lines without blank ones at the ends.
  let lines: [Text.Line]

  private var matcher: OutputMatcher

  /// No edit where the block matches what is printed.
  init(_ lines: [Text.Line], _ printed: PrintedLines, _ tolerance: Tolerance) throws(Fault) {
    matcher = OutputMatcher(lines, printed, tolerance)
    self.lines = matcher.expected.map(\.text)
    if case .fits = try matcher.fitWithinTolerance() { return }
    switch try matcher.fitByShape() {
    case .fits(let alignment):
      for (expected, printed) in alignment { update(expected, printed) }
    case .fails: try updateSegments()
    case .tooManyWays: problem = .ambiguous(line: "...")
    }
    if problem != nil { edits = [] }
  }

  // MARK: - Lines

  /// Gives the first segment the first lines printed, the last one the last, and the others those that
  /// match, or else have their shape.
  private mutating func updateSegments() throws(Fault) {
    let segments = matcher.segments
    let count = matcher.printed.count
    if segments.count == 1 { return update(segments[0], 0..<count) }
    let first = 0..<min(count, segments[0].count)
    let last = max(first.upperBound, count - segments[segments.count - 1].count)..<count
    update(segments[0], first)
    var from = first.upperBound
    for segment in segments.dropFirst().dropLast() {
      var place: Int?
      for tolerance in [matcher.tolerance, nil] where place == nil {
        if case .found(let found) = try matcher.search(for: segment, from: from, tolerance),
          found + segment.count <= last.lowerBound
        {
          place = found
        }
      }
      guard let place else {
        problem = .ambiguous(line: shortened(matcher.expected[segment.lowerBound].bytes))
        return
      }
      update(segment, place..<(place + segment.count))
      from = place + segment.count
    }
    update(segments[segments.count - 1], last)
  }

  /// Makes the expected lines the printed ones, keeping those of the same shape.
  private mutating func update(_ expected: Range<Int>, _ printed: Range<Int>) {
    var start = (expected.lowerBound, printed.lowerBound)
    for pair in kept(expected, printed) + [(expected.upperBound, printed.upperBound)] {
      replace(start.0..<pair.0, start.1..<pair.1)
      if pair.0 < expected.upperBound { update(pair.0, pair.1) }
      start = (pair.0 + 1, pair.1 + 1)
    }
  }

  /// The pairs of lines of the same shape that leave the fewest others.
  private func kept(_ expected: Range<Int>, _ printed: Range<Int>) -> [(Int, Int)] {
    let matches = { [matcher] (line: PrintedLine, index: Int) in
      matcher.expected[index].matches(line, nil)
    }
    // The difference may look at each line once for every other.
    let count = expected.count + printed.count
    let work = printed.reduce(count) { $0 + matcher.printed[$1].count }
    if expected.count == printed.count || count > 2000 || count * work > 1 << 27 {
      return zip(expected, printed).filter { matches(PrintedLine(matcher.printed[$1]), $0) }
    }
    let lines = printed.map { PrintedLine(matcher.printed[$0]) }
    let difference = Array(printed).difference(from: Array(expected)) {
      matches(lines[$1 - printed.lowerBound], $0)
    }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(expected.lowerBound + offset)
      case .insert(let offset, _, _): inserted.insert(printed.lowerBound + offset)
      }
    }
    return Array(
      zip(expected.filter { !removed.contains($0) }, printed.filter { !inserted.contains($0) }))
  }

  private mutating func replace(_ expected: Range<Int>, _ printed: Range<Int>) {
    for (line, index) in zip(expected, printed) {
      edits.append(.replace(line: line, text: text(index)))
    }
    for line in expected.dropFirst(printed.count) { edits.append(.remove(line: line)) }
    for index in printed.dropFirst(expected.count) {
      edits.append(.insert(before: expected.upperBound, text: text(index)))
    }
  }

  /// A printed line that is to stand in the block.
  private mutating func text(_ printed: Int) -> [UInt8] {
    var line = matcher.printed[printed]
    while let last = line.last, last.isSpace { line.removeLast() }
    if Token.tokens(of: line).contains(where: { $0.kind == .nan || $0.kind == .infinity }) {
      problem = .notFinite(line: matcher.printed.string(printed))
    }
    // It would stand for any number of lines.
    if line.drop(while: \.isSpace).elementsEqual("...".utf8) { problem = .unwritable }
    return Array(line)
  }

  // MARK: - Numbers

  /// Rewrites the numbers of a line that are off.
  private mutating func update(_ index: Int, _ printed: Int) {
    let line = matcher.expected[index]
    let comparison = matcher.comparison(index, printed)
    for pair in comparison.pairs where !pair.matches {
      guard LineComparison.isFinite(pair.actual) else {
        problem = .notFinite(line: matcher.printed.string(printed))
        return
      }
      let actual = Array(comparison.actual.bytes[pair.actual.range])
      let text = NumberRewriting.rewrite(
        Array(line.bytes[pair.expected.range]), as: actual, matcher.tolerance)
      edits.append(.number(line: index, pair.expected.range, text: text))
    }
  }
}
