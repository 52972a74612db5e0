import Foundation
import Testing

@testable import WorkbookConfinement
@testable import WorkbookSystem

@Suite struct LaunchTests {
  @Test func `a launch survives its way through JSON`() throws {
    let launch = Launch(
      executable: "/a b/p", arguments: ["-x", ""], environment: ["A": "b=c"], folder: "/f",
      limits: Limits(
        seconds: 0.5, memoryBytes: 7, fileBytes: 9, folderBytes: 11, files: 13, threads: 15),
      role: .program, inputs: "/p", isConfined: true,
      files: Launch.Files(readable: ["/x y"], listable: ["/l"], runnable: ["/r"], writable: ["/w"]),
      landlock: 4)
    #expect(try JSONDecoder().decode(Launch.self, from: JSONEncoder().encode(launch)) == launch)
  }

  @Test(arguments: [
    LaunchReport.End.exited(3), .signalled(4), .killed(9), .timedOut,
    .exceeded(.wroteOutside(path: "/a\nb")), .interrupted,
    .failed(doing: "start the program", code: 2),
  ])
  func `a report survives its way through JSON`(end: LaunchReport.End) throws {
    let report = LaunchReport(
      end: end, seconds: 0.25, peakMemoryBytes: 4096, inputs: ["/p/x": InputStamp("/bin")])
    #expect(
      try JSONDecoder().decode(LaunchReport.self, from: JSONEncoder().encode(report)) == report)
  }
}
