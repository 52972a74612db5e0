import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookConfinement
@testable import WorkbookSystem

/// A shell in a program's place, and the runner's executable, which stands beside the tests, as launcher.
@Suite struct LaunchersTests {
  private let folder = TemporaryFolder()
  private let launchers = Launchers(
    WorkbookSystem.folder(of: ownExecutable) + "/workbook")

  /// What the script prints.
  private func run(
    _ script: String, in name: String = "a", isConfined: Bool = true,
    limits: Limits = .tool(seconds: 60)
  ) async throws -> String {
    let launch = Launch(
      executable: "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"],
      folder: "\(folder.path)/\(name)", limits: limits, role: .tool,
      isConfined: isConfined, files: .init(runnable: ["/bin", "/usr/bin"]))
    try makeFolder(launch.folder)
    let report = try await launchers.run(launch)
    #expect(report.end == .exited(0))
    return try String(contentsOfFile: launch.outputPath, encoding: .utf8)
      .trimmingCharacters(in: .newlines)
  }

  @Test(arguments: [true, false])
  func `a launcher serves one launch after another and holds nothing of them`(
    isConfined: Bool
  ) async throws {
    let first = try await run("echo $PPID", isConfined: isConfined)
    let count = names(in: "/proc/\(first)/fd")?.count
    let limits = try String(contentsOfFile: "/proc/\(first)/limits", encoding: .utf8)
    for (index, name) in ["b", "c", "d"].enumerated() {
      let next = try await run(
        "echo $PPID; echo > left; pwd; ulimit -f", in: name, isConfined: isConfined,
        limits: Limits(seconds: 60, fileBytes: 512 << index))
      #expect(next == "\(first)\n\(folder.path)/\(name)/work\n\(1 << index)")
    }
    #expect(count != nil && names(in: "/proc/\(first)/fd")?.count == count)
    #expect(try String(contentsOfFile: "/proc/\(first)/limits", encoding: .utf8) == limits)
  }

  @Test(arguments: [true, false])
  func `a process gets none of the descriptors that its runner has by chance`(
    isConfined: Bool
  ) async throws {
    let descriptor = fcntl(0, F_DUPFD, 50)
    defer { close(descriptor) }
    let script = "[ -e /dev/fd/2 ] && ! [ -e /dev/fd/\(descriptor) ] && echo none"
    #expect(try await run(script, isConfined: isConfined) == "none")
  }

  @Test func `launches at the same time have a launcher each`() async throws {
    // Each ends when the other has begun.
    async let a = run(
      "echo $PPID; until [ -e ../../b/work ]; do sleep 0.01; done", in: "a", isConfined: false)
    async let b = run(
      "echo $PPID; until [ -e ../../a/work ]; do sleep 0.01; done", in: "b", isConfined: false)
    let launchers = try await [a, b]
    #expect(launchers[0] != launchers[1])
  }

  @Test func `a launcher that is killed is a fault, and another takes its place`() async throws {
    let first = try await run("echo $PPID")
    await #expect(throws: Fault.self) {
      try await run("kill -9 $PPID; sleep 99", isConfined: false)
    }
    #expect(try await run("echo $PPID") != first)
  }

  @Test func `a launch that is cancelled ends, and so does its launcher`() async throws {
    let first = try await run("echo $PPID")
    let task = Task { try await run("echo > begun; sleep 99 & sleep 99", in: "b") }
    while !FileManager.default.fileExists(atPath: folder.path + "/b/work" + "/begun") {
      try await Task.sleep(for: .milliseconds(10))
    }
    task.cancel()
    await #expect(throws: Fault.cancelled) { try await task.value }
    #expect(kill(try #require(pid_t(first)), 0) == -1 && errno == ESRCH)
    #expect(try await run("echo 1") == "1")
  }

  @Test
  func `what a tool and its children look at in a folder is noted, and what they write is not`()
    async throws
  {
    let package = folder.path + "/package"
    for name in ["read", "asked", "outside"] { try folder.write("package/\(name)", "\(name)\n") }
    let script = """
      cat \(package)/read; [ -e \(package)/asked ]; (cd \(package) && exec cat none); cat /etc/passwd
      echo > \(package)/written; echo > own; cat own; kill -TERM $$
      """
    let launch = Launch(
      executable: "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"],
      folder: folder.path + "/a", limits: .tool(seconds: 60), role: .tool, inputs: package,
      isConfined: true,
      files: .init(readable: [package], runnable: ["/bin", "/usr/bin"], writable: [package]))
    try makeFolder(launch.folder)
    let report = try await launchers.run(launch)
    #expect(report.end == .signalled(SIGTERM))
    #expect(names(in: package)?.contains("written") == true)
    let noted = Set(report.inputs.keys).subtracting([package, package + "/written"])
    #expect(noted == Set(["read", "asked", "none"].map { "\(package)/\($0)" }))
    #expect(report.inputs[package + "/read"] == InputStamp(package + "/read"))
  }

  @Test func `launchers end with what has started them`() async throws {
    let first: String
    do {
      let others = LaunchersTests()
      first = try await others.run("echo $PPID")
    }
    #expect(kill(try #require(pid_t(first)), 0) == -1 && errno == ESRCH)
  }
}
