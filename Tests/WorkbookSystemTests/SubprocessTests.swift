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
    process.timeout = 0.2
    process.outputLimit = 1000
    let result = try await process.run()
    #expect(result.timedOut && result.output.count == 1000)
  }

  @Test func `a cancelled task ends its process`() async throws {
    let task = Task { try await shell("sleep 60").run() }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    await #expect(throws: Fault.cancelled) { try await task.value }
  }

  @Test func `what cannot be started is a fault`() async {
    await #expect(
      throws: Fault.system(doing: "start /nowhere", reason: "No such file or directory")
    ) { try await Subprocess("/nowhere", [], environment: [:]).run() }
  }
}
