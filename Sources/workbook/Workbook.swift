import Foundation
import WorkbookCore
import WorkbookSystem
import WorkbookConfinement
import WorkbookSite

@main struct Workbook {
  static func main() async {
    guard !CommandLine.arguments.isEmpty else {
      // No command is not the same as none that can be seen.
      writeError("error: \(noCommandLine)\n")
      exit(ExitCode.fault.rawValue)
    }
    var words = Array(CommandLine.arguments.dropFirst())
    // What starts confined programs is this program itself, started again.
    if words.first == Confinement.launcherArgument {
      confinedMain()
    }
    let supervision = Supervision(words.first)
    if supervision != nil { words.removeFirst() }
    let environment = ProcessInfo.processInfo.environment
    var terminal = Terminal(descriptor: STDOUT_FILENO, environment: environment)
    var reporter = ConsoleReporter(terminal: terminal, write: write, writeError: writeError)
    let code: ExitCode
    do {
      let invocation = try Invocation(words)
      if let hasColour = invocation.hasColour {
        terminal.hasColour = hasColour
        reporter = ConsoleReporter(terminal: terminal, write: write, writeError: writeError)
      }
      if invocation.startsProcesses, OpenFiles.limit < OpenFiles.least {
        throw CommandError.fewFiles(limit: OpenFiles.limit)
      }
      if supervision == nil, invocation.startsProcesses {
        Supervision.restart(words, opensPages: invocation.opensPages)
      }
      code = try await run(invocation, environment, terminal, reporter, supervision?.opener)
    } catch {
      reporter.receive(.failed(error))
      code = error is UsageError ? .usage : ExitCode(error)
    }
    exit(code.rawValue)
  }

  private static func run(
    _ invocation: Invocation, _ environment: [String: String], _ terminal: Terminal,
    _ reporter: ConsoleReporter, _ opener: Int32?
  ) async throws -> ExitCode {
    let commands = WorkflowCommands(environment: environment)
    switch invocation {
    case .help(let text): write(text)
    case .version: write("workbook \(runnerVersion)\n")
    case .run(let options):
      let isText = options.format == .text
      let log = isText ? write : writeError
      let reporter = ConsoleReporter(
        terminal: terminal,
        options: .init(
          showsOutput: options.showsOutput, showsPlots: options.showsPlots, showsRuns: isText,
          isQuiet: options.isQuiet),
        write: log, writeError: writeError)
      let command = RunCommand(options, environment: environment) { event in
        reporter.receive(event)
        if options.format == .jsonLines, let line = JSONLine(event) { write(line.text) }
      }
      return try await interruptible {
        if options.watches {
          try await reporter.during(commands) { try await command.watch() }
          return .interrupted
        }
        let result = try await reporter.during(commands) { try await command.run() }
        switch options.format {
        case .text, .jsonLines: break
        case .short: write(ShortReport(result.report).text())
        case .json: write(result.report.json())
        }
        try writeReports(of: result.report, options.reports, environment: environment, log)
        return result.exitCode
      }
    case .adopt(let options):
      let command = AdoptCommand(options, environment: environment, onEvent: reporter.receive)
      return try await interruptible {
        try await reporter.during(commands) { try await command.run() }
      }
    case .docs(let options):
      let command = DocsCommand(options, environment: environment, onEvent: reporter.receive)
      return try await interruptible {
        try await reporter.during(commands) { try await command.run() }
      }
    case .serve(let options):
      let command = ServeCommand(
        options, environment: environment, opener: opener, onEvent: reporter.receive)
      return try await interruptible {
        try await command.run()
        return .interrupted
      }
    case .list(let paths, let format, _, let readsPlainCode):
      let chapters = try readBook(paths, readsPlainCode: readsPlainCode).map(\.chapter)
      switch format {
      case .json: write(ListReport(chapters).json())
      case .text: reporter.receive(.listed(chapters))
      }
      return chapters.allSatisfy(\.failures.isEmpty) ? .passed : .unreadable
    case .compare(let original, let translation):
      return try compare(original, with: translation, onEvent: reporter.receive)
    case .new(let title, let folder):
      reporter.receive(.wroteChapter(path: try writeNewChapter(titled: title, in: folder)))
    case .export(let chapter, let folder):
      return try await interruptible {
        try await exportChapter(
          chapter, to: folder, environment: environment, onEvent: reporter.receive)
      }
    case .merge(let paths, let reports):
      let report = try merged(paths.map { ($0, try RunReport.read($0)) })
      write(report.json())
      try writeReports(of: report, reports, environment: environment, writeError)
      return report.exitCode
    case .clean(let path):
      reporter.receive(.cleaned(folder: try clean(path, environment: environment)))
    case .completions(let shell): write(shell.script)
    }
    return .passed
  }

  /// Runs the work; Control-C and its kin cancel it, so that it ends its children and tidies up.
  private static func interruptible(
    _ work: @escaping @Sendable () async throws -> ExitCode
  ) async throws -> ExitCode {
    let task = Task { try await work() }
    let sources = [SIGINT, SIGTERM, SIGHUP].filter { !isIgnored($0) }.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { task.cancel() }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }

  @Sendable private static func write(_ text: String) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      writeError("error: cannot write to the standard output: \(reason(error))\n")
      exit(ExitCode.fault.rawValue)
    }
  }

  @Sendable private static func writeError(_ text: String) {
    // Where the error output is gone, there is nobody to tell.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
