import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookSystem

@Suite struct FileStampsTests {
  private let folder = TemporaryFolder()

  private func names(followsLinks: Bool = true) -> [String] {
    FileStamps(below: [folder.path], followsLinks: followsLinks).paths
      .map { String($0.key.dropFirst(folder.path.count + 1)) }
  }

  @Test func `all visible files are there, folders are not`() throws {
    for name in ["a/b/1", "a/2", "3 %", ".hidden", ".git/4"] { try folder.write(name) }
    #expect(names() == ["3%20%25", "a/2", "a/b/1"])
    #expect(
      FileStamps(below: [folder.path + "/.hidden", folder.path + "/none"], followsLinks: true)
        .files.keys.map(\.self) == [folder.path + "/.hidden"])
  }

  @Test func `links to folders are followed where that is asked for, and come to an end`() throws {
    let elsewhere = TemporaryFolder()
    try elsewhere.write("1")
    try folder.write("2")
    try folder.link("up", to: folder.path)
    try folder.link("out", to: elsewhere.path)
    try folder.link("file", to: "2")
    #expect(names() == ["2", "file", "out/1"])
    #expect(names(followsLinks: false) == ["2", "file"])
  }

  @Test func `what is excluded is passed over, but for a path that is asked for`() throws {
    for name in ["a/b/1", "a/2", "c"] { try folder.write(name) }
    let excluded: Set = [folder["a"], folder["c"]]
    let stamps = FileStamps(
      below: [folder.path, folder["a/b"]], followsLinks: true, excluded: excluded)
    #expect(stamps.files.count == 1 && stamps[folder["a/b/1"]] != nil)
  }

  @Test func `names that are no text or look alike stay apart`() throws {
    let start = Array(folder.path.utf8CString.dropLast()) + [47]
    let names: [[CChar]] = [
      [-1, 0], [-2, 0], Array("é".utf8CString), Array("e\u{301}".utf8CString),
    ]
    for (index, name) in names.enumerated() {
      let descriptor = open(start + name, O_CREAT | O_RDWR, 0o600)
      #expect(write(descriptor, [UInt8](repeating: 0, count: index), index) == index)
      close(descriptor)
    }
    let stamps = FileStamps(below: [folder.path], followsLinks: true)
    #expect(stamps.files.values.map(\.size).sorted() == [0, 1, 2, 3])
    #expect(Set(stamps.paths.map(\.path)) == Set(names.map { start + $0 }))
    let kept = try JSONDecoder().decode(FileStamps.self, from: JSONEncoder().encode(stamps))
    #expect(kept == stamps)
  }

  @Test func `a file that is written, comes or goes makes other stamps`() throws {
    try folder.write("a", "1")
    var last = FileStamps(below: [folder.path], followsLinks: true)
    for change in [
      { try folder.write("a", "22") }, { try folder.write("b") },
      { unlink(folder.path + "/a") },
    ] as [() throws -> Any] {
      _ = try change()
      let now = FileStamps(below: [folder.path], followsLinks: true)
      #expect(now != last)
      last = now
    }
  }
}
