import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookConfinement

/// Runs compiled programs, and the tools that make them.
struct Runner: Sendable {
  var launchers: Launchers
  var isConfined: Bool
  /// Later versions of Landlock are not used; for tests.
  var landlock = Int.max
  var timeZone = "UTC"
  /// Is told when a program begins, with nothing, and several times a second of what it has printed.
  var onPrinted: (@Sendable (Transcript) -> Void)?

  init(_ launchers: Launchers, isConfined: Bool) {
    self.launchers = launchers
    self.isConfined = isConfined
  }

  /// Runs a program in a fresh working folder, to its end or its limits.
  ///
  /// - Parameters:
  ///   - executable: what `Compilation` made of the program.
  ///   - folder: the program's own, where it was compiled.
  func run(
    _ executable: String, of program: Program, with library: Library, in folder: String,
    limits: Limits
  ) async throws(Fault) -> Transcript {
    let work = join(folder, "work")
    var files = library.filesForPrograms
    if let given = program.givenFiles {
      files.readable.append(given.path)
      try makeFolder(work)
      let link = join(work, given.name)
      guard symlink(given.path, link) == 0 else { throw .lastError(doing: "make the link \(link)") }
    }
    let launch = Launch(
      executable: executable,
      environment: [
        "HOME": work, "TMPDIR": work, "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8", "TZ": timeZone, "SWIFT_DETERMINISTIC_HASHING": "1",
        // The runner finds the place by itself, in less time.
        "SWIFT_BACKTRACE": "enable=no",
      ],
      folder: folder, limits: limits,
      role: .program, inputs: library.packageFolder ?? program.givenFiles?.path,
      allowances: program.allowances, isConfined: isConfined, files: files, landlock: landlock)
    let report = try await watched(launch, of: program)
    let records = Records(
      try Self.contents(launch.recordsPath), cellCount: program.cells.count)
    var transcript = Transcript(
      output: try Self.contents(launch.outputPath), errors: try Self.contents(launch.errorsPath),
      cellStarts: records.cellStarts, end: .interrupted, seconds: report.seconds,
      peakMemoryBytes: report.peakMemoryBytes, inputs: report.inputs)
    // A program can shorten what it has printed.
    transcript.cellStarts = transcript.cellStarts.map { start in
      start.map { min($0, transcript.output.count) }
    }
    switch report.end {
    case .exited(let code): transcript.end = .exited(code: code)
    case .timedOut: transcript.end = .timedOut(seconds: limits.seconds)
    case .exceeded(let excess): transcript.end = .exceeded(excess)
    case .killed(let signal): transcript.end = .killed(signal: signal)
    case .interrupted, .failed: transcript.end = .interrupted
    case .signalled(let signal):
      let error = try await RuntimeError(
        signal: signal, errors: transcript.errors, frames: records.frames,
        thrown: records.thrown, executable: executable, source: ProgramSource(of: program),
        tools: ToolRunner(self, library, in: folder))
      transcript.end = .trapped(message: error.message, at: error.location)
    }
    return transcript
  }

  /// Of what a program prints, so much is told while it runs.
  static let mostWatchedBytes = 1 << 20

  private func watched(_ launch: Launch, of program: Program) async throws(Fault) -> LaunchReport {
    guard let onPrinted else { return try await self.launch(launch) }
    func tell(_ output: [UInt8], _ records: [UInt8]) {
      onPrinted(
        Transcript(
          output: output, errors: [],
          cellStarts: Records(records, cellCount: program.cells.count).cellStarts,
          end: .interrupted, seconds: 0, peakMemoryBytes: 0))
    }
    tell([], [])
    let watch = Task {
      var told: Int64 = 0
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(15))
        guard let size = FileStamp(launch.outputPath)?.size, size > told else { continue }
        // Nobody reads on while so much goes by.
        if size > Self.mostWatchedBytes { return }
        // In this order: what a record says was printed is there then.
        guard let records = try? Self.contents(launch.recordsPath),
          let output = try? Self.contents(launch.outputPath)
        else { continue }
        told = size
        tell(output, records)
      }
    }
    let result: Result<LaunchReport, Fault>
    do throws(Fault) { result = .success(try await self.launch(launch)) } catch {
      result = .failure(error)
    }
    watch.cancel()
    await watch.value
    return try result.get()
  }

  /// Has the launcher run a process; it has ended when this returns.
  func launch(_ launch: Launch) async throws(Fault) -> LaunchReport {
    try makeFolder(launch.folder)
    return try await launchers.run(launch)
  }

  private static func contents(_ path: String) throws(Fault) -> [UInt8] {
    try attempt("read \(path)") { try Array(Data(contentsOf: URL(filePath: path))) }
  }
}

/// What the runtime of a program has noted.
struct Records {
  var cellStarts: [Int?]
  /// Addresses of the executable, innermost first.
  var frames: [Int] = []
  /// The same of the last error that was thrown.
  var thrown: [Int] = []

  init(_ bytes: [UInt8], cellCount: Int) {
    cellStarts = Array(repeating: nil, count: cellCount)
    // Words in the machine's own order; whatever the program itself may have written into it.
    var words = stride(from: 0, to: bytes.count & ~7, by: 8).map { start in
      bytes[start..<start + 8].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    }.map { Int(truncatingIfNeeded: $0) }[...]
    while let kind = words.popFirst() {
      switch kind {
      case ProgramRuntime.Record.cell where words.count >= 2:
        let (index, printed) = (words.removeFirst(), words.removeFirst())
        if cellStarts.indices.contains(index), cellStarts[index] == nil {
          cellStarts[index] = max(0, printed)
        }
      case ProgramRuntime.Record.thrown where words.count >= 1:
        let count = min(max(0, words.removeFirst()), words.count)
        thrown = Array(words.prefix(min(count, ProgramRuntime.Record.frames)))
        words = words.dropFirst(count)
      case ProgramRuntime.Record.trap where words.count >= 2:
        let distance = words[words.startIndex]
        frames = words.dropFirst(2).prefix(ProgramRuntime.Record.frames).map { $0 &- distance }
        thrown = thrown.map { $0 &- distance }
        return
      default: return
      }
    }
  }
}
