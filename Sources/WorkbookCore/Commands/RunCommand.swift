import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookConfinement

/// `workbook run`: reads chapters, builds their packages' libraries, runs the programs and reports.
package struct RunCommand: Sendable {
  let options: RunOptions
  let environment: [String: String]
  let terminal: Terminal
  let write: @Sendable (String) -> Void
  let writeError: @Sendable (String) -> Void

  /// Reports go to `write`; faults, and where that gets JSON all that a person reads, to `writeError`.
  package init(
    _ options: RunOptions, environment: [String: String], terminal: Terminal,
    write: @escaping @Sendable (String) -> Void, writeError: @escaping @Sendable (String) -> Void
  ) {
    self.options = options
    self.environment = environment
    self.terminal = terminal
    self.write = write
    self.writeError = writeError
  }

  /// Runs once, or with `--watch` until the task is cancelled.
  package func run() async -> ExitCode {
    do {
      let commands = WorkflowCommands(environment: environment)
      let writeLog = options.format == .json ? writeError : write
      commands.stop(writeLog)
      let result: BookResult
      do {
        defer { commands.resume(writeLog) }
        let book = try readBook(options.paths)
        if options.watches { return try await watch(book) }
        result = try await runAndUpdate(book)
      }
      try writeReports(
        of: result.report, options.reports, writeLog)
      if options.format == .json { write(result.report.json()) }
      return result.exitCode
    } catch {
      return tell(error, writeError)
    }
  }

  private func runAndUpdate(_ book: [BookChapter]) async throws -> BookResult {
    let result = try await run(book, silently: options.updates).result
    guard options.updates, !result.wasInterrupted else { return result }
    try update(result)
    return try await run(try readBook(options.paths)).result
  }

  /// Runs the programs of the book; a library that does not build fails the chapters of its package.
  package func run(
    _ book: [BookChapter], silently: Bool = false
  ) async throws -> (result: BookResult, packages: Packages) {
    let reporter = ConsoleReporter(
      terminal: terminal,
      options: .init(showsOutput: options.showsOutput, showsPlots: options.showsPlots),
      paths: book.map(\.chapter.path), write: options.format == .json ? { @Sendable _ in } : write)
    let receive: @Sendable (Event) -> Void = { event in
      if !silently { reporter.receive(event) }
    }
    defer { reporter.endLiveLine() }

    let runner = Runner(Launchers(ownExecutable), isConfined: try isConfined(receive))
    var packages = Packages(environment: environment)
    let (book, contexts) = try await packages.prepare(book) { receive(.progress($0)) }
    let executor = PackageExecutor(
      contexts: contexts, usesCache: options.usesCache, runner: runner)
    let bookRunner = BookRunner(
      jobs: min(
        options.jobs ?? ProcessInfo.processInfo.activeProcessorCount,
        OpenFiles.jobs(within: OpenFiles.limit)),
      stopsAtFirstFailure: options.stopsAtFirstFailure, shard: options.shard, executor: executor,
      onEvent: receive)
    let result = try await bookRunner.run(book)
    packages.save()
    if !silently { reporter.summarize(result) }
    return (result, packages)
  }

  /// Whether programs are to be confined; says what the system lacks for it.
  private func isConfined(_ receive: (Event) -> Void) throws(CommandError) -> Bool {
    let missing = Confinement.missing
    switch options.sandbox {
    case .off: return false
    case .required where !missing.isEmpty: throw .cannotConfine(missing: missing)
    case .required, .preferred:
      if !missing.isEmpty {
        let lack = missing.joined(separator: ", ")
        receive(.note("programs are not fully confined; this system lacks \(lack)"))
      }
      return true
    }
  }
}

extension BookResult {
  package var exitCode: ExitCode {
    if wasInterrupted { return .interrupted }
    let kinds = chapters.lazy.flatMap(\.allFailures).map(\.kind.rawValue)
    return status == .failed ? ExitCode(ofFailures: kinds) : .passed
  }
}

extension RunReport {
  package var exitCode: ExitCode {
    let kinds = chapters.lazy.flatMap(\.failures).map(\.kind)
    return status == .failed ? ExitCode(ofFailures: kinds) : .passed
  }
}

extension ExitCode {
  /// Of a run in which something failed, by the kinds of the failures as reports name them.
  fileprivate init(ofFailures kinds: some Sequence<String>) {
    self = kinds.contains { $0 == "format" || $0 == "compile" } ? .unreadable : .failed
  }
}

/// Writes the reports that were asked for besides what is printed.
package func writeReports(
  of report: RunReport, _ requests: [RunOptions.Report], _ write: (String) -> Void
) throws(CommandError) {
  for request in requests {
    switch request {
    case .junit(let file): try save(JUnitReport(report).xml(), to: file)
    case .json(let file): try save(report.json(), to: file)
    case .github:
      let github = GitHubReport(report)
      write(github.annotations())
      if let file = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !file.isEmpty {
        try append(github.summary(), to: file)
      }
    }
  }
}

private func save(_ text: String, to file: String) throws(CommandError) {
  do {
    try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
  } catch {
    throw .cannotWrite(path: file, reason: reason(error))
  }
}

private func append(_ text: String, to file: String) throws(CommandError) {
  do {
    let handle = try FileHandle(forWritingTo: URL(filePath: file))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  } catch {
    throw .cannotWrite(path: file, reason: reason(error))
  }
}
