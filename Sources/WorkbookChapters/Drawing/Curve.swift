import WorkbookSystem

/// A number that a program printed at each of some steps, such as the loss of a training loop.
package struct Curve: Hashable, Sendable {
  package var name: String
  /// The steps grow.
  package var points: [StepPoint]

  /// The runs of three lines or more that are a step, which grows, and a number.
  ///
  /// One run alone is called `name`, several by the words that stand before each.
  package static func curves(in printed: some StringProtocol, name: String) -> [Curve] {
    var reader = CurveReader()
    return reader.read(printed, name: name)
  }

  /// Whether all its values are whole: where nothing is said of such numbers, they are counted, not measured.
  package var isCounted: Bool { points.allSatisfy { $0.value == $0.value.rounded() } }

  /// Whether what is printed goes on with the steps printed before, at their distance.
  package static func goesOn(from before: String, to next: some StringProtocol) -> Bool {
    let ends = before.split(whereSeparator: \.isNewline).suffix(2).map { StepPoint($0) }
    guard let line = next.split(maxSplits: 1, whereSeparator: \.isNewline).first,
      let first = StepPoint(line),
      let end = ends.last ?? nil, end.step < first.step
    else { return false }
    guard let start = ends[0], start.step < end.step else { return true }
    return Double(first.step) - Double(end.step) == Double(end.step) - Double(start.step)
  }

  /// Curves with the same steps as one, called by all their names, where no value differs from its
  /// counterpart by more than the tolerance, a share of it.
  static func merged(_ curves: [Curve], tolerance: Double) -> [Curve] {
    var merged: [Curve] = []
    for curve in curves {
      if let index = merged.firstIndex(where: { $0.isNear(curve, tolerance) }) {
        merged[index].name += " · " + curve.name
      } else {
        merged.append(curve)
      }
    }
    return merged
  }

  private func isNear(_ other: Curve, _ tolerance: Double) -> Bool {
    points.map(\.step) == other.points.map(\.step)
      && zip(points, other.points).allSatisfy { a, b in
        a.value == b.value
          || abs(a.value - b.value) <= tolerance * min(abs(a.value), abs(b.value))
      }
  }

  /// The curve in words, for who cannot see it.
  func description(in words: CurveWords) -> String {
    let isWhole = points.count <= 6
    let told = isWhole ? points : [points[0], points[points.count - 1]]
    return words.curve(
      name, points: told.map { ($0.step, short($0.value, digits: 4)) }, isWhole: isWhole)
  }
}

/// Reads the curves of a program's output, piece after piece.
package struct CurveReader {
  private var runs = StepRuns()
  /// The last two lines.
  private var tail = ""
  /// The curves that ended.
  private var count = 0

  /// More than a picture shows side by side.
  private static let pointLimit = 1000

  package init() {}

  /// The curves that end in the piece or are open behind it; one of the pieces before goes on where its
  /// steps do.
  package mutating func read(_ printed: some StringProtocol, name: String) -> [Curve] {
    if !Curve.goesOn(from: tail, to: printed) { self = CurveReader() }
    var curves = runs.read(Array(printed.utf8)).compactMap { Self.curve($0, name) }
    count += curves.count
    if let open = Self.curve(runs.last, name) {
      // The words before the only one are none that tell it from others.
      curves.append(count == 0 ? Curve(name: name, points: open.points) : open)
    } else if count == 1, !curves.isEmpty {
      curves[0].name = name
    }
    tail = (tail + "\n" + printed).split(whereSeparator: \.isNewline).suffix(2)
      .joined(separator: "\n")
    return curves
  }

  private static func curve(_ run: StepRuns.Run, _ name: String) -> Curve? {
    var points = run.points
    if points.count > pointLimit {
      points = (0..<pointLimit).map { points[$0 * (points.count - 1) / (pointLimit - 1)] }
    }
    guard points.count(where: \.value.isFinite) >= 3 else { return nil }
    return Curve(name: run.words.isEmpty ? name : String(run.words.prefix(80)), points: points)
  }
}
