import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookCore

@Suite struct OutcomeKeyFuzzTests {
  @Test func `the key of an outcome tells all texts apart but for their line comments`() throws {
    try fuzz { random in
      var keys = KeyFuzz(random: random)
      return keys.cacheKey()
    }
  }
}

private struct KeyFuzz {
  var random: SplitMix64

  /// What line comments say does not change the key of an outcome; any other text does, however alike.
  mutating func cacheKey() -> String? {
    // Pieces of code that are whole in themselves, and between them the ends of line comments.
    var pieces: [String] = []
    var comments: [Int] = []
    for index in 0..<Int.random(in: 1...12, using: &random) {
      if Int.random(in: 0..<3, using: &random) == 0 {
        pieces.append(comment())
        comments.append(index)
      } else {
        pieces.append(piece(depth: 3))
      }
    }
    let ends = (0..<3).map { _ in Int.random(in: 0...30, using: &random) }
    let key = Self.key(pieces.joined(separator: " "), ends)
    var others = pieces
    for index in comments { others[index] = comment() }
    if key != Self.key(others.joined(separator: " "), ends) {
      return "comments count in \(pieces.joined(separator: " ")) with cells that end at \(ends)"
    }
    for index in pieces.indices where !comments.contains(index) {
      for mark in ["7", "*/"] {
        for range in pieces[index].ranges(of: mark) {
          others = pieces
          others[index].replaceSubrange(range, with: "x")
          if key == Self.key(others.joined(separator: " "), ends) {
            return
              "\(pieces.joined(separator: " ")) and \(others.joined(separator: " ")) with cells that end at \(ends)"
          }
        }
      }
    }
    return nil
  }

  private mutating func comment() -> String {
    "\n//" + ["", " a", "/* ", " \"\"\"", "\"", "\\(", "*/", "7"].randomElement(using: &random)!
      + "\n"
  }

  /// Code, literals and comments in each other, closed at the end.
  private mutating func piece(depth: Int) -> String {
    let inner = { (self: inout KeyFuzz, atoms: [String]) in
      (0..<Int.random(in: 0...4, using: &self.random)).map { _ in
        atoms.randomElement(using: &self.random)!
      }.joined()
    }
    let words = ["//", "/*", "*/", "7", " ", "a", "\\\"", "\\\\", "`"]
    switch depth == 0 ? 0 : Int.random(in: 0..<6, using: &random) {
    case 0: return inner(&self, ["7", "\n", " ", "a", " / ", "(7)", "`// 7`", "+"])
    case 1: return "\"" + inner(&self, words) + "\""
    case 2: return "\"\"\"\n" + inner(&self, words + ["\n", "\" ", "\n// "]) + "\n\"\"\""
    case 3: return "\"\"\"\n// \\(" + piece(depth: depth - 1) + ") // 7\n\"\"\""
    case 4: return "/*" + inner(&self, ["//", "7", "\n", "\"", "\n// ", " "]) + " */"
    default: return "/*\n// 7 /*" + inner(&self, ["7", "\n// "]) + " */\n// 7 */"
    }
  }

  /// The key of a program of cells that end behind these lines.
  private static func key(_ code: String, _ ends: [Int]) -> String {
    let lines = Text(
      lines: code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
        Text.Line(text: String($1), line: $0 + 1, column: 1)
      }
    ).lines
    var program = Samples.program(code: "")
    let bounds = [0] + Set(ends.filter { $0 < lines.count }).sorted() + [lines.count]
    program.cells = zip(bounds, bounds.dropFirst()).map { start, end in
      var cell = program.cells[0]
      cell.content = Text(lines: Array(lines[start..<end]))
      return cell
    }
    return OutcomeCache.key(for: program, environment: "")
  }
}
