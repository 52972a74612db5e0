import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookSystem

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

  @Test func `the new bytes stand in the file, with the old permissions and nothing beside it`()
    throws
  {
    let path = "\(folder.path)/1.md"
    #expect(chmod(path, 0o640) == 0)
    #expect(try replaceFile(at: path, holding: [1, 2], with: [3]))
    #expect(try bytes("1.md") == [3])
    #expect(try names() == ["1.md"])
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test func `a link stays a link, and its target is replaced`() throws {
    try folder.link("link.md", to: "1.md")
    #expect(try replaceFile(at: "\(folder.path)/link.md", holding: [1, 2], with: [3]))
    #expect(try bytes("1.md") == [3])
    let destination = try FileManager.default.destinationOfSymbolicLink(
      atPath: "\(folder.path)/link.md")
    #expect(destination == "1.md")
  }

  @Test func `a file that was changed meanwhile is left alone`() throws {
    #expect(try !replaceFile(at: "\(folder.path)/1.md", holding: [1], with: [3]))
    #expect(try bytes("1.md") == [1, 2])
    #expect(throws: Fault.self) {
      _ = try replaceFile(at: "\(folder.path)/2.md", holding: [], with: [3])
    }
    #expect(try names() == ["1.md"])
  }

  @Test func `the new file may be written elsewhere first; where it cannot, the old one stays`()
    throws
  {
    let path = "\(folder.path)/1.md"
    try folder.write("scratch/x")
    #expect(
      try replaceFile(
        at: path, holding: [1, 2], with: [3], temporaryFolder: "\(folder.path)/scratch"))
    #expect(try bytes("1.md") == [3])
    #expect(throws: Fault.self) {
      _ = try replaceFile(
        at: path, holding: [3], with: [4], temporaryFolder: "\(folder.path)/none")
    }
    #expect(try bytes("1.md") == [3])
    let other = "/dev/shm"
    guard access(other, W_OK) == 0 else { return }
    // Another file system: a rename cannot leave it.
    #expect(try replaceFile(at: path, holding: [3], with: [5], temporaryFolder: other))
    #expect(try bytes("1.md") == [5])
    #expect(try names() == ["1.md", "scratch"])
  }

  @Test(.enabled(if: geteuid() != 0))
  func `a file or folder that may not be written is left alone`() throws {
    let path = "\(folder.path)/1.md"
    defer { chmod(folder.path, 0o700) }
    chmod(path, 0o400)
    #expect(throws: Fault.self) {
      _ = try replaceFile(at: path, holding: [1, 2], with: [3])
    }
    chmod(path, 0o600)
    chmod(folder.path, 0o500)
    #expect(throws: Fault.self) {
      _ = try replaceFile(at: path, holding: [1, 2], with: [3])
    }
    #expect(try bytes("1.md") == [1, 2])
  }

  @Test func `a file with several names keeps them, and all of them have the new bytes`() throws {
    try FileManager.default.linkItem(
      atPath: "\(folder.path)/1.md", toPath: "\(folder.path)/2.md")
    let path = "\(folder.path)/1.md"
    #expect(try replaceFile(at: path, holding: [1, 2], with: [3, 4, 5]))
    #expect(try bytes("2.md") == [3, 4, 5])
    #expect(try replaceFile(at: path, holding: [3, 4, 5], with: [6]))
    #expect(try bytes("2.md") == [6])
    #expect(try !replaceFile(at: path, holding: [1, 2], with: [7]))
    #expect(try bytes("1.md") == [6])
    #expect(try names() == ["1.md", "2.md"])
  }

  private static let extended = FileAttributeKey("NSFileExtendedAttributes")

  private func extendedAttributes(_ path: String) throws -> [String: Data]? {
    try FileManager.default.attributesOfItem(atPath: path)[Self.extended] as? [String: Data]
  }

  @Test(arguments: [1, 2])
  func `extended attributes stay`(names: Int) throws {
    let path = "\(folder.path)/1.md"
    let values = ["user.a": Data("x".utf8), "user.b": Data([0, 255])]
    try FileManager.default.setAttributes([Self.extended: values], ofItemAtPath: path)
    // A file system may have none.
    guard try extendedAttributes(path)?["user.a"] != nil else { return }
    if names == 2 {
      try FileManager.default.linkItem(atPath: path, toPath: "\(folder.path)/2.md")
    }
    #expect(try replaceFile(at: path, holding: [1, 2], with: [3]))
    #expect(try bytes("1.md") == [3])
    let kept = try #require(try extendedAttributes(path))
    #expect(kept["user.a"] == values["user.a"] && kept["user.b"] == values["user.b"])
  }

  @Test func `an access control list stays`() throws {
    let path = "\(folder.path)/1.md"
    // Version 2; rw- for the owner, r-- for the user 12345 and the group, rw- at most, --- for others
    // (linux/posix_acl_xattr.h).
    let none: [UInt8] = [255, 255, 255, 255]
    let list: [UInt8] =
      [2, 0, 0, 0, 1, 0, 6, 0] + none + [2, 0, 4, 0, 57, 48, 0, 0, 4, 0, 4, 0] + none
      + [16, 0, 6, 0] + none + [32, 0, 0, 0] + none
    let key = "system.posix_acl_access"
    try? FileManager.default.setAttributes([Self.extended: [key: Data(list)]], ofItemAtPath: path)
    guard try extendedAttributes(path)?[key] == Data(list) else { return }
    #expect(try replaceFile(at: path, holding: [1, 2], with: [3]))
    #expect(try bytes("1.md") == [3])
    #expect(try extendedAttributes(path)?[key] == Data(list))
  }

  @Test(.enabled(if: geteuid() == 0))
  func `owner and group stay`() throws {
    let path = "\(folder.path)/1.md"
    #expect(chown(path, 12_345, 54_321) == 0 && chmod(path, 0o664) == 0)
    #expect(try replaceFile(at: path, holding: [1, 2], with: [3]))
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.ownerAccountID] as? Int == 12_345)
    #expect(attributes[.groupOwnerAccountID] as? Int == 54_321)
    #expect(attributes[.posixPermissions] as? Int == 0o664)
  }
}
