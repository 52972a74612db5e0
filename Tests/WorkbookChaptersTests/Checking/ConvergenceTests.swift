import Testing

@testable import WorkbookChapters

@Suite struct ConvergenceTests {
  static func problems(_ printed: String, below: Double? = nil, decreasing: Bool = false) throws
    -> [CheckProblem]
  {
    let bytes = Array(printed.utf8)
    let expectation = Expectation(
      line: 1, column: 1, cellCount: 1, below: below, decreasing: decreasing,
      content: Text(lines: []))
    return try Convergence.problems(of: expectation, PrintedLines(bytes, bytes.indices))
  }

  @Test(
    arguments: [
      ("1 5\n2 0.5", []), ("1 5\n2 0.6\n", [.aboveBound(last: "0.6", bound: 0.5)]),
      ("loss=0.4 (done)", []),
      ("nan", [.aboveBound(last: "nan", bound: 0.5)]),
      ("-inf", [.aboveBound(last: "-inf", bound: 0.5)]),
      ("0.1\nend", [.noNumber(option: "below")]), ("", [.noNumber(option: "below")]), ("0", []),
      ("1e999", [.aboveBound(last: "1e999", bound: 0.5)]),
    ] as [(String, [CheckProblem])])
  func `the last number of the last line must be finite and at most the bound`(
    printed: String, problems: [CheckProblem]
  ) throws {
    #expect(try Self.problems(printed, below: 0.5) == problems)
  }

  @Test(arguments: [
    ("0", 0, true), ("-0.0", 0, true), ("1e-400", 0, false), ("-1e-400", 0, true),
    ("0.10000000000000000001", 0.1, false), ("0.1", 0.1, true), ("-5.0", -5, true),
    ("-4.9", -5, false), ("-1e999", -5, true),
  ])
  func `a bound is compared with what is written, not with what a Double makes of it`(
    printed: String, bound: Double, passes: Bool
  ) throws {
    let problems = try Self.problems(printed, below: bound)
    #expect(problems == (passes ? [] : [.aboveBound(last: printed, bound: bound)]))
  }

  @Test func `a very long number is kept in part`() throws {
    let problems = try Self.problems("1" + String(repeating: "0", count: 1_000_000), below: 1)
    guard case .aboveBound(let last, _) = problems.first else {
      Issue.record("no failure")
      return
    }
    #expect(last.utf8.count < 400)
    #expect(last.hasSuffix("… (999801 bytes more)"))
  }

  @Test(
    arguments: [
      ("1 3.0\n2 2.5\ntext\n3 1e-9", []), ("1 3.0", []), ("inf\n5", []),
      ("1 3.0\n2 3.0", [.notDecreasing(previous: "1 3.0", next: "2 3.0")]),
      ("1 3.0\nx\n2 3.5", [.notDecreasing(previous: "1 3.0", next: "2 3.5")]),
      ("1 3.0\n2 nan", [.notDecreasing(previous: "1 3.0", next: "2 nan")]),
      ("nan", [.notDecreasing(previous: "", next: "nan")]),
      ("1\n-inf", [.notDecreasing(previous: "1", next: "-inf")]),
      ("-inf", [.notDecreasing(previous: "", next: "-inf")]),
      ("inf", [.notDecreasing(previous: "", next: "inf")]),
      ("inf\ninf", [.notDecreasing(previous: "inf", next: "inf")]), ("inf\n1e999\n1e400", []),
      ("1e-400\n1e-401\n0", []), ("0.10000000000000000001\n0.1", []),
      ("1e-401\n1e-400", [.notDecreasing(previous: "1e-401", next: "1e-400")]),
      ("text", [.noNumber(option: "decreasing")]), ("", [.noNumber(option: "decreasing")]),
    ] as [(String, [CheckProblem])])
  func `the last numbers of the lines must strictly decrease`(
    printed: String, problems: [CheckProblem]
  ) throws {
    #expect(try Self.problems(printed, decreasing: true) == problems)
  }
}
