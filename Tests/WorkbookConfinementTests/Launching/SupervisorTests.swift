import Foundation
import Synchronization
import Testing
import WorkbookTestTools

@testable import WorkbookConfinement
@testable import WorkbookSystem

#if os(Linux)
  /// The command itself, ended in the middle of a run.
  @Suite(.serialized) struct SupervisorTests {
    private let folder = TemporaryFolder()
    /// Beside the tests.
    private let runner = WorkbookSystem.folder(of: ownExecutable) + "/workbook"
    /// What every program needs is compiled once for all tests; removed when the process ends.
    private static let caches: String = {
      let path = NSTemporaryDirectory() + "/workbook-supervised-\(getpid())"
      try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      atexit { try? FileManager.default.removeItem(atPath: SupervisorTests.caches) }
      return realPath(path) ?? path
    }()
    private let environment = ProcessInfo.processInfo.environment.merging(
      ["XDG_CACHE_HOME": caches]
    ) { $1 }

    /// The arguments of all processes that have to do with the run but the launcher, by process.
    private var processes: [pid_t: [Substring]] {
      var found: [pid_t: [Substring]] = [:]
      for pid in (names(in: "/proc") ?? []).compactMap(pid_t.init) {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)) ?? ""
        if text.contains(Self.caches) || text.contains(folder.path) {
          found[pid] = text.split(separator: "\0")
        }
      }
      return found
    }

    private func parent(of pid: pid_t) -> pid_t? {
      let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
      // Behind the name, which may hold anything: state, parent.
      return stat?.split(separator: ") ").last?.split(separator: " ").dropFirst().first
        .flatMap { pid_t($0) }
    }

    /// The one that this process has started.
    private func outer() throws -> pid_t {
      try #require(processes.keys.first { parent(of: $0) == getpid() })
    }

    private func program() -> pid_t? {
      processes.first { $1.first?.hasSuffix("/program") == true }?.key
    }

    private func wait(for condition: () -> Bool) async throws {
      for _ in 0..<600 where !condition() { try await Task.sleep(for: .milliseconds(100)) }
      try #require(condition(), "\(processes)")
    }

    /// What the system says of a process; nil once it has ended, also where nobody has asked for its end yet.
    private func state(of pid: pid_t) -> String? {
      let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
      return stat.flatMap { $0.contains(") Z ") ? nil : $0 }
    }

    enum Way: CaseIterable { case process, group, politely }

    @Test(arguments: Way.allCases)
    func `all that the runner has started ends with it`(way: Way) async throws {
      // On a busy machine a minute may pass before anybody looks.
      let chapter = try folder.write(
        "a.md", "```swift timeout=3600s\nimport Foundation\nwhile true { sleep(9) }\n```\n")
      let run = Subprocess(runner, ["run", chapter], environment: environment)
      let task = Task { try await run.run() }
      let end = Mutex<String?>(nil)
      Task {
        let result = await task.result
        end.withLock { $0 = "\(result)" }
      }
      // As soon as the program runs.
      try await wait { program() != nil || end.withLock { $0 != nil } }
      try #require(program() != nil, "\(end.withLock { $0 ?? "" })")
      let launcher = try #require(program().flatMap(parent))
      #expect(processes.count >= 4 && processes[launcher] == nil)
      switch way {
      case .process:
        kill(try outer(), SIGKILL)
        #expect(try await task.value.status == .signalled(SIGKILL))
      case .group:
        kill(-(try outer()), SIGKILL)
        #expect(try await task.value.status == .signalled(SIGKILL))
      case .politely:
        kill(try outer(), SIGTERM)
        let result = try await task.value
        #expect(result.status == .exited(code: 130))
        let told = String(decoding: result.output + result.errors, as: UTF8.self)
        #expect(told.contains("interrupted"))
      }
      try await wait { processes.isEmpty }
      for _ in 0..<600 where state(of: launcher) != nil {
        try await Task.sleep(for: .milliseconds(100))
      }
      #expect(state(of: launcher) == nil)
    }

    @Test func `what a shell has started goes on where the shell becomes the run`() async throws {
      let chapter = try folder.write("a.md", "```swift\nprint(1)\n```\n\n```output\n1\n```\n")
      // A group of its own, since that of the shell is killed at its end.
      let script = "setsid sleep 300 & echo $! > \"$2\"; exec \"$0\" run \"$1\""
      var run = Subprocess(
        "/bin/sh", ["-c", script, runner, chapter, folder["pid"]], environment: environment)
      run.timeout = 300
      #expect(try await run.run().succeeded)
      let text = String(decoding: try folder.bytes("pid"), as: UTF8.self)
      let sleeper = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
      #expect(state(of: sleeper) != nil)
      kill(sleeper, SIGKILL)
    }

    @Test func `what the caller wants ignored does not end the run`() async throws {
      let chapter = try folder.write(
        "a.md",
        """
        ```swift
        import Foundation
        print(1)
        while access("\(folder["go"])", 0) != 0 { usleep(10_000) }
        ```

        ```output
        1
        ```
        """)
      var run = Subprocess(
        "/bin/sh", ["-c", "trap '' HUP; exec \"$0\" run \"$1\"", runner, chapter],
        environment: environment)
      run.timeout = 300
      let task = Task { try await run.run() }
      try await wait { program() != nil }
      kill(try outer(), SIGHUP)
      try await Task.sleep(for: .milliseconds(300))
      try folder.write("go")
      let result = try await task.value
      #expect(result.succeeded, "\(String(decoding: result.output + result.errors, as: UTF8.self))")
    }

    @Test func `a caller that wants to hear of no child's end does not hold up the run`()
      async throws
    {
      let chapter = try folder.write("a.md", "```swift\nprint(1)\n```\n\n```output\n1\n```\n")
      var run = Subprocess(
        "/bin/sh", ["-c", "trap '' CHLD; exec \"$0\" run \"$1\"", runner, chapter],
        environment: environment)
      run.timeout = 300
      #expect(try await run.run().succeeded)
    }
  }
#endif
