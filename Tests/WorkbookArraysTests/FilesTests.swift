import Foundation
import Testing
import WorkbookArrays
import WorkbookTestTools

struct FilesTests {
  private let folder = TemporaryFolder()

  private func write(_ text: String, _ path: String, commits: Bool = true) throws {
    let writer = try FileWriter(path)
    try Array(text.utf8).withUnsafeBytes { try writer.write($0) }
    if commits { try writer.commit() }
  }

  @Test func `a file that is not finished leaves what was there, and nothing beside it`() throws {
    let path = folder["x"]
    try write("before", path)
    try write("half", path, commits: false)
    #expect(try folder.read("x") == "before")
    #expect(folder.names == ["x"])
    try write("after", path)
    #expect(try folder.read("x") == "after")
    #expect(folder.names == ["x"])
  }

  @Test func `a link stays a link, and rights stay`() throws {
    let (path, link) = (folder["x"], folder["link"])
    try write("before", path)
    chmod(path, 0o600)
    symlink(path, link)
    try write("after", link)
    #expect(try folder.read("x") == "after")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
    #expect(
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
  }

  @Test func `what is no file is neither read nor replaced`() throws {
    let pipe = folder["pipe"]
    mkfifo(pipe, 0o600)
    for path in [folder.path, pipe, "/dev/null"] {
      let reading = #expect(throws: FileFault.self) { _ = try FileReader(path) }
      #expect(reading?.number == 0)
      let writing = #expect(throws: FileFault.self) { try write("text", path) }
      #expect(writing?.number == 0 && writing?.doing == .open)
    }
    #expect(folder.names == ["pipe"])
    let missing = #expect(throws: FileFault.self) { try write("text", folder["no/file"]) }
    #expect(missing?.number == ENOENT)
  }

  @Test func `a read says how much there was`() throws {
    let path = folder["x"]
    try write("hello", path)
    let reader = try FileReader(path)
    #expect(reader.byteCount == 5)
    var bytes = [UInt8](repeating: 0, count: 4)
    #expect(try bytes.withUnsafeMutableBytes { try reader.read($0, at: 3) } == 2)
    #expect(bytes == [108, 111, 0, 0])
    #expect(try bytes.withUnsafeMutableBytes { try reader.read($0, at: 9) } == 0)
  }

  @Test func `no system has all memory there could be`() {
    #expect(hasMemory(for: 1 << 20))
    #expect(!hasMemory(for: 1 << 60))
  }
}
