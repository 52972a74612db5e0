import Testing

@testable import WorkbookCore

@Suite struct ConvergenceTests {
  static func problems(_ printed: String, below: Double? = nil, decreasing: Bool = false)
    -> [CheckProblem]
  {
    let bytes = Array(printed.utf8)
    let expectation = Expectation(
      line: 1, column: 1, cellCount: 1, below: below, decreasing: decreasing,
      content: Text(lines: []))
    return Convergence.problems(of: expectation, PrintedLines(bytes, bytes.indices))
  }

  @Test(
    "The last number of the last line must be finite and at most the bound",
    arguments: [
      ("1 5\n2 0.5", []), ("1 5\n2 0.6\n", [.aboveBound(last: "0.6", bound: 0.5)]),
      ("loss=0.4 (done)", []),
      ("nan", [.aboveBound(last: "nan", bound: 0.5)]),
      ("-inf", [.aboveBound(last: "-inf", bound: 0.5)]),
      ("0.1\nend", [.noNumber(option: "below")]), ("", [.noNumber(option: "below")]), ("0", []),
      ("1e999", [.aboveBound(last: "1e999", bound: 0.5)]),
    ] as [(String, [CheckProblem])])
  func below(printed: String, problems: [CheckProblem]) {
    #expect(Self.problems(printed, below: 0.5) == problems)
  }

  @Test(
    "The last numbers of the lines must strictly decrease",
    arguments: [
      ("1 3.0\n2 2.5\ntext\n3 1e-9", []), ("1 3.0", []), ("inf\n5", []),
      ("1 3.0\n2 3.0", [.notDecreasing(previous: "1 3.0", next: "2 3.0")]),
      ("1 3.0\nx\n2 3.5", [.notDecreasing(previous: "1 3.0", next: "2 3.5")]),
      ("1 3.0\n2 nan", [.notDecreasing(previous: "1 3.0", next: "2 nan")]),
      ("nan", [.notDecreasing(previous: "", next: "nan")]),
      ("1\n-inf", [.notDecreasing(previous: "1", next: "-inf")]),
      ("text", [.noNumber(option: "decreasing")]), ("", [.noNumber(option: "decreasing")]),
    ] as [(String, [CheckProblem])])
  func decreasing(printed: String, problems: [CheckProblem]) {
    #expect(Self.problems(printed, decreasing: true) == problems)
  }
}
