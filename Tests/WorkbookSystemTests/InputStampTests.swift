import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookSystem

@Suite struct InputStampTests {
  private let folder = TemporaryFolder()

  /// Whether the input at `name` is another after the change, and only then.
  private func differs(_ name: String, after change: () throws -> Void) throws -> Bool {
    let path = "\(folder.path)/\(name)"
    let before = InputStamp(path)
    #expect(before == InputStamp(path))
    // The clock of a file system may stand still for some milliseconds.
    usleep(20_000)
    try change()
    return before != InputStamp(path)
  }

  @Test func `a file's contents, size and attributes count`() throws {
    let path = try folder.write("a", "1")
    #expect(try differs("a") { try folder.write("a", "22") })
    #expect(try differs("a") { chmod(path, 0o600) })
    #expect(
      try differs("a") {
        let time = FileStamp(path)!.modified.seconds
        try "33".write(toFile: path, atomically: false, encoding: .utf8)
        let old = timespec(tv_sec: time, tv_nsec: 0)
        utimensat(AT_FDCWD, path, [old, old], 0)
      })
    #expect(try !differs("a") { try folder.write("b") })
  }

  @Test func `a file that comes to be counts, and one that goes`() throws {
    let nothing = InputStamp(folder.path + "/a/b")
    #expect(try differs("a/b") { try folder.write("a/b") })
    #expect(try differs("a/b") { unlink(folder.path + "/a/b") })
    #expect(InputStamp(folder.path + "/a/b") == nothing)
  }

  @Test func `a folder's names count`() throws {
    try folder.write("a/1")
    #expect(try differs("a") { try folder.write("a/2") })
    #expect(try differs("a") { unlink(folder.path + "/a/1") })
    #expect(try differs("a") { rename(folder.path + "/a/2", folder.path + "/a/3") })
    #expect(try !differs("a") { try folder.write("b") })
  }

  @Test func `where links lead counts, on the way and at the end`() throws {
    try folder.write("one/a")
    link(folder.path + "/one/a", folder.path + "/twin")
    try folder.link("last", to: "one/a")
    try folder.link("way", to: folder.path + "/one")
    try folder.link("none", to: "nowhere")
    // The same file all the time.
    #expect(
      try differs("last") {
        unlink(folder.path + "/last")
        try folder.link("last", to: "./twin")
      })
    #expect(
      try differs("way/a") {
        unlink(folder.path + "/way")
        try folder.link("way", to: "one/../one")
      })
    #expect(
      try differs("none") {
        unlink(folder.path + "/none")
        try folder.link("none", to: "elsewhere")
      })
    #expect(try differs("none") { try folder.write("elsewhere") })
    #expect(try differs("way/a") { try folder.write("one/a", "other") })
  }

  @Test func `links in a circle come to an end`() throws {
    try folder.link("a", to: "b")
    try folder.link("b", to: "a/c")
    #expect(
      try differs("a") {
        unlink(folder.path + "/b")
        try folder.link("b", to: "a/d")
      })
  }

  @Test func `a name that is no text is never known to be the same`() throws {
    let path = folder.path + "/\u{FFFD}"
    #expect(InputStamp(path) != InputStamp(path))
    #expect(symlink([CChar](arrayLiteral: -1, 0), folder.path + "/a") == 0)
    #expect(InputStamp(folder.path + "/a") != InputStamp(folder.path + "/a"))
  }

  @Test func `all comes back as it was kept`() throws {
    try folder.write("one/a")
    try folder.link("way", to: "one")
    for name in ["way/a", "one", "none", "\u{FFFD}"] {
      let stamp = InputStamp("\(folder.path)/\(name)")
      #expect(try JSONDecoder().decode(InputStamp.self, from: JSONEncoder().encode(stamp)) == stamp)
    }
  }
}
