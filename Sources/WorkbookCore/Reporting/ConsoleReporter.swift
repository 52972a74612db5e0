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

    package init(showsOutput: Bool = false, showsPlots: Bool = false, showsRuns: Bool = true) {
      self.showsOutput = showsOutput
      self.showsPlots = showsPlots
      self.showsRuns = showsRuns
    }
  }

  private struct State {
    var pathWidth = 0
    /// What runs now, in the order it began.
    var running: [String] = []
    /// What is being done before anything runs.
    var progress: String?
    var hasLiveLine = false
  }

  private let terminal: Terminal
  private let options: Options
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
      case .failed(let error):
        state = State()
        _ = WorkbookCore.tell(error, writeError)
      case _ where !options.showsRuns: break
      case .began(let paths):
        state = State(pathWidth: min(60, paths.map { width(of: $0) }.max() ?? 0))
      case .progress(let what):
        // In a log, what is done is said once; a terminal shows each step in its live line.
        if !terminal.isInteractive, state.progress == nil { line("\(printable(what))…") }
        state.progress = what
      case .note(let text):
        line("\(terminal.styled("note:", .yellow)) \(printable(text))")
      case .started(let chapter, let program):
        state.progress = nil
        state.running.append("\(chapter)#\(program)")
      case .finished(let result):
        state.progress = nil
        state.running.removeAll { name in
          result.programs.contains { "\(result.chapter.path)#\($0.program.name)" == name }
        }
        finished(result, state.pathWidth)
      case .ended(let result):
        state = State()
        line(summary(of: result))
      case .watching: line(terminal.styled("watching; Control-C ends it", .faint))
      case .problem(let message, let location, let isError, let source):
        let kind =
          isError ? terminal.styled("error:", .red, .bold) : terminal.styled("warning:", .yellow)
        line("\(place(location)): \(kind) \(printable(message))")
        excerpt(source, location, indent: "")
      case .compared(let original, let count, let drifted, let unreadable):
        let chapters = counted(count, "chapter")
        if unreadable > 0 {
          line(terminal.styled("\(counted(unreadable, "chapter")) cannot be compared", .red))
        }
        if drifted > 0 {
          let text = "\(drifted) of \(chapters) differ from \(original)"
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

  private func finished(_ result: ChapterResult, _ pathWidth: Int) {
    // Another shard's, or another program was asked for.
    if result.isLeftOut { return }
    line(headline(of: result, pathWidth))
    if options.showsOutput {
      for program in result.programs {
        let errors = program.transcript?.errors ?? []
        if program.output.isEmpty, errors.isEmpty { continue }
        let name = program.program.name
        if result.programs.count > 1 { line(terminal.styled("  #\(printable(name))", .bold)) }
        for row in rows(program.output) { line("  " + row) }
        for row in rows(errors) {
          line("  \(terminal.styled("standard error:", .faint)) \(row)")
        }
      }
    }
    if options.showsPlots || options.showsOutput {
      for program in result.programs { plot(program, in: result) }
    }
    for program in result.programs where program.outcome == .skipped {
      let reason = printable(program.reason ?? "")
      line(
        "  #\(printable(program.program.name)) \(terminal.styled("skipped:", .yellow)) \(reason)")
    }
    for warning in result.chapter.warnings + result.programs.flatMap(\.warnings) {
      line(
        "  \(place(warning.location)): \(terminal.styled("warning:", .yellow)) \(printable(warning.message))"
      )
    }
    for failure in result.failures { tell(failure, result, program: nil) }
    for program in result.programs {
      for failure in program.failures { tell(failure, result, program: program.program.name) }
      if program.outcome == .notRun {
        let reason = printable(program.reason ?? "")
        line(
          "  #\(printable(program.program.name)) \(terminal.styled("not run:", .yellow)) \(reason)")
      }
    }
  }

  /// The lines of what a program wrote, fit to be shown.
  private func rows(_ bytes: [UInt8]) -> [Substring] {
    var rows = printable(String(decoding: bytes, as: UTF8.self)).split(
      separator: "\n", omittingEmptySubsequences: false)
    if rows.last == "" { rows.removeLast() }
    return rows
  }

  /// A mark, the path, its time and where its trajectory ended.
  private func headline(of result: ChapterResult, _ pathWidth: Int) -> String {
    let mark =
      switch result.status {
      case .passed: terminal.styled("✓", .green)
      case .failed: terminal.styled("✗", .red, .bold)
      case .skipped: terminal.styled("-", .faint)
      }
    let path = printable(result.chapter.path)
    let pad = String(repeating: " ", count: max(0, pathWidth - width(of: path)))
    var parts: [String] = []
    if result.programs.isEmpty, result.failures.isEmpty {
      parts.append("page")
    } else if result.isCached {
      parts.append("cached")
    } else if result.programs.contains(where: { $0.outcome == .ran || $0.outcome == .compiled }) {
      let anew = result.programs.filter { !$0.isCached }
      parts.append(duration(anew.reduce(0) { $0 + $1.compileSeconds + $1.runSeconds }))
    }
    // Beside a program that did not run, another one's losses would be taken for its own.
    let haveRun = result.programs.allSatisfy { $0.outcome != .notRun }
    let trajectories = result.programs.lazy.compactMap { Trajectory($0.output) }
    if haveRun, let last = trajectories.first?.points.last {
      parts.append("at \(last.step): \(short(last.value, digits: 4))")
    }
    return parts.isEmpty
      ? "\(mark) \(path)" : "\(mark) \(path)\(pad)  \(parts.joined(separator: "  "))"
  }

  private func tell(_ failure: Failure, _ result: ChapterResult, program: String?) {
    let kind = terminal.styled("\(failure.kind.rawValue):", .red, .bold)
    let rows = printable(failure.message).split(separator: "\n", omittingEmptySubsequences: false)
    line("  \(place(failure.location)): \(kind) \(rows.first ?? "")")
    for row in rows.dropFirst() { line("    \(row)") }
    if failure.location.path == result.chapter.path {
      excerpt(result.source, failure.location, indent: "  ")
    }
    let target = failure.location.path + (program.map { "#\($0)" } ?? "")
    line(terminal.styled("    again: workbook run \(shellQuoted(printable(target)))", .faint))
  }

  private func excerpt(_ source: [UInt8], _ location: Location, indent: String) {
    let excerpt = Excerpt(source: source, location: location, columns: terminal.columns)
    for row in excerpt.rows(terminal) { line(indent + row) }
  }

  private func plot(_ result: ProgramResult, in chapter: ChapterResult) {
    guard let actual = Trajectory(result.output) else { return }
    let expected = result.program.expectations.map(\.content.string).joined()
    let plot = Plot(
      actual: actual, expected: Trajectory(Array(expected.utf8)), columns: terminal.columns - 2)
    line("  #\(printable(result.program.name))")
    for row in plot.rows() { line("  \(row)") }
  }

  private func summary(of result: BookResult) -> String {
    let pages = result.chapters.count {
      $0.programs.isEmpty && $0.failures.isEmpty && !$0.isLeftOut
    }
    let counts: [(Int, String)] = [
      (result.chapters.count { $0.status == .passed }, "passed"),
      (result.chapters.count { $0.status == .failed }, "failed"),
      (result.chapters.count { $0.status == .skipped && !$0.isLeftOut } - pages, "skipped"),
    ]
    var parts = counts.filter { $0.0 > 0 }.map { "\(counted($0.0, "chapter")) \($0.1)" }
    if pages > 0 { parts.append(counted(pages, "page")) }
    let programs = result.chapters.flatMap(\.programs)
    let cached = programs.count(where: \.isCached)
    parts.append(counted(programs.count, "program") + (cached > 0 ? " (\(cached) cached)" : ""))
    if let shard = result.shard { parts.append("shard \(shard.index) of \(shard.count)") }
    let text = parts.joined(separator: ", ") + " in \(duration(result.seconds))"
    if result.wasInterrupted { return terminal.styled("interrupted: ", .yellow, .bold) + text }
    return terminal.styled(text, result.status == .failed ? .red : .green)
  }

  private func place(_ location: Location) -> String {
    terminal.styled(
      "\(printable(location.path)):\(location.line):\(location.column)", .bold)
  }

  private func line(_ text: String) { write(text + "\n") }

  private func showLiveLine(_ state: inout State) {
    guard terminal.isInteractive, let first = state.running.first ?? state.progress else { return }
    let more = state.running.count > 1 ? ", and \(state.running.count - 1) more" : ""
    let text = String("… \(printable(first))\(more)".prefix(terminal.columns - 1))
    write(terminal.styled(text, .faint))
    state.hasLiveLine = true
  }

  private func clearLiveLine(_ state: inout State) {
    // Return, and erase to the end of the line (ECMA-48 EL).
    if state.hasLiveLine { write("\r\u{1B}[K") }
    state.hasLiveLine = false
  }
}

extension ChapterResult {
  /// Whether it has programs, but none of them was asked for.
  fileprivate var isLeftOut: Bool {
    programs.isEmpty && failures.isEmpty && !chapter.programs.isEmpty
  }
}

/// The text as one word of a POSIX shell.
func shellQuoted(_ text: String) -> String {
  let plain = text.unicodeScalars.allSatisfy { scalar in
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      || "/._-#+@%,:".unicodeScalars.contains(scalar)
  }
  // A `#` begins a comment only at a word's start.
  if plain, !text.isEmpty, text.first != "#" { return text }
  return "'" + text.replacing("'", with: "'\\''") + "'"
}
