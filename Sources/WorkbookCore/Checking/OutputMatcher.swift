/// Lays expected lines beside printed ones.
struct OutputMatcher {
  let expected: [ExpectedLine]
  let printed: PrintedLines
  let tolerance: Tolerance

  /// Runs of lines between the `...` lines; the first begins and the last ends with the output.
  let segments: [Range<Int>]
  private var comparisonsLeft: Int

  /// Takes the expected lines without blank ones at the ends.
  ///
  /// After `limit` comparisons of lines it gives up.
  init(
    _ lines: [Text.Line], _ printed: PrintedLines, _ tolerance: Tolerance, limit: Int = 10_000_000
  ) {
    comparisonsLeft = limit
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

  /// Finds for each segment the first place behind the one before it; which is right as the places of
  /// a segment do not depend on the others'.
  mutating func fit(_ matches: (ExpectedLine, ArraySlice<UInt8>) -> Bool) -> Fit {
    var alignment: Alignment = []
    var from = 0
    for (number, segment) in segments.enumerated() {
      let last = printed.count - segment.count
      let first = number == segments.count - 1 ? max(from, last) : from
      let end = number == 0 ? min(0, last) : last
      guard first <= end, number > 0 || first == 0, number < segments.count - 1 || first == last
      else { return .fails(segment: number, from: from) }
      var place: Int?
      for start in first...end {
        let isThere = segment.allSatisfy { index in
          comparisonsLeft -= 1
          return matches(expected[index], printed[start + index - segment.lowerBound])
        }
        if comparisonsLeft < 0 { return .tooManyWays }
        if isThere {
          place = start
          break
        }
      }
      guard let place else { return .fails(segment: number, from: from) }
      for index in segment { alignment.append((index, place + index - segment.lowerBound)) }
      from = place + segment.count
    }
    return .fits(alignment)
  }

  mutating func fitWithinTolerance() -> Fit {
    let tolerance = tolerance
    return fit { expected, actual in
      expected.bytes.elementsEqual(actual) || LineComparison(expected, actual, tolerance).matches
    }
  }

  /// Numbers may have any value.
  mutating func fitByShape() -> Fit {
    fit { expected, actual in
      expected.bytes.elementsEqual(actual)
        || LineComparison(expected, actual, Tolerance()).hasSameShape
    }
  }

  func comparison(_ expectedIndex: Int, _ printedIndex: Int) -> LineComparison {
    LineComparison(expected[expectedIndex], printed[printedIndex], tolerance)
  }
}
