import Foundation
import Testing

@testable import WorkbookCore

@Suite struct FileReplacementTests {
  let folder: TemporaryFolder

  init() throws {
    folder = TemporaryFolder()
    try folder.write("1.md", [1, 2])
  }

  func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)")))
  }

  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("The new bytes stand in the file, with the old permissions and nothing beside it")
  func replaced() throws {
    let path = "\(folder.path)/1.md"
    #expect(chmod(path, 0o640) == 0)
    try replaceFile(at: path, holding: [1, 2], with: [3])
    #expect(try bytes("1.md") == [3])
    #expect(try names() == ["1.md"])
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test("A link stays a link, and its target is replaced")
  func link() throws {
    try folder.link("link.md", to: "1.md")
    try replaceFile(at: "\(folder.path)/link.md", holding: [1, 2], with: [3])
    #expect(try bytes("1.md") == [3])
    let destination = try FileManager.default.destinationOfSymbolicLink(
      atPath: "\(folder.path)/link.md")
    #expect(destination == "1.md")
  }

  @Test("A file that was changed meanwhile is left alone")
  func changed() throws {
    #expect(throws: Fault.self) {
      try replaceFile(at: "\(folder.path)/1.md", holding: [1], with: [3])
    }
    #expect(try bytes("1.md") == [1, 2])
    #expect(throws: Fault.self) {
      try replaceFile(at: "\(folder.path)/2.md", holding: [], with: [3])
    }
    #expect(try names() == ["1.md"])
  }

  @Test("The new file may be written elsewhere first; where it cannot, the old one stays")
  func temporaryFolder() throws {
    let path = "\(folder.path)/1.md"
    try folder.write("scratch/x")
    try replaceFile(
      at: path, holding: [1, 2], with: [3], temporaryFolder: "\(folder.path)/scratch")
    #expect(try bytes("1.md") == [3])
    #expect(throws: Fault.self) {
      try replaceFile(at: path, holding: [3], with: [4], temporaryFolder: "\(folder.path)/none")
    }
    #expect(try bytes("1.md") == [3])
    let other = "/dev/shm"
    guard access(other, W_OK) == 0 else { return }
    // Another file system: a rename cannot leave it.
    try replaceFile(at: path, holding: [3], with: [5], temporaryFolder: other)
    #expect(try bytes("1.md") == [5])
    #expect(try names() == ["1.md", "scratch"])
  }

  @Test("A file or folder that may not be written is left alone", .enabled(if: geteuid() != 0))
  func permissions() throws {
    let path = "\(folder.path)/1.md"
    defer { chmod(folder.path, 0o700) }
    chmod(path, 0o400)
    #expect(throws: Fault.self) { try replaceFile(at: path, holding: [1, 2], with: [3]) }
    chmod(path, 0o600)
    chmod(folder.path, 0o500)
    #expect(throws: Fault.self) { try replaceFile(at: path, holding: [1, 2], with: [3]) }
    #expect(try bytes("1.md") == [1, 2])
  }
}
