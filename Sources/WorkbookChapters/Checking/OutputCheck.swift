import Foundation
import WorkbookSystem

/// What came of comparing a block with the lines printed.
struct OutputCheck {
  /// The first thing that is wrong, and its place in the chapter.
  private(set) var problem: (CheckProblem, line: Int, column: Int)?
  private(set) var maxAbsoluteError: Double?
  private(set) var maxRelativeError: Double?

  private var matcher: OutputMatcher
  /// Where a block without lines stands.
  private let place: (line: Int, column: Int)

  init(
    _ lines: [Text.Line], _ printed: PrintedLines, _ tolerance: Tolerance,
    at place: (line: Int, column: Int)
  ) throws(Fault) {
    matcher = OutputMatcher(lines, printed, tolerance)
    self.place = place
    switch try matcher.fitWithinTolerance() {
    case .fits(let alignment): measure(alignment)
    case .tooManyWays: problem = (.tooManyWays, place.line, place.column)
    case .fails(let segment, let from):
      if case .fits(let alignment) = try matcher.fitByShape() {
        measure(alignment)
        reportNumber(alignment)
      } else {
        try report(segment, from: from)
      }
    }
  }

  // MARK: - Numbers

  private mutating func measure(_ alignment: OutputMatcher.Alignment) {
    for (expected, printed) in alignment {
      let line = matcher.expected[expected]
      let comparison = matcher.comparison(expected, printed)
      for pair in comparison.pairs where LineComparison.isFinite(pair.actual) {
        let (absolute, relative) = Self.errors(pair, line, comparison)
        maxAbsoluteError = max(maxAbsoluteError ?? 0, absolute)
        if let relative { maxRelativeError = max(maxRelativeError ?? 0, relative) }
      }
    }
  }

  private static func errors(
    _ pair: LineComparison.Pair, _ line: ExpectedLine, _ comparison: LineComparison
  ) -> (absolute: Double, relative: Double?) {
    let expected = Double(written: line.bytes[pair.expected.range])
    let absolute = distance(
      comparison.actual.bytes[pair.actual.range], line.bytes[pair.expected.range])
    return (absolute, expected == 0 ? nil : absolute / abs(expected))
  }

  /// Reports the first number that is off, where all lines have their places.
  private mutating func reportNumber(_ alignment: OutputMatcher.Alignment) {
    for (expected, printed) in alignment {
      let comparison = matcher.comparison(expected, printed)
      guard !comparison.matches else { continue }
      report(expected, comparison, printed, option: passingOption(alignment))
      return
    }
  }

  /// The tolerance that lets every number pass: relative if that can be, else absolute.
  private func passingOption(_ alignment: OutputMatcher.Alignment) -> String? {
    var pairs: [(actual: ArraySlice<UInt8>, expected: ArraySlice<UInt8>)] = []
    for (expected, printed) in alignment {
      let comparison = matcher.comparison(expected, printed)
      for pair in comparison.pairs {
        guard LineComparison.isFinite(pair.actual) else { return nil }
        let bytes = matcher.expected[expected].bytes
        pairs.append((comparison.actual.bytes[pair.actual.range], bytes[pair.expected.range]))
      }
    }
    let (rtol, atol) = (matcher.tolerance.relative, matcher.tolerance.absolute)
    let relative = pairs.map { pair in
      max(0, Self.distance(pair.actual, pair.expected) - (atol ?? 0))
        / abs(Double(written: pair.expected))
    }
    let absolute = pairs.map { pair in
      max(
        0,
        Self.distance(pair.actual, pair.expected) - (rtol ?? 0)
          * abs(Double(written: pair.expected)))
    }
    for least in Self.roundedUp(relative.filter { !$0.isNaN }.max() ?? 0) {
      let tolerance = Tolerance(relative: Double(least), absolute: atol)
      if pairs.allSatisfy({ tolerance.allows($0.actual, for: $0.expected) }) {
        return "rtol=\(least)"
      }
    }
    for least in Self.roundedUp(absolute.max() ?? 0) {
      let tolerance = Tolerance(relative: rtol, absolute: Double(least))
      if pairs.allSatisfy({ tolerance.allows($0.actual, for: $0.expected) }) {
        return "atol=\(least)"
      }
    }
    return nil
  }

  /// Without the digits that a difference in binary loses.
  private static func distance(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Double {
    guard let a = DecimalNumber(a), let b = DecimalNumber(b) else { return .nan }
    return a.distance(to: b).double
  }

  /// The number with two digits, rounded up; and the next one, should rounding have hidden the last bit.
  private static func roundedUp(_ value: Double) -> [String] {
    guard value.isFinite, value > 1e-300 else { return [] }
    let exponent = Int(log10(value).rounded(.down)) - 1
    let mantissa = (value / pow(10, Double(exponent))).rounded(.up)
    guard mantissa.isFinite else { return [] }
    return [mantissa, mantissa + 1].map { mantissa in
      let text = String(format: "%.1e", mantissa * pow(10, Double(exponent)))
      return text.replacingOccurrences(of: ".0e", with: "e")
    }
  }

  // MARK: - Lines

  private mutating func report(
    _ index: Int, _ comparison: LineComparison, _ printed: Int, option: String? = nil
  ) {
    let line = matcher.expected[index]
    var difference = CheckProblem.Difference(
      expectedLine: shortened(line.bytes), actualLine: matcher.printed.string(printed),
      expected: "",
      actual: "", step: line.step, passingOption: option)
    var column = line.text.column
    if let pair = comparison.pairs.first(where: { !$0.matches }) {
      column += pair.expected.range.lowerBound
      difference.expected = line.string(pair.expected)
      difference.actual = comparison.actual.string(pair.actual)
      if LineComparison.isFinite(pair.actual) {
        let (absolute, relative) = Self.errors(pair, line, comparison)
        difference.absoluteError = absolute
        difference.relativeError = relative
      }
    } else if let token = comparison.divergence {
      if token < line.tokens.count {
        column += line.tokens[token].range.lowerBound
        difference.expected = line.string(line.tokens[token])
      } else {
        column += line.bytes.count
      }
      if token < comparison.actual.tokens.count {
        difference.actual = comparison.actual.string(comparison.actual.tokens[token])
      }
    }
    problem = (.differs(difference), line.text.line, column)
  }

  private mutating func reportMissing(_ index: Int) {
    let line = matcher.expected[index]
    problem = (.missingLine(expected: shortened(line.bytes)), line.text.line, line.text.column)
  }

  private mutating func reportExtra(_ printed: Int, before index: Int) {
    let actual = CheckProblem.extraLine(actual: matcher.printed.string(printed))
    if index < matcher.expected.count {
      let line = matcher.expected[index].text
      problem = (actual, line.line, line.column)
    } else if let last = matcher.expected.last {
      problem = (actual, last.text.line, last.text.column + last.bytes.count)
    } else {
      problem = (actual, place.line, place.column)
    }
  }

  /// Reports the first line of a segment that has no place among the printed lines from `from` on.
  private mutating func report(_ number: Int, from: Int) throws(Fault) {
    let segment = matcher.segments[number]
    let count = matcher.printed.count
    if number == 0 {
      reportInOrder(segment, at: 0, isWhole: matcher.segments.count == 1)
    } else if number == matcher.segments.count - 1 {
      guard count - segment.count >= from else { return reportMissing(segment.lowerBound) }
      reportInOrder(segment, at: count - segment.count, isWhole: false)
    } else if let (index, printed) = try nearest(segment, from: from) {
      report(index, matcher.comparison(index, printed), printed)
    } else {
      reportMissing(segment.lowerBound)
    }
  }

  /// Reports the first of the lines that differs from the printed one at its place.
  private mutating func reportInOrder(_ segment: Range<Int>, at start: Int, isWhole: Bool) {
    let count = matcher.printed.count
    for index in segment {
      let printed = start + index - segment.lowerBound
      guard printed < count else { return reportMissing(index) }
      let comparison = matcher.comparison(index, printed)
      if comparison.matches { continue }
      let nextIsHere = index + 1 < segment.upperBound && fits(index + 1, printed)
      let isNext = printed + 1 < count && fits(index, printed + 1)
      if nextIsHere != isNext, comparison.divergence != nil {
        return isNext ? reportExtra(printed, before: index) : reportMissing(index)
      }
      return report(index, comparison, printed)
    }
    let end = start + segment.count
    if isWhole, end < count { reportExtra(end, before: segment.upperBound) }
  }

  private func fits(_ index: Int, _ printed: Int) -> Bool {
    matcher.comparison(index, printed).hasSameShape
  }

  /// Where most of the segment's first lines match, else a line that begins as the first one does; gives
  /// the first line that does not match there.
  private mutating func nearest(
    _ segment: Range<Int>, from: Int
  ) throws(Fault) -> (expected: Int, printed: Int)? {
    let search = try matcher.search(for: segment, from: from, matcher.tolerance)
    if case .missing(let nearest?) = search { return nearest }
    let first = segment.lowerBound
    // Far enough for a person to see what is meant.
    let printed = (from..<min(matcher.printed.count, from + 10_000)).first { printed in
      let comparison = matcher.comparison(first, printed)
      return !comparison.matches && comparison.divergence ?? 1 > 0
    }
    return printed.map { (first, $0) }
  }
}
