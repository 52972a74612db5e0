import WorkbookSystem

/// Lays expected lines beside printed ones.
struct OutputMatcher {
  let expected: [ExpectedLine]
  let printed: PrintedLines
  let tolerance: Tolerance

  /// Runs of lines between the `...` lines; the first begins and the last ends with the output.
  let segments: [Range<Int>]
  /// What a search may still cost: 1 for a place that is looked at, and as below for a comparison.
  private var workLeft: Int

  private static func cost(of line: PrintedLine) -> Int { 50 + line.bytes.count }

  /// Takes the expected lines without blank ones at the ends.
  ///
  /// After `workLimit`, some seconds, it gives up.
  init(
    _ lines: [Text.Line], _ printed: PrintedLines, _ tolerance: Tolerance,
    workLimit: Int = 1_000_000_000
  ) {
    workLeft = workLimit
    var expected = lines.map(ExpectedLine.init)
    while expected.last?.isBlank == true { expected.removeLast() }
    expected.removeFirst(expected.firstIndex { !$0.isBlank } ?? 0)
    var segments: [Range<Int>] = []
    var start = 0
    for index in expected.indices where expected[index].isEllipsis {
      segments.append(start..<index)
      start = index + 1
    }
    segments.append(start..<expected.count)
    self.expected = expected
    self.printed = printed
    self.tolerance = tolerance
    self.segments = segments
  }

  /// Pairs of an expected and a printed line.
  typealias Alignment = [(expected: Int, printed: Int)]

  enum Fit {
    /// The first line that finds no place, and the printed lines left for it.
    case fails(segment: Int, from: Int)
    case fits(Alignment)
    case tooManyWays
  }

  mutating func fitWithinTolerance() throws(Fault) -> Fit { try fit([tolerance]) }

  /// Numbers may have any value, in all segments only where it does not do with those that are off.
  mutating func fitByShape() throws(Fault) -> Fit {
    if case .fits(let alignment) = try fit([tolerance, nil]) { return .fits(alignment) }
    return try fit([nil])
  }

  /// Finds for each segment the first place behind the one before it, within the first tolerance that has
  /// one; which is right for a single one, as the places of a segment do not depend on the others'.
  private mutating func fit(_ tolerances: [Tolerance?]) throws(Fault) -> Fit {
    var alignment: Alignment = []
    var from = 0
    for (number, segment) in segments.enumerated() {
      let last = printed.count - segment.count
      var place: Int?
      for tolerance in tolerances where place == nil {
        if number == 0 || number == segments.count - 1 {
          // At the start, at the end, or both.
          let start = number == 0 ? 0 : last
          let isThere = start >= from && (segments.count == 1 ? last == 0 : last >= 0)
          if isThere, try stands(segment, at: start, tolerance) { place = start }
        } else if last >= from {
          switch try search(for: segment, from: from, tolerance) {
          case .found(let start): place = start
          case .missing: break
          case .tooManyWays: return .tooManyWays
          }
        }
      }
      guard let place else { return .fails(segment: number, from: from) }
      for index in segment { alignment.append((index, place + index - segment.lowerBound)) }
      from = place + segment.count
    }
    return .fits(alignment)
  }

  private func stands(
    _ segment: Range<Int>, at start: Int, _ tolerance: Tolerance?
  ) throws(Fault) -> Bool {
    for index in segment {
      let offset = index - segment.lowerBound
      try throwIfCancelled(at: offset)
      let line = printed[start + offset]
      guard
        expected[index].bytes.elementsEqual(line)
          || expected[index].matches(PrintedLine(line), tolerance)
      else { return false }
    }
    return true
  }

  enum Search {
    case found(Int)
    /// Where most of the segment's first lines stand: the line after them, and the printed one there.
    case missing(nearest: (expected: Int, printed: Int)?)
    case tooManyWays
  }

  /// Finds a segment's first place at or behind a printed line.
  ///
  /// Looks at every printed line once and keeps the places that it does not rule out. A line is compared
  /// once with expected lines that are equal, so that repetitions cost nearly nothing: O(n · m) for n
  /// printed and m different expected lines at the worst, O(n) where few places go on beyond a line.
  mutating func search(
    for segment: Range<Int>, from: Int, _ tolerance: Tolerance?
  ) throws(Fault) -> Search {
    if segment.isEmpty { return .found(from) }
    var nearest: (expected: Int, printed: Int)?
    var places: [Int] = []
    // The same number for equal lines.
    var numbers: [[UInt8]: Int] = [:]
    let kinds = segment.map { index in
      let number = numbers[expected[index].bytes] ?? numbers.count
      numbers[expected[index].bytes] = number
      return number
    }
    /// By these: the last printed line that was compared with them, and the answer.
    var answers = [(printed: Int, matches: Bool)](repeating: (-1, false), count: numbers.count)
    for current in from..<max(from, printed.count) {
      try throwIfCancelled(at: current)
      var line: PrintedLine?
      places.append(current)
      workLeft -= places.count
      var kept = 0
      for place in places {
        let kind = kinds[current - place]
        let index = segment.lowerBound + current - place
        if answers[kind].printed != current {
          let known = line ?? PrintedLine(printed[current])
          line = known
          workLeft -= Self.cost(of: known)
          answers[kind] = (current, expected[index].matches(known, tolerance))
        }
        if answers[kind].matches {
          places[kept] = place
          kept += 1
        } else if index > nearest?.expected ?? segment.lowerBound {
          nearest = (index, current)
        }
      }
      places.removeLast(places.count - kept)
      if let first = places.first, current - first == segment.count - 1 { return .found(first) }
      if workLeft < 0 { return .tooManyWays }
    }
    return .missing(nearest: nearest)
  }

  func comparison(_ expectedIndex: Int, _ printedIndex: Int) -> LineComparison {
    LineComparison(expected[expectedIndex], PrintedLine(printed[printedIndex]), tolerance)
  }
}

/// Throws when the task was cancelled; looks only at some of the numbers that count a loop's rounds.
func throwIfCancelled(at round: Int) throws(Fault) {
  if round & 1023 == 0, Task.isCancelled { throw .cancelled }
}
