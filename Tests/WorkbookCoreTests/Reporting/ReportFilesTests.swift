import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookCore

@Suite struct ReportFilesTests {
  private let folder = TemporaryFolder()

  @Test func `a report takes the place of a file`() throws {
    let path = try folder.write("report.xml", "old and longer")
    try save("new", to: path)
    #expect(try folder.bytes("report.xml") == Array("new".utf8))
    #expect(folder.names == ["report.xml"])
  }

  @Test func `a link stays one, and what it leads to is written`() throws {
    try folder.write("there", "old and longer")
    for target in ["there", "new"] {
      let link = folder["to-" + target]
      try FileManager.default.createSymbolicLink(
        atPath: link, withDestinationPath: folder[target])
      try save("report", to: link)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == folder[target])
      #expect(try folder.bytes(target) == Array("report".utf8))
    }
  }

  @Test func `who reads a pipe gets the report`() throws {
    let path = folder["pipe"]
    #expect(mkfifo(path, 0o600) == 0)
    // It opens at once, and so does who writes to it.
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try save("report", to: path)
    var bytes = [UInt8](repeating: 0, count: 99)
    let count = read(reader, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "report")
  }

  @Test func `a report that cannot be written keeps no other from being`() throws {
    let (missing, json) = (folder.path + "/none/a.xml", folder.path + "/a.json")
    var printed = ""
    let error = try #require(throws: CommandError.self) {
      try writeReports(
        of: Samples.report, [.junit(file: missing), .json(file: json), .github], environment: [:]
      ) { printed += $0 }
    }
    guard case .cannotWrite(missing, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(try String(contentsOfFile: json, encoding: .utf8) == Samples.report.json())
    #expect(printed.contains("::error"))
  }
}
