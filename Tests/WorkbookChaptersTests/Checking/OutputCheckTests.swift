import Testing

@testable import WorkbookChapters

@Suite struct OutputCheckTests {
  static func check(_ expected: String, _ printed: String, _ tolerance: Tolerance = Tolerance())
    throws
    -> OutputCheck
  {
    let bytes = Array(printed.utf8)
    let lines = SwiftLexerTests.text(expected).lines.map { line in
      Text.Line(text: line.text, line: line.line + 10, column: 3)
    }
    return try OutputCheck(lines, PrintedLines(bytes, bytes.indices), tolerance, at: (10, 1))
  }

  static func difference(_ check: OutputCheck) -> CheckProblem.Difference? {
    guard case .differs(let difference) = check.problem?.0 else { return nil }
    return difference
  }

  @Test func `numbers that match give their greatest errors`() throws {
    let check = try Self.check("1 2.0\n...\n3 0.0", "1 2.02\n2 x\n3 0.04")
    #expect(check.problem == nil)
    #expect(abs(try #require(check.maxAbsoluteError) - 0.04) < 1e-12)
    #expect(abs(try #require(check.maxRelativeError) - 0.01) < 1e-12)
    #expect(try Self.check("a", "a").maxAbsoluteError == nil)
  }

  @Test
  func
    `a number that is off is told with its place, its errors, its step and what would let it pass`()
    throws
  {
    let check = try Self.check("99 427.8\n199 1.45\n299 0.02", "99 427.8\n199 1.6\n299 0.021")
    let difference = try #require(Self.difference(check))
    #expect(check.problem?.line == 12)
    #expect(check.problem?.column == 3 + 4)
    #expect(difference.expectedLine == "199 1.45")
    #expect(difference.actualLine == "199 1.6")
    #expect((difference.expected, difference.actual) == ("1.45", "1.6"))
    #expect(abs(try #require(difference.absoluteError) - 0.15) < 1e-12)
    #expect(abs(try #require(difference.relativeError) - 0.15 / 1.45) < 1e-12)
    #expect(difference.step == 199)
    #expect(difference.passingOption == "rtol=1.1e-01")
    #expect(try Self.check("1.45\n0.02", "1.6\n0.021", Tolerance(relative: 0.11)).problem == nil)
  }

  @Test(
    arguments: [
      ("0.1 0.2", "0.16 0.2", nil, nil), ("0.0 5.0", "0.3 5.0", nil, nil),
      ("3.0286988e-05", "1.5e-04", 1e-3, nil),
      ("1.0", "2.0", 0.5, 0.1), ("0.0", "1e-9", nil, 1e-12), ("1e-300", "2e-300", nil, nil),
      ("876.6381833971976", "876.6381833971980", nil, nil), ("-1.0 0.0", "1.0 0.0", nil, nil),
    ] as [(String, String, Double?, Double?)])
  func `the option offered lets the whole block pass`(
    expected: String, printed: String, rtol: Double?, atol: Double?
  ) throws {
    let check = try Self.check(expected, printed, Tolerance(relative: rtol, absolute: atol))
    let option = try #require(Self.difference(check)?.passingOption)
    let value = try #require(Double(option.dropFirst(5)))
    let tolerance =
      option.hasPrefix("rtol=")
      ? Tolerance(relative: value, absolute: atol) : Tolerance(relative: rtol, absolute: value)
    #expect(try Self.check(expected, printed, tolerance).problem == nil, "\(option)")
  }

  @Test func `no option lets a nan or another word pass`() throws {
    let check = try Self.check("1 0.5\n2 0.25", "1 nan\n2 0.5")
    let difference = try #require(Self.difference(check))
    #expect(difference.actual == "nan")
    #expect(difference.absoluteError == nil && difference.passingOption == nil)
    #expect(try Self.difference(Self.check("a 0.5\nb", "a 0.7\nc"))?.passingOption == nil)
  }

  @Test(arguments: [
    ("a b", "a c", 11, 5, "b", "c"), ("a b", "a", 11, 5, "b", ""), ("a", "a b", 11, 4, "", "b"),
    ("1 x\n2 y", "2 y\n1 x", 11, 3, "1", "2"), ("1 2\n...\n5 6", "1 2\n5 7", 13, 5, "6", "7"),
    ("...\n99 0.5\n199 a\n...", "x\n99 0.5\n199 b\ny", 13, 7, "a", "b"),
    ("...\n5 a\n...", "4\n5 b\n6", 12, 5, "a", "b"),
    ("x 0.5 y", "x 0.7 z", 11, 5, "0.5", "0.7"),
    ("s\n...\n0.5 x\n...\n0.9", "s\n0.1 x\n0.5 x\n0.8", 15, 3, "0.9", "0.8"),
  ])
  func `another line is told where it stands`(
    expected: String, printed: String, line: Int, column: Int, token: String, actual: String
  ) throws {
    let check = try Self.check(expected, printed)
    let difference = try #require(Self.difference(check))
    #expect(check.problem?.line == line)
    #expect(check.problem?.column == column)
    #expect(difference.expected == token)
    #expect(difference.actual == actual)
  }

  @Test(
    arguments: [
      ("1 a\n2 b\n3 c", "1 a\n3 c", .missingLine(expected: "2 b"), 12),
      ("1 a\n2 b", "1 a", .missingLine(expected: "2 b"), 12),
      ("a", "", .missingLine(expected: "a"), 11),
      ("1 a\n3 c", "1 a\n2 b\n3 c", .extraLine(actual: "2 b"), 12),
      ("1 a", "1 a\n2 b", .extraLine(actual: "2 b"), 11),
      ("", "x", .extraLine(actual: "x"), 10), ("...\na", "", .missingLine(expected: "a"), 12),
      ("...\na\n...", "b", .missingLine(expected: "a"), 12),
      ("a\n...\nb", "a", .missingLine(expected: "b"), 13),
    ] as [(String, String, CheckProblem, Int)])
  func `a missing or added line is told as such`(
    expected: String, printed: String, problem: CheckProblem, line: Int
  ) throws {
    let check = try Self.check(expected, printed)
    #expect(check.problem?.0 == problem)
    #expect(check.problem?.line == line)
  }

  @Test func `very long lines, words and numbers are kept in part`() throws {
    let digits = String(repeating: "7", count: 100_000)
    for (expected, printed) in [
      ("1.5", "1.5\(digits)"), ("a", digits), (digits, "a"), ("1.5", "0.\(digits) x"),
      ("a\n...\nb", digits),
    ] {
      let problem = try #require(try Self.check(expected, printed).problem?.0)
      #expect("\(problem)".utf8.count < 1_200, "\(expected.prefix(9)), \(printed.prefix(9))")
    }
  }

  /// An output as the book has them, and every single way to move one thing in it out of place.
  @Test func `every number, word and line that is changed fails at its line and column`() throws {
    let expected = [
      "training adam", "99 427.81985", "199 1.4477568 (best)", "loss=3.0286988e-05, lr=0.01",
    ]
    let tolerance = Tolerance(relative: 1e-3)
    #expect(
      try Self.check(expected.joined(separator: "\n"), expected.joined(separator: "\n"), tolerance)
        .problem == nil)
    var count = 0
    for (index, line) in expected.enumerated() {
      for token in ExpectedLine(Text.Line(text: line, line: 1, column: 1)).tokens {
        var bytes = Array(line.utf8)
        let text = String(decoding: bytes[token.range], as: UTF8.self)
        let changes: [String] =
          switch token.kind {
          case .decimal:
            [
              "\(Double(written: text.utf8) * 1.002)", "\(Double(written: text.utf8) * 0.998)",
              "-\(text)", "nan",
            ]
          case .integer: ["\(Int(text)! + 1)", "-\(text)", "\(text).0"]
          default: ["~\(text)", String(text.dropLast())]
          }
        for change in changes {
          bytes.replaceSubrange(token.range, with: change.utf8)
          var printed = expected
          printed[index] = String(decoding: bytes, as: UTF8.self)
          bytes = Array(line.utf8)
          let check = try Self.check(
            expected.joined(separator: "\n"), printed.joined(separator: "\n"), tolerance)
          #expect(check.problem?.line == 11 + index, "\(printed)")
          #expect(check.problem?.column == 3 + token.range.lowerBound, "\(printed)")
          count += 1
        }
      }
      for printed in [
        expected[..<index] + expected[(index + 1)...], expected[...index] + expected[index...],
        expected[..<index] + ["nan"] + expected[index...],
      ] {
        let check = try Self.check(
          expected.joined(separator: "\n"), printed.joined(separator: "\n"), tolerance)
        #expect(check.problem != nil, "\(printed)")
        count += 1
      }
    }
    #expect(count > 40)
  }
}
