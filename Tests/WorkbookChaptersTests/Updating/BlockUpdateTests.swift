import Testing

@testable import WorkbookChapters

@Suite struct BlockUpdateTests {
  static func update(_ expected: String, _ printed: String, _ tolerance: Tolerance = Tolerance())
    throws
    -> BlockUpdate
  {
    let bytes = Array(printed.utf8)
    return try BlockUpdate(
      SwiftLexerTests.text(expected).lines, PrintedLines(bytes, bytes.indices), tolerance)
  }

  /// The block with its edits, lines joined by `|`.
  static func result(_ expected: String, _ printed: String) throws -> String {
    let update = try update(expected.replacing("|", with: "\n"), printed.replacing("|", with: "\n"))
    var lines = update.lines.map { Optional($0.text) }
    var added: [(Int, String)] = []
    for edit in update.edits.reversed() {
      switch edit {
      case .number(let line, let range, let text):
        var bytes = Array(lines[line]!.utf8)
        bytes.replaceSubrange(range, with: text)
        lines[line] = String(decoding: bytes, as: UTF8.self)
      case .replace(let line, let text): lines[line] = String(decoding: text, as: UTF8.self)
      case .remove(let line): lines[line] = nil
      case .insert(let line, let text): added.append((line, String(decoding: text, as: UTF8.self)))
      }
    }
    // Behind come before: each goes to its place without moving those in front.
    for (line, text) in added.sorted(by: { $0.0 > $1.0 }) {
      lines.insert(text, at: line)
    }
    return lines.compactMap { $0 }.joined(separator: "|")
  }

  @Test(arguments: [
    ("a|1 0.5", "a|1 0.5", "a|1 0.5"), ("1  0.50 |2 0.25", "1 0.50|2 0.751", "1  0.50 |2 0.75"),
    ("x 0.5|...|y 0.1", "x 0.5|z|z|y 0.3", "x 0.5|...|y 0.3"), ("a|b|c", "a|x|c", "a|x|c"),
    ("a|b|c", "a|c", "a|c"), ("a|c", "a|b|c", "a|b|c"), ("a|0.5|c", "x|0.7|c|y", "x|0.7|c|y"),
    ("a", "", ""),
    ("", "a|b", "a|b"), ("a  b|c", "a b|d", "a  b|d"),
    ("1 0.5|2 0.5|3 0.5", "1 0.5|3 0.7", "1 0.5|3 0.7"),
    ("a|...|b", "x|m|y", "x|...|y"), ("a|...|5 0.5|...|b", "x|5 0.7|b", "x|...|5 0.7|...|b"),
    ("a|...|b|c", "x", "x|..."), ("...|a", "b", "...|b"), ("1|2|3", "3|2|1", "3|2|1"),
    ("a||b", "a|c|b", "a|c|b"),
    ("s|...|0.5 x|...|0.9", "s|0.1 x|0.5 x|0.8", "s|...|0.5 x|...|0.8"),
    ("s|...|0.5 x|...|e", "t|0.1 x|0.5 x|f", "t|...|0.5 x|...|f"),
    // Where 0.5 keeps its place, none is left for 0.7.
    ("s|...|0.5|...|0.7 x|...|e", "s|0.1|0.8 x|0.5|e", "s|...|0.1|...|0.8 x|...|e"),
  ])
  func `only what is off is rewritten`(expected: String, printed: String, result: String) throws {
    #expect(try Self.result(expected, printed) == result)
  }

  @Test(
    arguments: [
      ("1 0.5", "1 nan", .notFinite(line: "1 nan")),
      ("a", "b\nloss=-inf", .notFinite(line: "loss=-inf")),
      ("a", "...", .unwritable), ("a\n...\nb 0.5\n...\nc", "x\ny\nz", .ambiguous(line: "b 0.5")),
    ] as [(String, String, UpdateProblem)])
  func `a nan, a line of three points and a line without a place are refused`(
    expected: String, printed: String, problem: UpdateProblem
  ) throws {
    let update = try Self.update(expected, printed)
    #expect(update.problem == problem)
    #expect(update.edits.isEmpty)
  }

  @Test func `a nan that is expected stays`() throws {
    #expect(try Self.result("nan 0.5", "nan 0.7") == "nan 0.7")
  }
}
