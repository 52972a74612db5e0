/// A number that a program printed at each of some steps, such as the loss of a training loop.
struct Curve: Hashable {
  struct Point: Hashable {
    var step: Int
    var value: Double
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
      let parts = line.split(whereSeparator: \.isWhitespace)
      if parts.count == 2, let step = Int(parts[0]), let value = Double(parts[1]) {
        if let last = points.last, last.step >= step { endRun() }
        points.append(Point(step: step, value: value))
      } else if !parts.isEmpty {
        endRun()
        words = parts.joined(separator: " ")
      }
    }
    endRun()
    if curves.count == 1 { curves[0].name = name }
    return curves
  }

  /// Curves with the same steps as one, called by all their names, where no value differs from its
  /// counterpart by more than the tolerance, a share of it.
  static func merged(_ curves: [Curve], tolerance: Double) -> [Curve] {
    var merged: [Curve] = []
    for curve in curves {
      if let index = merged.firstIndex(where: { $0.isNear(curve, tolerance) }) {
        merged[index].name += ", " + curve.name
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
