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
    let isSupervised = words.first == Supervision.argument
    if isSupervised { words.removeFirst() }
    let code: ExitCode
    do {
      let invocation = try Invocation(words)
      if invocation.startsProcesses, OpenFiles.limit < OpenFiles.least {
        exit(tell(CommandError.fewFiles(limit: OpenFiles.limit), writeError).rawValue)
      }
      if !isSupervised, invocation.startsProcesses { Supervision.restart(words) }
      code = await run(invocation)
    } catch {
      writeError("error: \(error.message)\n")
      code = .usage
    }
    exit(code.rawValue)
  }

  private static func run(_ invocation: Invocation) async -> ExitCode {
    let environment = ProcessInfo.processInfo.environment
    let commands = WorkflowCommands(environment: environment)
    let terminal = Terminal(descriptor: STDOUT_FILENO, environment: environment)
    let reporter = ConsoleReporter(terminal: terminal, write: write, writeError: writeError)
    switch invocation {
    case .help(let text):
      write(text)
      return .passed
    case .version:
      write("workbook \(runnerVersion)\n")
      return .passed
    case .run(let options):
      let isJSON = options.format == .json
      let log = isJSON ? writeError : write
      let reporter = ConsoleReporter(
        terminal: terminal,
        options: .init(
          showsOutput: options.showsOutput, showsPlots: options.showsPlots, showsRuns: !isJSON),
        write: log, writeError: writeError)
      let command = RunCommand(options, environment: environment, onEvent: reporter.receive)
      return await interruptible {
        if options.watches {
          try await reporter.during(commands) { try await command.watch() }
          return .interrupted
        }
        let result = try await reporter.during(commands) { try await command.run() }
        try writeReports(of: result.report, options.reports, environment: environment, log)
        if isJSON { write(result.report.json()) }
        return result.exitCode
      }
    case .docs(let options):
      let command = DocsCommand(options, environment: environment, onEvent: reporter.receive)
      return await interruptible { try await reporter.during(commands) { try await command.run() } }
    case .list(let paths, let format):
      return attempt {
        let book = try readBook(paths)
        let chapters = book.map(\.chapter)
        write(format == .json ? ListReport(chapters).json() : listText(chapters))
        return chapters.allSatisfy(\.failures.isEmpty) ? .passed : .unreadable
      }
    case .compare(let original, let translation):
      return attempt {
        try compare(original, with: translation, onEvent: reporter.receive)
      }
    case .new(let title, let folder):
      return attempt {
        write("wrote \(try writeNewChapter(titled: title, in: folder))\n")
        return .passed
      }
    case .export(let chapter, let folder):
      return await interruptible {
        try await exportChapter(chapter, to: folder, environment: environment)
        write("wrote the package \(folder)\n")
        return .passed
      }
    case .merge(let paths, let reports):
      return attempt {
        let report = try merged(paths.map { ($0, try RunReport.read($0)) })
        try writeReports(of: report, reports, environment: environment, writeError)
        write(report.json())
        return report.exitCode
      }
    case .clean(let path):
      return attempt {
        let folder = try clean(path, environment: environment)
        write(folder.map { "removed \($0)\n" } ?? "nothing to remove\n")
        return .passed
      }
    }
  }

  private static func attempt(_ work: () throws -> ExitCode) -> ExitCode {
    do { return try work() } catch { return tell(error, writeError) }
  }

  /// Runs the work; Control-C and its kin cancel it, so that it ends its children and tidies up.
  private static func interruptible(
    _ work: @escaping @Sendable () async throws -> ExitCode
  ) async -> ExitCode {
    let task = Task {
      do { return try await work() } catch { return tell(error, writeError) }
    }
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { task.cancel() }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return await task.value
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
