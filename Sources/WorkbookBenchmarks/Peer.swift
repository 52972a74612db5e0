import Foundation

/// A Python process that does the same work in NumPy and PyTorch when told to.
final class Peer {
  /// What does the work: "Python 3.11, NumPy 2.4, PyTorch 2.13".
  let description: String
  private let process = Process()
  private let commands = Pipe()
  private let answers = Pipe()
  private var unread = Data()

  /// Starts `python`; throws if it is not there or lacks NumPy or PyTorch.
  init(python: String, threads: Int?) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-u", "-c", peerProgram]
    var environment = ProcessInfo.processInfo.environment
    // NumPy is to choose its kernels itself.
    environment["OPENBLAS_CORETYPE"] = nil
    if let threads {
      environment["OPENBLAS_NUM_THREADS"] = "\(threads)"
      environment["OMP_NUM_THREADS"] = "\(threads)"
      if threads == 1 { environment["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false" }
    }
    process.environment = environment
    process.standardInput = commands
    process.standardOutput = answers
    try process.run()
    // Its end of the pipe alone is to keep it open.
    try? answers.fileHandleForWriting.close()
    var text = Data()
    while let byte = try answers.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
      text += byte
      if byte.isEmpty { break }
    }
    description = String(decoding: text, as: UTF8.self)
    if description.isEmpty {
      throw UsageError("--peers: '\(python)' has no NumPy or no PyTorch; --python names another")
    }
  }

  /// Has a command run; the seconds that it took once, or nil if it has no answer.
  func run(_ command: String) -> Double? {
    try? commands.fileHandleForWriting.write(contentsOf: Data((command + "\n").utf8))
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: unread[unread.startIndex..<end], as: UTF8.self)
        unread.removeSubrange(unread.startIndex...end)
        return Double(line)
      }
      let more = answers.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      unread += more
    }
  }

  deinit {
    try? commands.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
