import Testing

@testable import WorkbookChapters
@testable import WorkbookCore

/// How facts are put into words.
@Suite struct MessageTests {
  @Test func `a difference says which option would let the block pass`() {
    let message = CheckProblem.differs(
      CheckProblem.Difference(
        expectedLine: "b 1.0", actualLine: "b 1.5", expected: "1.0", actual: "1.5",
        absoluteError: 0.5, relativeError: 0.5, passingOption: "rtol=5e-01")
    ).message
    #expect(message.contains("rtol=5e-01 would let the block pass"))
  }

  @Test func `what is wrong with the format is told in two lines at most`() {
    let bytes = Array(
      "```output\n```\n```swift x\n```\n<!-- workbook x -->\n```swift y skip\n".utf8)
    let failures = Chapter(path: "c.md", bytes: bytes).failures
    #expect(failures.count == 5)
    for failure in failures {
      guard case .format(let problem) = failure.problem else { continue }
      #expect(problem.message.split(separator: "\n").count <= 2)
    }
  }

  @Test(
    arguments: [
      .programFailed, .notFinite(line: "nan"), .convergence(.noNumber(option: "below")),
      .ambiguous(line: "a"), .unwritable,
    ] as [UpdateProblem])
  func `why a block is not updated is told`(problem: UpdateProblem) {
    #expect(!problem.message.isEmpty)
  }
}
