/// A number at a step, such as the loss of a training loop.
package struct StepPoint: Hashable, Sendable {
  package var step: Int
  package var value: Double

  package init(step: Int, value: Double) { (self.step, self.value) = (step, value) }

  /// A line that is a step and a number.
  package init?(_ line: some StringProtocol) {
    // Bytes: characters take several times as long, and there may be a million lines.
    let words = line.utf8.split(whereSeparator: \.isSpace).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard words.count == 2, let step = Int(words[0]), let value = Double(words[1]) else {
      return nil
    }
    self.init(step: step, value: value)
  }
}

/// Reads, line after line, the runs of lines that are a step, which grows, and a number.
///
/// Blank lines, and `...` for lines that are left out, end none.
package struct StepRuns {
  package typealias Run = (points: [StepPoint], words: String)

  /// The run that the next line may go on with, and the last line before it that was no such line.
  package private(set) var last: Run = ([], "")

  package init() {}

  /// Gives the run that ends before the line; nil where none does.
  package mutating func read(_ line: some StringProtocol) -> Run? {
    if let point = StepPoint(line) {
      let ended = (last.points.last?.step ?? .min) >= point.step ? end() : nil
      last.points.append(point)
      return ended
    }
    let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.isEmpty || words == "..." { return nil }
    defer { last.words = words }
    return end()
  }

  /// Ends the run; nil where there is none.
  package mutating func end() -> Run? {
    defer { last.points = [] }
    return last.points.isEmpty ? nil : last
  }
}
