/// What a training loop prints: a value at each of some steps.
package struct Trajectory: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    package var step: Int
    package var value: Double
  }

  package var points: [Point]

  /// The longest run of lines that are a step, which grows, and a number; nil where no two lines are.
  package init?(lines: some Sequence<Substring>) {
    var best: [Point] = []
    var current: [Point] = []
    for line in lines {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count == 2, let step = Int(words[0]), let value = Double(words[1]) {
        if let last = current.last, last.step >= step { current = [] }
        current.append(Point(step: step, value: value))
        if current.count > best.count { best = current }
      } else if !words.isEmpty, words != ["..."] {
        current = []
      }
    }
    guard best.count > 1 else { return nil }
    points = best
  }

  package init?(text: String) {
    self.init(lines: text.split(separator: "\n", omittingEmptySubsequences: false))
  }
}
