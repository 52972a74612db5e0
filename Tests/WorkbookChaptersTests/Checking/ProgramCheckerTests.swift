import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

@Suite struct ProgramCheckerTests {
  /// Checks a chapter's first program, each of whose cells printed a text; nil: it never began.
  static func check(
    _ markdown: String, _ outputs: [String?], _ end: Transcript.End = .exited(code: 0)
  ) throws -> CheckResult {
    try WorkbookChapters.check(Chapter(markdown).programs[0], transcript(outputs, end))
  }

  static func transcript(_ outputs: [String?], _ end: Transcript.End = .exited(code: 0))
    -> Transcript
  {
    var output: [UInt8] = []
    var starts: [Int?] = []
    for text in outputs {
      starts.append(text.map { _ in output.count })
      output += Array((text ?? "").utf8)
    }
    return Transcript(
      output: output, errors: [], cellStarts: starts, end: end, seconds: 0, peakMemoryBytes: 0)
  }

  static func statuses(_ result: CheckResult) -> [String] {
    result.checks.map { "\($0.line) \($0.kind) \($0.status)" }
  }

  static let two = """
    ```swift
    ```
    ```output
    a
    ```
    ```swift
    ```
    ```swift
    ```
    ```output rtol=0.1
    b 1.0
    ```
    """

  @Test func `each block is compared with what its cells print`() throws {
    let result = try Self.check(Self.two, ["a\n", "b ", "1.05\n"])
    #expect(Self.statuses(result) == ["3 output passed", "10 output passed"])
    #expect(result.failures.isEmpty && result.warnings.isEmpty)
    #expect(abs(try #require(result.checks[1].maxAbsoluteError) - 0.05) < 1e-12)
  }

  /// Cells at 1, 7 and 10; an output block at 4 of the first, one at 13 of the two others.
  private static let prints = """
    ```swift
    // Prints "1"
    ```
    ```output
    1
    ```
    ```swift
    // Prints "2"
    ```
    ```swift
    ```
    ```output
    2
    3
    ```
    """

  @Test func `behind a cell that is left out nothing fails, and nothing of its own passes`()
    throws
  {
    func statuses(_ outputs: [String?], without leftOut: Set<Int>) throws -> [String] {
      let transcript = Self.transcript(outputs)
      let program = Chapter(Self.prints).programs[0]
      let result = try WorkbookChapters.check(program, transcript, without: leftOut)
      #expect(result.failures.isEmpty && result.warnings.isEmpty)
      #expect(result.checks.allSatisfy { ($0.status == .skipped) == ($0.printed == nil) })
      return result.checks.map { "\($0.line) \($0.status)" }
    }
    #expect(
      try statuses([nil, "2\n", "3\n"], without: [0])
        == ["2 skipped", "4 skipped", "8 passed", "12 passed"])
    #expect(
      try statuses([nil, "x\n", "3\n"], without: [0])
        == ["2 skipped", "4 skipped", "8 skipped", "12 skipped"])
    #expect(
      try statuses(["1\n", nil, "3\n"], without: [1])
        == ["2 passed", "4 passed", "8 skipped", "12 skipped"])
  }

  @Test func `before a cell that is left out a mismatch fails`() throws {
    let result = try WorkbookChapters.check(
      Chapter(Self.prints).programs[0], Self.transcript(["x\n", nil, "3\n"]), without: [1])
    #expect(result.failures.map(\.location.line).sorted() == [2, 5])
  }

  @Test func `a cell left out that should trap is not blamed for the end`() throws {
    let program = Chapter("```swift\nf()\n```\n```swift traps\n.g()\n```\n").programs[0]
    #expect(!program.cells[1].startsAtTopLevel)
    let result = try WorkbookChapters.check(
      program, Self.transcript(["", nil]), without: [1])
    #expect(Self.statuses(result) == ["4 traps skipped"])
    #expect(result.failures.isEmpty)
  }

  @Test func `a mismatch fails at its place`() throws {
    let result = try Self.check(Self.two, ["a\n", "b ", "1.5\n"])
    #expect(Self.statuses(result) == ["3 output passed", "10 output failed"])
    #expect(result.failures.map(\.location) == [Location(path: "c.md", line: 11, column: 3)])
    guard case .check(.differs(let difference)) = result.failures.first?.problem else {
      Issue.record("\(result.failures)")
      return
    }
    #expect(difference.passingOption == "rtol=5e-01")
  }

  @Test
  func `a trajectory that does not converge fails at its block, also where its numbers match`()
    throws
  {
    let result = try Self.check(
      "```swift\n```\n```output below=1 decreasing rtol=9\n2.0\n1.0\n```\n", ["2.0\n3.0\n"])
    #expect(Self.statuses(result) == ["3 output failed"])
    #expect(
      result.failures.map(\.problem) == [
        .check(.aboveBound(last: "3.0", bound: 1)),
        .check(.notDecreasing(previous: "2.0", next: "3.0")),
      ])
    #expect(result.failures.allSatisfy { $0.location.line == 3 })
  }

  @Test(arguments: [
    Transcript.End.trapped(message: "Fatal error: x", at: nil), .timedOut(seconds: 1),
    .exceeded(.printed(bytes: 16 << 20)), .killed(signal: 9), .interrupted, .exited(code: 3),
  ])
  func
    `a program that ends badly is one failure, checks what it finished and passes nothing it did not`(
      end: Transcript.End
    ) throws
  {
    let result = try Self.check(Self.two, ["a\n", "b 1.0\n", nil], end)
    #expect(Self.statuses(result) == ["3 output passed", "10 output skipped"])
    #expect(
      result.failures == [
        Failure(.run(.ended(end)), at: Location(path: "c.md", line: 6, column: 1))
      ])
    #expect(
      try Self.statuses(Self.check(Self.two, ["a\n", "b ", "1.0\n"], end))[1] == "10 output skipped"
    )
  }

  @Test func `a trap whose place is known fails there`() throws {
    let place = Location(path: "c.md", line: 7, column: 1)
    let result = try Self.check(Self.two, ["a", "", nil], .trapped(message: "x", at: place))
    #expect(result.failures.map(\.location) == [place])
  }

  @Test func `a program that exits before a cell begins fails at that cell`() throws {
    let result = try Self.check(Self.two, ["a\n", "b 1.0\n", nil])
    #expect(Self.statuses(result) == ["3 output passed", "10 output skipped"])
    #expect(
      result.failures == [
        Failure(.check(.endedEarly), at: Location(path: "c.md", line: 8, column: 1))
      ])
  }

  static let trap = "```swift\n```\n```swift traps=\"out of range\"\n```\n```output\na\n```\n"

  @Test func `a cell that must trap does, in its own time and words`() throws {
    let end = Transcript.End.trapped(message: "Fatal error: Index out of range", at: nil)
    let result = try Self.check(Self.trap, ["", "a\n"], end)
    #expect(Self.statuses(result) == ["3 traps passed", "5 output passed"])
    #expect(result.failures.isEmpty)
  }

  @Test(
    arguments: [
      (["", "a"], .exited(code: 0), "3 traps failed", .check(.doesNotTrap(end: .exited(code: 0)))),
      (["", "a"], .exited(code: 3), "3 traps failed", .check(.doesNotTrap(end: .exited(code: 3)))),
      (
        ["", "a"], .trapped(message: "x", at: nil), "3 traps failed",
        .check(.otherTrap(expected: "out of range", actual: "x"))
      ),
      (
        ["a", nil], .trapped(message: "out of range", at: nil), "3 traps skipped",
        .run(.ended(.trapped(message: "out of range", at: nil)))
      ),
      (["a", nil], .exited(code: 0), "3 traps skipped", .check(.endedEarly)),
      (["", "a"], .timedOut(seconds: 1), "3 traps failed", .run(.ended(.timedOut(seconds: 1)))),
    ] as [([String?], Transcript.End, String, Failure.Problem)])
  func `a cell that should trap and does not, or otherwise, fails`(
    outputs: [String?], end: Transcript.End, status: String, problem: Failure.Problem
  ) throws {
    let result = try Self.check(Self.trap, outputs, end)
    #expect(Self.statuses(result)[0] == status)
    #expect(result.failures.first?.problem == problem)
  }

  @Test func `cells that must fail to compile take no part`() throws {
    let markdown = "```swift\n```\n```swift error\n```\n```output\na\n```\n```swift error\n```\n"
    let result = try Self.check(markdown, ["a\n", nil, nil])
    #expect(Self.statuses(result) == ["5 output passed"])
    #expect(result.failures.isEmpty)
  }

  @Test func `prints comments are the lines that their cell prints`() throws {
    let markdown = """
      <!-- workbook: rtol=0.1 -->

      ```swift
      print(1.0) // Prints "1.0"
      // Prints "b".
      ```
      ```swift
      print("c") // Prints "c"
      ```
      """
    let passed = try Self.check(markdown, ["1.05\nb\n", "c\n"])
    #expect(Self.statuses(passed) == ["4 prints passed", "8 prints passed"])
    #expect(passed.warnings.isEmpty && passed.failures.isEmpty)
    let failed = try Self.check(markdown, ["1.05\nb\n", "d\n"])
    #expect(Self.statuses(failed) == ["4 prints passed", "8 prints failed"])
    #expect(failed.failures.map(\.location) == [Location(path: "c.md", line: 8, column: 23)])
    #expect(try Self.statuses(Self.check(markdown, ["1.05\n", "c"]))[0] == "4 prints failed")
    #expect(
      try Self.statuses(Self.check(markdown, ["1.0\nb", nil], .interrupted))[1]
        == "8 prints skipped")
  }

  @Test func `output that no expectation covers is told, by cell`() throws {
    let markdown = Self.two + "\n```swift\n```\n```swift\nf() // Prints \"d\"\n```\n```swift\n```\n"
    let result = try Self.check(markdown, ["a\n", "b 1.0", "", "c\nc\n", "d\n", " \n"])
    #expect(result.failures.isEmpty)
    #expect(result.warnings.map(\.location.line) == [13])
    #expect(result.warnings.map(\.problem) == [.unchecked(lineCount: 2)])
    #expect(try Self.check("```swift\n```\n", ["x"]).warnings.count == 1)
  }

  @Test func `starts that go back or beyond the output are taken for missing`() throws {
    var transcript = Self.transcript(["a\n", "b 1.0\n", ""])
    for starts in [[0, 99, 100], [5, 2, 1], [], [nil, nil, nil], [0, -1, 3]] as [[Int?]] {
      transcript.cellStarts = starts
      let result = try WorkbookChapters.check(Chapter(Self.two).programs[0], transcript)
      #expect(!result.failures.isEmpty)
      #expect(result.checks.count == 2)
    }
  }

  @Test func `a program that never ran has passed nothing`() throws {
    let markdown =
      Self.trap + "```swift error program=b\n```\n```swift program=b\n// Prints \"x\"\n```\n"
    let programs = Chapter(markdown).programs
    #expect(programs[0].skippedChecks.map(\.line) == [3, 5])
    #expect(programs[1].skippedChecks.map(\.kind) == [.prints])
    #expect(programs.flatMap(\.skippedChecks).allSatisfy { $0.status == .skipped })
  }
}
