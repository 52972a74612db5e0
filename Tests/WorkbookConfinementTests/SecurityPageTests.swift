import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookConfinement
@testable import WorkbookSystem

#if os(Linux)
  /// `.github/SECURITY.md` says what the code does.
  @Suite struct SecurityPageTests {
    private let page: String

    init() throws {
      // Tests/WorkbookConfinementTests/SecurityPageTests.swift
      var root = URL(filePath: #filePath)
      for _ in 0..<3 { root.deleteLastPathComponent() }
      page = try String(contentsOf: root.appending(path: ".github/SECURITY.md"), encoding: .utf8)
    }

    /// The names in the first paragraph behind a line that begins so.
    private func names(behind start: String) throws -> [String] {
      let range = try #require(page.range(of: "\n" + start))
      let paragraphs = page[range.lowerBound...].dropFirst().components(separatedBy: "\n\n")
      let paragraph = paragraphs[start.hasSuffix(" ") ? 0 : 1]
      return paragraph.matches(of: /`([^`]+)`/).map { String($0.1) }
    }

    @Test(arguments: [
      ("### System calls: allowed", SystemCallPolicy.allowed),
      ("### System calls: allowed with some arguments", SystemCallPolicy.restricted),
      ("Files:", SystemCallPolicy.shownFiles),
      ("Sockets, for which", SystemCallPolicy.shownSockets),
      ("Processes, which stop", SystemCallPolicy.shownProcesses),
      ("The C library then", SystemCallPolicy.absent),
      ("`allow=process` adds", SystemCallPolicy.allowedWithProcesses),
      ("`allow=loopback` adds", SystemCallPolicy.allowedWithLoopback),
    ])
    func `the page lists the system calls`(heading: String, calls: [String]) throws {
      #expect(try names(behind: heading) == calls.sorted())
    }

    @Test func `the page lists the files of the system`() throws {
      #expect(try names(behind: "To read: ") == Launch.Files.system.readable.sorted())
      #expect(
        try names(behind: "Of its own folder in `/proc`, to read: ")
          == ["/proc"] + Launch.Files.ofProcess)
      #expect(try names(behind: "To read and execute: ") == Launch.Files.system.runnable)
      #expect(Launch.Files.system.writable == ["/dev/null"])
      #expect(
        try names(behind: "Where processes are allowed, to execute as well: ")
          == Launch.Files.commands)
    }

    @Test func `the page tells the limits`() {
      let limits = Limits(seconds: Program.defaultTimeout)
      for row in [
        "time | \(Int(limits.seconds)) s", "memory | \(limits.memoryBytes >> 20) MB",
        "prints | \(limits.fileBytes >> 20) MB",
        "together | \(limits.folderBytes >> 20) MB, \(limits.files) files",
        "threads | \(limits.threads) |",
      ] {
        #expect(page.contains(row), "\(row)")
      }
    }

    @Test func `no call stands in two lists`() {
      let all =
        SystemCallPolicy.allowed + SystemCallPolicy.restricted + SystemCallPolicy.shownFiles
        + SystemCallPolicy.shownSockets + SystemCallPolicy.shownProcesses + SystemCallPolicy.absent
        + SystemCallPolicy.allowedWithProcesses + SystemCallPolicy.allowedWithLoopback
      #expect(Set(all).count == all.count)
      // Every one has a number somewhere: a misspelt name would be refused without a word.
      #if arch(x86_64)
        #expect(all.filter { SystemCall.number($0) == nil } == [])
      #endif
    }
  }
#endif
