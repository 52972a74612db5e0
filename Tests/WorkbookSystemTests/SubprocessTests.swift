import Foundation
import Testing

@testable import WorkbookSystem

@Suite struct SubprocessTests {
  private func shell(_ script: String) -> Subprocess {
    Subprocess("/bin/sh", ["-c", script], environment: ["A": "b"])
  }

  @Test func `both streams and the exit code are kept`() async throws {
    let result = try await shell("echo $A; echo c >&2; exit 3").run()
    #expect(result.output == Array("b\n".utf8) && result.errors == Array("c\n".utf8))
    #expect(result.status == .exited(code: 3) && !result.succeeded)
  }

  @Test func `a signal is told`() async throws {
    #expect(try await shell("kill -9 $$").run().status == .signalled(SIGKILL))
  }

  @Test func `a child that holds the output does not hold up the end`() async throws {
    #expect(try await shell("sleep 60 & echo x").run().output == Array("x\n".utf8))
  }

  @Test func `time and output are limited`() async throws {
    var process = shell("yes")
    process.timeout = 2
    process.outputLimit = 1000
    let result = try await process.run()
    #expect(result.timedOut && result.output.count == 1000)
  }

  #if os(Linux)
    @Test func `a cancelled task ends its process and what that has started, in whatever groups`()
      async throws
    {
      let (printed, lines) = AsyncStream<[UInt8]>.makeStream()
      let task = Task {
        try await shell("setsid sleep 600 & echo $!; sleep 600").run { lines.yield($0) }
      }
      var text = ""
      for await chunk in printed {
        text += String(decoding: chunk, as: UTF8.self)
        if text.contains("\n") { break }
      }
      let sleeper = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
      for _ in 0..<1000 where getpgid(sleeper) != sleeper {
        try await Task.sleep(for: .milliseconds(10))
      }
      try #require(getpgid(sleeper) == sleeper)
      task.cancel()
      await #expect(throws: Fault.cancelled) { try await task.value }
      // Nobody need have asked for its end.
      func lives() -> Bool {
        let status = try? String(contentsOfFile: "/proc/\(sleeper)/stat", encoding: .utf8)
        return status.map { !$0.contains(") Z ") } ?? false
      }
      for _ in 0..<1000 where lives() { try await Task.sleep(for: .milliseconds(10)) }
      #expect(!lives())
    }
  #endif

  @Test func `what cannot be started is a fault`() async {
    await #expect(
      throws: Fault.system(doing: "start /nowhere", reason: "No such file or directory")
    ) { try await Subprocess("/nowhere", [], environment: [:]).run() }
  }
}
