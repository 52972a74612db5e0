import Testing

@testable import WorkbookCore

@Suite struct RuntimeErrorTests {
  @Test(
    arguments: [
      ("main/a.md:41: Fatal error: no\n", "Fatal error: no", "main/a.md", 41),
      ("x\nmain/a.md:4: Precondition failed: b\nc\n", "Precondition failed: b\nc", "main/a.md", 4),
      (
        "m/a.md:4: Precondition failed: Assertion failed, see b.md:7: Fatal error\n",
        "Precondition failed: Assertion failed, see b.md:7: Fatal error", "m/a.md", 4
      ),
      ("m/a.md:4: Fatal error: x\nno Fatal error\n", "Fatal error: x\nno Fatal error", "m/a.md", 4),
      ("m/a.md:1: Fatal error: x\nm/a.md:2: Fatal error: y\n", "Fatal error: y", "m/a.md", 2),
      ("Fatal access conflict detected.\n", "Fatal access conflict detected.", nil, nil),
      (
        "m/a.md:4: Assertion failed\nCurrent stack trace:\n0 Fatal error\n", "Assertion failed",
        "m/a.md", 4
      ),
    ] as [(String, String, String?, Int?)])
  func `the runtime's words stand at a line's start or behind a place`(
    errors: String, message: String, file: String?, line: Int?
  ) throws {
    let report = try #require(RuntimeError.Report(Array(errors.utf8)))
    #expect(report.message == message)
    #expect(report.place?.file == file && report.place?.line == line)
  }

  @Test func `a program's own words are no report`() {
    #expect(RuntimeError.Report(Array("no Fatal error here\n".utf8)) == nil)
  }
}
