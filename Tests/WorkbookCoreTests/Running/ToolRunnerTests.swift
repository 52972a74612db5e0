import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSystem

/// A shell in a tool's place.
@Suite struct ToolRunnerTests {
  private let folder = TemporaryFolder()

  private func run(
    _ script: String, seconds: Double = 20, landlock: Int = .max
  ) async throws -> ToolResult {
    var runner = Workshop.runner
    runner.landlock = landlock
    let scratch = try await Workshop.scratch()
    return try await ToolRunner(runner, Workshop.library(), in: scratch.path).run(
      "/bin/sh", ["-c", script, folder.path], in: "tool", readable: [], seconds: seconds)
  }

  @Test func `a tool writes in its folder, starts processes, and reads the package`() async throws {
    let package = try #require(try await Workshop.library().packageFolder)
    let result = try await run(
      "/bin/echo a > b; cat b; head -c 9 '\(package)/Package.swift' | tail -c 5; echo; id -u")
    #expect(String(decoding: result.errors, as: UTF8.self) == "")
    let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
    #expect(lines == ["a", "wift-", "\(geteuid())"])
    #expect(result.succeeded)
  }

  @Test(arguments: [1, 4, .max])
  func `a tool neither reads nor writes what is the user's`(landlock: Int) async throws {
    try folder.write("secret", "precious")
    let result = try await run(
      "cat $0/secret; echo x > $0/secret; echo x > $0/new; rm $0/secret; mv $0/secret $0/s; chmod 0 $0/secret",
      landlock: landlock)
    #expect(result.output.isEmpty)
    #expect(folder.names == ["secret"])
    #expect(try folder.read("secret") == "precious")
    // What Landlock does not know.
    let rights = try await run("chmod 0 $0/secret || touch -d @0 $0/secret", landlock: landlock)
    #expect(!rights.succeeded)
    var status = stat()
    stat(folder.path + "/secret", &status)
    #expect(status.st_mode & 0o777 != 0 && status.st_mtim.tv_sec != 0)
  }

  @Test func `a tool reaches no other process`() async throws {
    #expect(try await run("kill -0 $PPID || kill -9 $PPID").end == .exited(1))
    #expect(try await run("kill -9 \(getpid())").end == .exited(1))
  }

  @Test func `a tool's time is limited`() async throws {
    #expect(try await run("sleep 99", seconds: 0.3).end == .timedOut)
  }

  @Test func `what is left of a tool's processes ends with it`() async throws {
    let result = try await run("sleep 99 & echo $!")
    let pid = try #require(
      pid_t(String(decoding: result.output, as: UTF8.self).trimmingCharacters(in: .newlines)))
    #expect(kill(pid, 0) == -1 && errno == ESRCH)
  }

  @Test func `a tool sees nothing of the caller's environment but its path`() async throws {
    let result = try await run("env | cut -d= -f1 | sort | tr '\\n' ' '")
    #expect(
      String(decoding: result.output, as: UTF8.self).split(separator: " ").filter {
        !["LD_LIBRARY_PATH", "PWD"].contains($0)
      } == ["HOME", "LANG", "PATH", "TMPDIR"])
  }
}
