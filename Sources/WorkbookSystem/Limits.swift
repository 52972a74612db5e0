/// What a process may use.
package struct Limits: Codable, Hashable, Sendable {
  /// Wall-clock time.
  package var seconds: Double
  package var memoryBytes: Int
  /// Of each file that it writes, what it prints included.
  package var fileBytes: Int
  /// Of all files that it has written and not removed together, and how many these may be.
  package var folderBytes: Int
  package var files: Int
  package var threads: Int
  /// Of what it prints as errors; nil where these are a file like others.
  package var errorBytes: Int?

  /// Of a compiler, a linker or another tool that works on what a program's author wrote.
  package static func tool(seconds: Double) -> Limits {
    var limits = Limits(seconds: seconds, fileBytes: 1 << 30)
    // A compiler takes the longer for an error the more there are: minutes for 20,000.
    limits.errorBytes = 256 << 10
    return limits
  }

  package init(
    seconds: Double, memoryBytes: Int = 4 << 30, fileBytes: Int = 16 << 20,
    folderBytes: Int = 256 << 20, files: Int = 10_000, threads: Int = 512
  ) {
    self.seconds = seconds
    self.memoryBytes = memoryBytes
    self.fileBytes = fileBytes
    self.folderBytes = folderBytes
    self.files = files
    self.threads = threads
  }
}

/// A limit that a process ran against, or what it did beyond what it may.
package enum Excess: Codable, Hashable, Sendable {
  case memory(bytes: Int)
  case printed(bytes: Int)
  case fileSize(bytes: Int)
  case files(count: Int)
  case folderSize(bytes: Int)
  /// Folders in folders, beyond the longest path that the system takes.
  case folderDepth
  case threads(count: Int)
  /// Files of its package that it looked at.
  case inputs(count: Int)
  case wroteOutside(path: String)
  /// The address, `127.0.0.1:9`.
  case network(address: String)
  case startedProcess
  case signalledProcess(id: Int32)
  /// It was to have a network of its own, and the system gives none.
  case noLoopback
}
