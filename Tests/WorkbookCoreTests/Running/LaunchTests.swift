import Testing

@testable import WorkbookCore

@Suite struct LaunchTests {
  @Test func `a launch survives its way through arguments`() {
    let launch = Launch(
      program: "/a b/p", folder: "/f",
      limits: Limits(seconds: 0.5, memoryBytes: 7, fileBytes: 9, folderBytes: 11, files: 13),
      isConfined: true, readable: ["/x y", ""], inputs: "/p")
    #expect(Launch(arguments: launch.arguments) == launch)
    #expect(Launch(arguments: launch.arguments.prefix(8)) == nil)
    #expect(Launch(arguments: ["p", "f", "soon", "1", "2", "3", "4", "true", ""]) == nil)
  }

  @Test(arguments: [
    LaunchReport.End.exited(3), .signalled(4), .timedOut, .exceeded("wrote: /a b"), .interrupted,
    .failed("start the program", 2),
  ])
  func `a report survives its way through a pipe`(end: LaunchReport.End) {
    let report = LaunchReport(end: end, seconds: 0.25, peakMemoryBytes: 4096)
    #expect(LaunchReport(line: report.line) == report)
  }

  @Test(arguments: ["", "1 2 exited", "x 2 exited 0 \n", "1 2 vanished 0 \n", "1 2 exited 0 "])
  func `what is no report is none`(line: String) {
    #expect(LaunchReport(line: line) == nil)
  }

  @Test func `a path cannot end a report's line`() {
    let report = LaunchReport(end: .exceeded("a\nb"), seconds: 0, peakMemoryBytes: 0)
    #expect(report.line.filter { $0 == "\n" }.count == 1)
  }
}
