import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookSystem

@Suite struct FilesTests {
  private let folder = TemporaryFolder()

  @Test func `a file is written as a whole or not at all, and nothing beside it`() throws {
    try folder.write("a", "old")
    try writeFile("new", to: folder.path + "/a")
    #expect(try folder.read("a") == "new")
    #expect(
      throws: Fault.system(doing: "write \(folder.path)/b/c", reason: "No such file or directory")
    ) {
      try writeFile("x", to: folder.path + "/b/c")
    }
    try folder.write("folder/1")
    #expect(throws: Fault.self) { try writeFile("x", to: folder.path + "/folder") }
    #expect(folder.names == ["a", "folder"])
  }

  @Test func `a file is read, a pipe is empty, and what cannot be read is a fault`() throws {
    let path = try folder.write("a", "text")
    #expect(try readFile(Array(path.utf8CString)) == Data("text".utf8))
    mkfifo(path + "-pipe", 0o600)
    #expect(try readFile(Array("\(path)-pipe".utf8CString)).isEmpty)
    #expect(throws: Fault.system(doing: "read \(path)-none", reason: "No such file or directory")) {
      try readFile(Array("\(path)-none".utf8CString))
    }
  }

  @Test func `what a killed writer has left goes, what is being written stays`() throws {
    try folder.write(".new-1", "left")
    let written = try folder.write(".new-2", "half")
    try folder.write("other")
    let lock = FileLock.tryLock(written, .exclusive)
    removeAbandonedFiles(in: folder.path)
    #expect(folder.names == [".new-2", "other"])
    withExtendedLifetime(lock) {}
  }

  @Test func `many writers of one file leave one of their versions`() async throws {
    let path = folder.path + "/a"
    await withTaskGroup(of: Void.self) { group in
      for text in ["one", "another"] {
        group.addTask { for _ in 0..<200 { try? writeFile(text, to: path) } }
      }
      group.addTask {
        for _ in 0..<200 { removeAbandonedFiles(in: WorkbookSystem.folder(of: path)) }
      }
    }
    #expect(["one", "another"].contains(try folder.read("a")))
    #expect(folder.names == ["a"])
  }

  @Test func `a folder goes with all that it holds`() throws {
    try folder.write("a/b/c/1")
    try folder.write("a/b/2")
    try folder.write("kept/3")
    try folder.link("a/b/up", to: folder.path + "/kept")
    mkdir([UInt8](folder.path.utf8).map(CChar.init(bitPattern:)) + [47, 97, 47, -1, 0], 0o000)
    chmod(folder.path + "/a/b", 0o000)
    removeFolder(folder.path + "/a")
    #expect(folder.names == ["kept"])
    #expect(try folder.read("kept/3") == "# x\n")
  }

  @Test func `a folder may be deeper than any path`() {
    let deep = folder.path + "/deep"
    mkdir(deep, 0o700)
    var descriptor = open(deep, O_RDONLY)
    for _ in 0..<200 {
      mkdirat(descriptor, String(repeating: "x", count: 200), 0o700)
      let next = openat(descriptor, String(repeating: "x", count: 200), O_RDONLY)
      close(descriptor)
      descriptor = next
    }
    #expect(descriptor >= 0)
    close(descriptor)
    removeFolder(deep)
    #expect(folder.names.isEmpty)
  }

  @Test func `names that are no text are told as they are`() throws {
    let path = Array(folder.path.utf8CString.dropLast()) + [47, -1, 0]
    #expect(close(open(path, O_CREAT | O_RDWR, 0o600)) == 0)
    #expect(names(in: Array(folder.path.utf8CString)) == [[-1, 0]])
    #expect(try readFile(path).isEmpty)
    #expect(names(in: folder.path + "/none") == nil)
  }
}
