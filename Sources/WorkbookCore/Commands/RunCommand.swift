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
    let result = try await run(book, silently: options.updates)
    guard options.updates, !result.wasInterrupted else { return result }
    try update(result)
    return try await run(try readBook(options.paths))
  }

  /// Runs the programs of the book; a library that does not build fails the chapters of its package.
  package func run(_ book: [BookChapter], silently: Bool = false) async throws -> BookResult {
    let reporter = ConsoleReporter(
      terminal: terminal,
      options: .init(showsOutput: options.showsOutput, showsPlots: options.showsPlots),
      paths: book.map(\.chapter.path), write: options.format == .json ? { @Sendable _ in } : write)
    let receive: @Sendable (Event) -> Void = { event in
      if !silently { reporter.receive(event) }
    }
    defer { reporter.endLiveLine() }

    let runner = Runner(launcher: ownExecutable, isConfined: try isConfined(receive))
    var book = book
    let homes = try await homes(of: &book, runner, receive)
    let executor = PackageExecutor(
      homes: homes, usesCache: options.usesCache, runner: runner)
    let bookRunner = BookRunner(
      jobs: min(
        options.jobs ?? ProcessInfo.processInfo.activeProcessorCount,
        OpenFiles.jobs(within: OpenFiles.limit)),
      stopsAtFirstFailure: options.stopsAtFirstFailure, shard: options.shard, executor: executor,
      onEvent: receive)
    let result = try await bookRunner.run(book)
    // The chapters of a package share theirs.
    let distinct = Dictionary(homes.values.map { ($0.library.folder, $0) }) { first, _ in first }
    for home in distinct.values {
      home.times.save()
      home.cache.trim()
    }
    if !silently { reporter.summarize(result) }
    return result
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

  /// The built library of each chapter's package.
  ///
  /// Where it does not build, its chapters fail.
  private func homes(
    of book: inout [BookChapter], _ runner: Runner,
    _ receive: @escaping @Sendable (Event) -> Void
  ) async throws -> [String: PackageExecutor.Home] {
    guard book.contains(where: { !$0.programs.isEmpty }) else { return [:] }
    let toolchain = try await Toolchain.find(environment: environment)
    var homes: [String: PackageExecutor.Home] = [:]
    var built: [String?: Result<PackageExecutor.Home, Fault>] = [:]
    for index in book.indices where !book[index].programs.isEmpty {
      let path = book[index].chapter.path
      let package: String?
      do throws(Fault) { package = try packageFolder(above: path) } catch {
        try fail(&book[index], error)
        continue
      }
      if built[package] == nil {
        built[package] = await home(of: package, toolchain, runner, receive)
      }
      switch built[package] {
      case .success(let home):
        homes[path] = home
        if isSwiftFile(path), let module = home.library.module(of: path) {
          for program in book[index].programs.indices {
            book[index].programs[program].module = module
          }
        }
      case .failure(let fault): try fail(&book[index], fault)
      case nil: break
      }
    }
    return homes
  }

  private func home(
    of package: String?, _ toolchain: Toolchain, _ runner: Runner,
    _ receive: @escaping @Sendable (Event) -> Void
  ) async -> Result<PackageExecutor.Home, Fault> {
    do throws(Fault) {
      let library = try await Library.build(for: package, toolchain: toolchain) { what in
        receive(.progress(what))
      }
      Scratch.sweep(library.folder + "/scratch")
      removeAbandonedFiles(in: library.folder)
      return .success(PackageExecutor.Home(library, runner: runner))
    } catch {
      return .failure(error)
    }
  }

  /// Makes what is wrong with its package the chapter's failure; any other fault is nobody's chapter's.
  private func fail(_ entry: inout BookChapter, _ fault: Fault) throws(Fault) {
    switch fault {
    case .libraryDoesNotBuild, .strangersPackage: break
    default: throw fault
    }
    let place = Location(path: entry.chapter.path, line: 1, column: 1)
    entry.chapter.failures.append(Failure(.fault(fault), at: place))
    for index in entry.programs.indices { entry.programs[index].isBroken = true }
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
