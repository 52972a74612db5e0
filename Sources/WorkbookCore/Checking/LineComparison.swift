/// A line of an `output` block, or the text of a `Prints` comment.
struct ExpectedLine: Hashable {
  var text: Text.Line
  let bytes: [UInt8]
  let pieces: [Piece]

  init(_ text: Text.Line) {
    self.text = text
    bytes = Array(text.text.utf8)
    pieces = Piece.pieces(of: bytes[...])
  }

  var isBlank: Bool { pieces.isEmpty }

  /// Stands for any number of lines.
  var isEllipsis: Bool {
    pieces.count == 1 && bytes[pieces[0].range].elementsEqual("...".utf8)
  }

  /// The integer that the line begins with, as trajectories do.
  var step: Int? {
    guard let first = pieces.first, first.kind == .integer else { return nil }
    return Int(string(first))
  }

  func string(_ piece: Piece) -> String { String(decoding: bytes[piece.range], as: UTF8.self) }
}

/// An expected line beside a printed one, piece by piece.
struct LineComparison {
  /// Two numbers that need only be near each other.
  struct Pair {
    var expected: Piece
    var actual: Piece
    var matches: Bool
  }

  var actual: [UInt8]
  var pieces: [Piece]
  var pairs: [Pair] = []
  /// The first piece at which the lines differ in more than a number's value; perhaps one past the last.
  var divergence: Int?

  /// Whether nothing differs but the values of numbers.
  var hasSameShape: Bool { divergence == nil }
  var matches: Bool { hasSameShape && pairs.allSatisfy { $0.matches } }

  init(_ expected: ExpectedLine, _ actual: ArraySlice<UInt8>, _ tolerance: Tolerance) {
    self.actual = Array(actual)
    pieces = Piece.pieces(of: actual)
    for index in 0..<max(expected.pieces.count, pieces.count) {
      guard index < expected.pieces.count, index < pieces.count,
        add(expected.pieces[index], pieces[index], expected, tolerance)
      else {
        divergence = index
        return
      }
    }
  }

  private mutating func add(
    _ expected: Piece, _ piece: Piece, _ line: ExpectedLine, _ tolerance: Tolerance
  ) -> Bool {
    guard expected.startsToken == piece.startsToken else { return false }
    let (a, e) = (actual[piece.range], line.bytes[expected.range])
    switch (expected.kind, piece.kind) {
    case (.decimal, .decimal), (.decimal, .integer):
      let matches = tolerance.allows(Array(a), for: Array(e))
      pairs.append(Pair(expected: expected, actual: piece, matches: matches))
      return true
    case (.decimal, .nan), (.decimal, .infinity):
      pairs.append(Pair(expected: expected, actual: piece, matches: false))
      return true
    case (.nan, .nan):
      // Its sign means nothing, and differs from processor to processor.
      return true
    case (.infinity, .infinity):
      return (a.first == UInt8(ascii: "-")) == (e.first == UInt8(ascii: "-"))
    default:
      return expected.kind == piece.kind && a == e
    }
  }

  func string(_ piece: Piece) -> String { String(decoding: actual[piece.range], as: UTF8.self) }

  /// A number that is neither nan nor infinite.
  static func isFinite(_ piece: Piece) -> Bool { piece.kind == .decimal || piece.kind == .integer }
}
