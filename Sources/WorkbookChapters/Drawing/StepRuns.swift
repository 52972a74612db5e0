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

  /// Reads on; gives the runs that end in what is printed.
  ///
  /// One that what comes next may go on with is `last`.
  package mutating func read(_ printed: some Collection<UInt8>) -> [Run] {
    printed.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.compactMap { line in
      // No step and number are longer.
      read(line: line.count > 500 ? "…" : String(decoding: line, as: UTF8.self))
    }
  }

  /// Gives the run that ends before the line; nil where none does.
  private mutating func read(line: String) -> Run? {
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
  private mutating func end() -> Run? {
    defer { last.points = [] }
    return last.points.isEmpty ? nil : last
  }
}
