/// A number that a program printed at each of some steps, such as the loss of a training loop.
struct Curve: Hashable {
  struct Point: Hashable {
    var step: Int
    var value: Double

    init(step: Int, value: Double) { (self.step, self.value) = (step, value) }

    /// A line that is a step and a number.
    init?(_ line: some StringProtocol) {
      let parts = line.split(whereSeparator: \.isWhitespace)
      guard parts.count == 2, let step = Int(parts[0]), let value = Double(parts[1]) else {
        return nil
      }
      self.init(step: step, value: value)
    }
  }

  var name: String
  /// The steps grow.
  var points: [Point]

  /// The runs of three lines or more that are a step, which grows, and a number.
  ///
  /// One run alone is called `name`, several by the words that stand before each.
  static func curves(in printed: some StringProtocol, name: String) -> [Curve] {
    var curves: [Curve] = []
    var points: [Point] = []
    var words = ""
    func endRun() {
      if points.count(where: \.value.isFinite) >= 3 {
        curves.append(Curve(name: words.isEmpty ? name : words, points: points))
      }
      points = []
    }
    for line in printed.split(whereSeparator: \.isNewline) {
      if let point = Point(line) {
        if let last = points.last, last.step >= point.step { endRun() }
        points.append(point)
      } else {
        let parts = line.split(whereSeparator: \.isWhitespace)
        if parts.isEmpty { continue }
        endRun()
        words = parts.joined(separator: " ")
      }
    }
    endRun()
    if curves.count == 1 { curves[0].name = name }
    return curves
  }

  /// Whether what is printed goes on with the steps printed before, at their distance.
  static func goesOn(from before: String, to next: String) -> Bool {
    let ends = before.split(whereSeparator: \.isNewline).suffix(2).map { Point($0) }
    guard let line = next.split(whereSeparator: \.isNewline).first, let first = Point(line),
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
  func description(in words: SiteWords) -> String {
    let isWhole = points.count <= 6
    let told = isWhole ? points : [points[0], points[points.count - 1]]
    return words.curve(
      name, points: told.map { ($0.step, short($0.value, digits: 4)) }, isWhole: isWhole)
  }
}
