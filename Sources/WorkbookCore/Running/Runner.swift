import Foundation

/// Runs compiled programs.
package struct Runner: Sendable {
  /// An executable that calls `confinedMain`.
  package var launcher: String
  package var isConfined: Bool

  package init(launcher: String, isConfined: Bool) {
    self.launcher = launcher
    self.isConfined = isConfined
  }

  /// This process's own executable.
  package static var ownExecutable: String {
    realPath("/proc/self/exe") ?? Bundle.main.executablePath ?? CommandLine.arguments[0]
  }

  /// Runs a program in a fresh working folder, to its end or its limits.
  ///
  /// - Parameters:
  ///   - executable: what `Compilation` made of the program.
  ///   - folder: the program's own, where it was compiled.
  package func run(
    _ executable: String, of program: Program, with library: Library, in folder: String,
    limits: Limits
  ) async throws(Fault) -> Transcript {
    let launch = Launch(
      program: executable, folder: folder, limits: limits, isConfined: isConfined,
      readable: [library.packageFolder, library.folder, library.toolchain.root].compactMap { $0 },
      inputs: library.packageFolder ?? "")
    var process = Subprocess(
      launcher, [Confinement.launcherArgument] + launch.arguments, environment: [:])
    process.cancellationSignal = SIGTERM
    let result = try await process.run()
    let text = String(decoding: result.output, as: UTF8.self)
    guard let report = LaunchReport(line: text) else {
      let reason = String(decoding: result.errors, as: UTF8.self)
      throw .system(doing: "run a program", reason: "\(launcher) ended: \(result.status) \(reason)")
    }
    if case .failed(let doing, let code) = report.end {
      throw .system(doing: doing, reason: String(cString: strerror(code)))
    }
    let records = Records(
      try Self.contents(launch.recordsPath), cellCount: program.cells.count, executable)
    var transcript = Transcript(
      output: try Self.contents(launch.outputPath), errors: try Self.contents(launch.errorsPath),
      cellStarts: records.cellStarts, end: .interrupted, seconds: report.seconds,
      peakMemoryBytes: report.peakMemoryBytes)
    transcript.inputs = try attempt("read \(launch.inputsPath)") {
      try JSONDecoder().decode(
        [String: String].self, from: Data(contentsOf: URL(filePath: launch.inputsPath)))
    }
    // A program can shorten what it has printed.
    transcript.cellStarts = transcript.cellStarts.map { start in
      start.map { min($0, transcript.output.count) }
    }
    switch report.end {
    case .exited(let code): transcript.end = .exited(code: code)
    case .timedOut: transcript.end = .timedOut(seconds: limits.seconds)
    case .exceeded(let limit): transcript.end = .exceeded(limit: limit)
    case .interrupted, .failed: transcript.end = .interrupted
    case .signalled(let signal):
      let error = try await RuntimeError(
        signal: signal, errors: transcript.errors, frames: records.frames,
        thrown: records.thrown, executable: executable, source: ProgramSource(of: program),
        toolchain: library.toolchain)
      transcript.end =
        error.isOutOfMemory || records.isOutOfMemory
        ? .exceeded(limit: limits.memoryMessage)
        : .trapped(message: error.message, at: error.location)
    }
    return transcript
  }

  private static func contents(_ path: String) throws(Fault) -> [UInt8] {
    try attempt("read \(path)") { try Array(Data(contentsOf: URL(filePath: path))) }
  }
}

/// What the support part of a program has noted.
struct Records {
  var cellStarts: [Int?]
  /// Addresses of the executable, innermost first.
  var frames: [Int] = []
  /// The same of the last error that was thrown.
  var thrown: [Int] = []
  /// Whether no memory was left to a program that a signal ended.
  var isOutOfMemory = false

  init(_ bytes: [UInt8], cellCount: Int, _ executable: String) {
    cellStarts = Array(repeating: nil, count: cellCount)
    // Words in the machine's own order; whatever the program itself may have written into it.
    var words = stride(from: 0, to: bytes.count & ~7, by: 8).map { start in
      bytes[start..<start + 8].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    }.map { Int(truncatingIfNeeded: $0) }[...]
    while let kind = words.popFirst() {
      switch kind {
      case Support.Record.cell where words.count >= 2:
        let (index, printed) = (words.removeFirst(), words.removeFirst())
        if cellStarts.indices.contains(index), cellStarts[index] == nil {
          cellStarts[index] = max(0, printed)
        }
      case Support.Record.thrown where words.count >= 1:
        let count = min(max(0, words.removeFirst()), words.count)
        thrown = Array(words.prefix(count))
        words = words.dropFirst(count)
      case Support.Record.trap where words.count >= 3:
        isOutOfMemory = words.first == 1
        let entry = words[words.startIndex + 1]
        let linkedEntry = ObjectFile.entryPoint(of: executable) ?? 0
        let addresses = words.dropFirst(3).prefix(Support.Record.frames)
        frames = addresses.map { $0 &- entry &+ linkedEntry }
        thrown = thrown.prefix(Support.Record.frames).map { $0 &- entry &+ linkedEntry }
        return
      default: return
      }
    }
  }
}
