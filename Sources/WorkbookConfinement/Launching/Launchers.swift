import Foundation
import Synchronization
import WorkbookSystem

/// Runs launches, each in a process that runs no other at the time and stays for the next: to load the
/// executable and all that it is linked to takes as long as a good part of a compilation.
package final class Launchers: Sendable {
  private let executable: String
  private let idle = Mutex<[LauncherProcess]>([])

  /// - Parameter executable: one that calls `confinedMain` when `Confinement.launcherArgument` is its first
  ///   argument.
  package init(_ executable: String) { self.executable = executable }

  /// Runs a process to its end or its limits; it has ended when this returns.
  ///
  /// Throws `Fault.cancelled` when the task is cancelled, after that end.
  package func run(_ launch: Launch) async throws(Fault) -> LaunchReport {
    let launcher =
      if let launcher = idle.withLock({ $0.popLast() }) { launcher } else {
        try LauncherProcess(executable)
      }
    let answer = await launcher.run(launch)
    if Task.isCancelled { throw .cancelled }
    guard let report = try? JSONDecoder().decode(LaunchReport.self, from: Data(answer)) else {
      let words = String(decoding: answer, as: UTF8.self)
      throw .system(
        doing: "run \(launch.executable)",
        reason: "\(executable) ended" + (words.isEmpty ? "" : ": \(words)"))
    }
    if case .failed(let doing, let code) = report.end {
      throw .system(doing: doing, reason: String(cString: strerror(code)))
    }
    idle.withLock { $0.append(launcher) }
    return report
  }
}

/// A launcher that waits for a launch or is at one; it ends with this object.
private final class LauncherProcess: Sendable {
  private let pid: pid_t
  private let channel: LaunchChannel

  init(_ executable: String) throws(Fault) {
    guard let ends = LaunchChannel.socketPair() else { throw .lastError(doing: "open a socket") }
    let (own, other) = (ends[0], ends[1])
    defer { close(other) }
    channel = LaunchChannel(descriptor: own)
    guard
      let pid = spawn(
        executable, [Confinement.launcherArgument], [:], descriptors: [other, other, other])
    else {
      defer { close(own) }
      throw .lastError(doing: "start \(executable)")
    }
    self.pid = pid
  }

  deinit {
    close(channel.descriptor)
    kill(pid, SIGKILL)
    while waitpid(pid, nil, 0) < 0 && errno == EINTR {}
  }

  /// The launcher's report, or its last words; when the task is cancelled, the process is stopped.
  func run(_ launch: Launch) async -> [UInt8] {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // A thread of its own: those of a shared pool are no more than the processors, and this one
        // mostly waits.
        Thread.detachNewThread { [channel] in
          // Where it cannot be sent, no answer will come.
          _ = channel.send(launch)
          continuation.resume(returning: channel.receive() ?? [])
        }
      }
    } onCancel: {
      shutdown(channel.descriptor, Int32(SHUT_WR))
    }
  }
}

/// Either end of the connection of a runner and a launcher: one value at a time, in a line of JSON.
struct LaunchChannel: Sendable {
  let descriptor: Int32

  /// False where nobody hears it any more.
  func send(_ value: some Encodable) -> Bool {
    guard var bytes = try? Array(JSONEncoder().encode(value)) + [10] else { return false }
    while !bytes.isEmpty {
      let count = Foundation.send(descriptor, bytes, bytes.count, Self.sendFlags)
      guard count > 0 || errno == EINTR else { return false }
      bytes.removeFirst(max(0, count))
    }
    return true
  }

  /// The next line, or what there is of it at the end; nil behind that.
  func receive() -> [UInt8]? {
    var line: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while line.last != 10 {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return line.isEmpty ? nil : line }
      line += buffer[..<count]
    }
    return line
  }
}
