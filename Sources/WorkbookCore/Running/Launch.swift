/// What the launcher is asked to do; it travels as the launcher's arguments.
struct Launch: Hashable {
  /// An executable.
  var program: String
  /// The program's own: it gets the folder `work` to work in, and the files `output`, `errors`,
  /// `records` and `inputs` next to it.
  var folder: String
  var limits: Limits
  var isConfined: Bool
  /// What a confined program may read besides the system's libraries.
  var readable: [String]
  /// A folder whose files that a confined program opens to read are noted; empty for none.
  var inputs = ""

  var workFolder: String { folder + "/work" }
  var outputPath: String { folder + "/output" }
  var errorsPath: String { folder + "/errors" }
  var recordsPath: String { folder + "/records" }
  var inputsPath: String { folder + "/inputs" }

  /// The whole environment of the program.
  var environment: [String: String] {
    [
      "HOME": workFolder, "TMPDIR": workFolder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
      "TZ": "UTC", "SWIFT_DETERMINISTIC_HASHING": "1",
      // The runner finds the place by itself, in less time.
      "SWIFT_BACKTRACE": "enable=no",
    ]
  }

  var arguments: [String] {
    [
      program, folder, "\(limits.seconds)", "\(limits.memoryBytes)", "\(limits.fileBytes)",
      "\(limits.folderBytes)", "\(limits.files)", "\(isConfined)", inputs,
    ] + readable
  }
}

extension Launch {
  init?(arguments: some Collection<String>) {
    let arguments = Array(arguments)
    guard arguments.count >= 9, let seconds = Double(arguments[2]),
      let memoryBytes = Int(arguments[3]), let fileBytes = Int(arguments[4]),
      let folderBytes = Int(arguments[5]), let files = Int(arguments[6]),
      let isConfined = Bool(arguments[7])
    else { return nil }
    self.init(
      program: arguments[0], folder: arguments[1],
      limits: Limits(
        seconds: seconds, memoryBytes: memoryBytes, fileBytes: fileBytes, folderBytes: folderBytes,
        files: files),
      isConfined: isConfined, readable: Array(arguments[9...]), inputs: arguments[8])
  }
}

/// What a program may use.
package struct Limits: Hashable, Sendable {
  /// Wall-clock time.
  package var seconds: Double
  package var memoryBytes = 4 << 30
  /// Of each file that it writes, what it prints included.
  package var fileBytes = 16 << 20
  /// Of all files that it has written and not removed together, and how many these may be.
  package var folderBytes = 256 << 20
  package var files = 10_000

  var memoryMessage: String { "used more than \(memoryBytes >> 20) MB of memory" }
}

/// What the launcher tells when the program has ended; it travels as the launcher's output.
struct LaunchReport: Hashable {
  enum End: Hashable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
    case exceeded(String)
    case interrupted
    /// The launcher could not do its work: what, and the system's number for why.
    case failed(String, Int32)
  }

  var end: End
  var seconds: Double
  var peakMemoryBytes: Int

  /// One line, ended by a line feed; text that came from the program stands last.
  var line: String {
    let end =
      switch end {
      case .exited(let code): "exited \(code) "
      case .signalled(let signal): "signalled \(signal) "
      case .timedOut: "timedOut 0 "
      case .exceeded(let limit): "exceeded 0 \(Self.oneLine(limit))"
      case .interrupted: "interrupted 0 "
      case .failed(let doing, let code): "failed \(code) \(Self.oneLine(doing))"
      }
    return "\(seconds) \(peakMemoryBytes) \(end)\n"
  }

  private static func oneLine(_ text: String) -> String {
    text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "\u{fffd}" : String($0) }
      .joined()
  }
}

extension LaunchReport {
  init?(line: String) {
    let words = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: false)
    guard words.count == 5, line.hasSuffix("\n"), let seconds = Double(words[0]),
      let peak = Int(words[1]), let number = Int32(words[3])
    else { return nil }
    self.seconds = seconds
    peakMemoryBytes = peak
    let text = String(words[4].dropLast())
    switch words[2] {
    case "exited": end = .exited(number)
    case "signalled": end = .signalled(number)
    case "timedOut": end = .timedOut
    case "exceeded": end = .exceeded(text)
    case "interrupted": end = .interrupted
    case "failed": end = .failed(text, number)
    default: return nil
    }
  }
}
