import Synchronization
import WorkbookSystem
import WorkbookChapters

/// Turns a command's events into lines for a person.
///
/// Events may come from any thread.
package final class ConsoleReporter: Sendable {
  package struct Options: Sendable {
    /// All that programs print.
    package var showsOutput = false
    package var showsPlots = false
    /// Also how runs go, not only what is updated and what fails.
    package var showsRuns = true
    /// Nothing of what passes.
    package var isQuiet = false

    package init(
      showsOutput: Bool = false, showsPlots: Bool = false, showsRuns: Bool = true,
      isQuiet: Bool = false
    ) {
      self.showsOutput = showsOutput
      self.showsPlots = showsPlots
      self.showsRuns = showsRuns
      self.isQuiet = isQuiet
    }
  }

  private struct State {
    var pathWidth = 0
    /// How many chapters there are, and how many have finished.
    var count = 0
    var finishedCount = 0
    /// What runs now, in the order it began.
    var running: [String] = []
    /// What is being done before anything runs.
    var progress: String?
    var hasLiveLine = false
  }

  private let terminal: Terminal
  private let options: Options
  private let texts: ResultTexts
  private let write: @Sendable (String) -> Void
  private let writeError: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// Lines end up in `write`, and those of faults in `writeError`, each with its line feed.
  package init(
    terminal: Terminal, options: Options = Options(), write: @escaping @Sendable (String) -> Void,
    writeError: @escaping @Sendable (String) -> Void
  ) {
    self.terminal = terminal
    self.options = options
    texts = ResultTexts(terminal: terminal, options: options)
    self.write = write
    self.writeError = writeError
  }

  @Sendable package func receive(_ event: Event) {
    state.withLock { state in
      clearLiveLine(&state)
      switch event {
      case .updated(let path, let change):
        line("\(printable(path)):\(change.line): updated")
        if let old = change.old { line(terminal.styled("  - \(printable(old))", .red)) }
        if let new = change.new { line(terminal.styled("  + \(printable(new))", .green)) }
      case .notUpdated(let refusal):
        let (place, problem) = (refusal.location, refusal.problem)
        let position = problem == .edited ? "" : ":\(place.line):\(place.column)"
        let what = terminal.styled("not updated:", .yellow)
        line("\(printable(place.path))\(position): \(what) \(problem.message)")
      case .drew(let path): line("\(printable(path)): drawn")
      case .differs(let path, let diff, let isWritten):
        if isWritten {
          line("\(printable(path)): written")
        } else {
          for row in ["--- \(path)", "+++ \(path)"] + diff.lines { line(coloured(row)) }
        }
      case .adopted(let chapters):
        state = State()
        for row in rows(of: chapters) { line(row) }
      case .failed(let error):
        state = State()
        for message in messages(of: error) { writeError("error: \(printable(message))\n") }
      case _ where !options.showsRuns: break
      case .began(let paths):
        state = State(
          pathWidth: min(60, paths.map { width(of: $0) }.max() ?? 0), count: paths.count)
      case .progress(let what):
        // In a log, what is done is said once; a terminal shows each step in its live line.
        if !terminal.isInteractive, !options.isQuiet, state.progress == nil {
          line("\(printable(what.message))…")
        }
        state.progress = what.message
      case .notConfined(let missing):
        note("programs are not fully confined; this system lacks \(list(missing))")
      case .savesTemps(let folder):
        note("what programs are compiled from and leave behind stays in \(folder)")
      case .started(let chapter, let program):
        state.progress = nil
        state.running.append("\(chapter)#\(program)")
      case .finished(let result):
        state.progress = nil
        state.running.removeAll { name in
          result.programs.contains { "\(result.chapter.path)#\($0.program.name)" == name }
        }
        state.finishedCount += 1
        if options.isQuiet, result.status != .failed { break }
        for row in texts.rows(of: result, pathWidth: state.pathWidth) { line(row) }
      case .ended(let result):
        state = State()
        if options.showsOutput { for row in texts.slowest(of: result) { line(row) } }
        line(texts.summary(of: result))
      case .watching(let count, let failed):
        let end = terminal.styled("; Control-C ends it", .faint)
        let chapters = "watching \(counted(count, "chapter"))"
        if failed.isEmpty {
          line(terminal.styled(chapters + ", none fails", .faint) + end)
        } else {
          let paths = failed.prefix(3).joined(separator: ", ") + (failed.count > 3 ? ", …" : "")
          line(
            terminal.styled("\(chapters), \(failed.count) failed: \(printable(paths))", .red) + end)
        }
      case .problem(let problem, let location, let isError, let source):
        let kind =
          isError ? terminal.styled("error:", .red, .bold) : terminal.styled("warning:", .yellow)
        line("\(texts.place(location)): \(kind) \(printable(problem.message))")
        for row in texts.excerpt(source, location) { line(row) }
      case .compared(let original, let count, let drifted, let unreadable):
        let chapters = counted(count, "chapter")
        if unreadable > 0 {
          line(terminal.styled("\(counted(unreadable, "chapter")) cannot be compared", .red))
        }
        if drifted > 0 {
          let differ = drifted == 1 ? "differs" : "differ"
          let text = "\(drifted) of \(chapters) \(differ) from \(original)"
          line(terminal.styled(printable(text), .red))
        }
        if unreadable + drifted == 0 {
          let text = "\(chapters) with the programs and outputs of \(original)"
          line(terminal.styled(printable(text), .green))
        }
      case .wroteSite(let folder, let count, let modules):
        let reference = modules.isEmpty ? "" : " and the reference of "
        line(
          "wrote \(folder): \(counted(count, "chapter"))\(reference)"
            + modules.joined(separator: ", "))
      case .serving(let address): line("serving \(address); Control-C ends it")
      case .listed(let chapters): for row in rows(listing: chapters) { line(row) }
      case .wroteChapter(let path): line("wrote \(path)")
      case .wrotePackage(let folder):
        state = State()
        line("wrote the package \(folder)")
      case .cleaned(let folder?): line("removed \(folder)")
      case .cleaned(nil): line("nothing to remove")
      }
      showLiveLine(&state)
    }
  }

  /// Does the work of a command, and leaves the terminal at the start of an empty line.
  ///
  /// Meanwhile GitHub Actions takes nothing that is told for its commands.
  package func during<R>(
    _ commands: WorkflowCommands, _ work: () async throws -> R
  ) async rethrows -> R {
    commands.stop(write)
    defer {
      endLiveLine()
      commands.resume(write)
    }
    return try await work()
  }

  func endLiveLine() {
    state.withLock { state in clearLiveLine(&state) }
  }

  /// A line of a diff.
  private func coloured(_ row: String) -> String {
    switch row.first {
    case "+": terminal.styled(printable(row), .green)
    case "-": terminal.styled(printable(row), .red)
    default: printable(row)
    }
  }

  private func note(_ text: String) {
    line("\(terminal.styled("note:", .yellow)) \(printable(text))")
  }

  private func line(_ text: String) { write(text + "\n") }

  private func showLiveLine(_ state: inout State) {
    guard terminal.isInteractive, let first = state.running.first ?? state.progress else { return }
    let more = state.running.count > 1 ? ", and \(state.running.count - 1) more" : ""
    let number = min(state.finishedCount + 1, state.count)
    let place = state.running.isEmpty || state.count == 0 ? "" : "\(number) of \(state.count): "
    let text = String("… \(place)\(printable(first))\(more)".prefix(terminal.columns - 1))
    write(terminal.styled(text, .faint))
    state.hasLiveLine = true
  }

  private func clearLiveLine(_ state: inout State) {
    // Return, and erase to the end of the line (ECMA-48 EL).
    if state.hasLiveLine { write("\r\u{1B}[K") }
    state.hasLiveLine = false
  }
}
