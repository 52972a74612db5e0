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

  @Test func `a report that cannot be written is told`() {
    #expect(throws: CommandError.self) { try save("report", to: folder["none/report"]) }
  }
}
