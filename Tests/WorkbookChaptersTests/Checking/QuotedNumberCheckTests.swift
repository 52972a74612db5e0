import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

@Suite struct QuotedNumberCheckTests {
  private static func failures(_ prose: String, printed: String) throws -> [CheckProblem] {
    let result = try ProgramCheckerTests.check("```swift\n```\n\n" + prose, [printed])
    return result.failures.compactMap {
      if case .check(let problem) = $0.problem { problem } else { nil }
    }
  }

  @Test(arguments: [
    ("99", "99 0.25", "0.25"), ("99", "  99 0.25", "0.25"), ("99", "9 1\n99 0.25\n999 2", "0.25"),
    ("loss", "loss=0.25, 3", "0.25"), ("loss=", "loss=-0.25", "-0.25"),
    ("after 3 steps:", "after 3 steps: 0.2512", "0.25"), ("a", "a 27.4 b", "27"),
    ("", "0.25", "0.25"), ("é", "é 0.25", "0.25"), ("第 9", "第 99，1\n第 9：0.25", "0.25"),
    ("一", "一，0.25\n一二 1", "0.25"),
  ])
  func
    `a number in prose is held against the first number behind what the printed line begins with`(
      label: String, printed: String, number: String
    ) throws
  {
    let prose = "It is \(number)<!-- workbook: value=\"\(label)\" --> now."
    // An empty value is one that was forgotten.
    guard !label.isEmpty else {
      return #expect(Chapter("```swift\n```\n\n" + prose).failures.count == 1)
    }
    #expect(try Self.failures(prose, printed: printed) == [])
  }

  @Test(
    arguments: [
      ("99 0.26", .otherNumber(written: "0.25", printed: "0.26", line: "99 0.26")),
      ("99 nan", .otherNumber(written: "0.25", printed: "nan", line: "99 nan")),
      ("99 -0.25", .otherNumber(written: "0.25", printed: "-0.25", line: "99 -0.25")),
      ("9 0.25", .noSuchLine(label: "99")), ("99.5 0.25", .noSuchLine(label: "99")),
      ("a 99 0.25", .noSuchLine(label: "99")), ("99 a", .noSuchLine(label: "99")),
      ("", .noSuchLine(label: "99")),
    ] as [(String, CheckProblem)])
  func `another number, and a line that is not there, fail`(printed: String, problem: CheckProblem)
    throws
  {
    let prose = "It is 0.25<!-- workbook: value=99 --> now."
    #expect(try Self.failures(prose, printed: printed) == [problem])
  }

  @Test func `a tolerance is the comment's, else the chapter's, else the digits written`() throws {
    let prose = "0.25<!-- workbook: value=a rtol=0.1 --> and 0.25<!-- workbook: value=a -->"
    #expect(try Self.failures(prose, printed: "a 0.254") == [])
    #expect(try Self.failures(prose, printed: "a 0.26").count == 1)
    #expect(try Self.failures(prose, printed: "a 0.3").count == 2)
    let chapter = "<!-- workbook: atol=0.1 -->\n\n```swift\n```\n\n" + prose
    #expect(try ProgramCheckerTests.check(chapter, ["a 0.26"]).failures.isEmpty)
  }

  @Test
  func `of lines that begin alike the nearest is meant: the last above, else the first below`()
    throws
  {
    func chapter(_ place: Int) -> String {
      var parts = ["```swift\n1\n```\n", "```swift\n2\n```\n", "```swift\n3\n```\n"]
      parts.insert("It is 5<!-- workbook: value=a -->.\n", at: place)
      return parts.joined(separator: "\n")
    }
    for (place, nearest) in [(0, 0), (1, 0), (2, 1), (3, 2)] {
      for right in 0..<3 {
        let outputs = (0..<3).map { $0 == right ? "a 4\na 5\n" : "a 6\na 7\n" }
        let outputsBelow = (0..<3).map { $0 == right ? "a 5\na 4\n" : "a 7\na 6\n" }
        let result = try ProgramCheckerTests.check(
          chapter(place), place == 0 ? outputsBelow : outputs)
        #expect(result.failures.isEmpty == (right == nearest), "\(place) \(right)")
      }
    }
  }

  @Test
  func `it is told with its error, at its place, and not where the program does not end well`()
    throws
  {
    let markdown = "```swift\n```\n\n> é 0.5<!-- workbook: value=a rtol=0.1 --> 8\n"
    let result = try ProgramCheckerTests.check(markdown, ["a 0.75"])
    #expect(ProgramCheckerTests.statuses(result) == ["4 value failed"])
    #expect(result.failures.map(\.location) == [Location(path: "c.md", line: 4, column: 6)])
    #expect(result.checks[0].maxAbsoluteError == 0.25)
    #expect(result.checks[0].maxRelativeError == 0.5)
    #expect(result.checks[0].printed == 2..<6)
    let ended = try ProgramCheckerTests.check(markdown, ["a 0.75"], .exited(code: 1))
    #expect(ProgramCheckerTests.statuses(ended) == ["4 value skipped"])
    #expect(Chapter(markdown).programs[0].skippedChecks.map(\.kind) == [.value])
  }
}
