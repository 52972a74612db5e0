import WorkbookSystem
import WorkbookChapters

/// What a person reads of a run's results.
struct ResultTexts: Sendable {
  var terminal: Terminal
  var options: ConsoleReporter.Options

  /// A line for the chapter, and below it what is to be told of its programs; nothing of a chapter in
  /// which no program was asked for.
  func rows(of result: ChapterResult, pathWidth: Int) -> [String] {
    if result.isLeftOut { return [] }
    var rows = [headline(of: result, pathWidth)]
    if options.showsOutput {
      for program in result.programs { rows += output(of: program, in: result) }
    }
    if options.showsPlots || options.showsOutput { rows += result.programs.flatMap(plot) }
    for result in result.programs where !result.wasNotRun && !result.isSkipped {
      let program = result.program
      if program.grants.isEmpty { continue }
      let grants = printable(program.grants.joined(separator: ", "))
      rows.append(
        "  #\(printable(program.name)) \(terminal.styled("allowed:", .yellow)) \(grants)")
    }
    for program in result.programs where program.isOnlyCompiled {
      rows.append(row(of: program, "compiled, not run:"))
    }
    for cell in result.skippedCells {
      let place = place(Location(path: result.chapter.path, line: cell.line, column: 1))
      let reason = printable(cell.skipReason ?? "")
      rows.append("  \(place): \(terminal.styled("skipped:", .yellow)) \(reason)")
    }
    for program in result.programs where program.isRightAnswer {
      rows.append("  #\(printable(program.program.name)) \(terminal.styled("right", .green))")
    }
    for warning in result.allWarnings {
      let kind = terminal.styled("warning:", .yellow)
      rows.append("  \(place(warning.location)): \(kind) \(printable(warning.message))")
    }
    rows += result.failures.flatMap { self.rows(of: $0, result, nil) }
    for program in result.programs {
      rows += program.failures.flatMap { self.rows(of: $0, result, program) }
      for (line, reason) in program.dependentCellReasons {
        let place = place(Location(path: result.chapter.path, line: line, column: 1))
        rows.append("  \(place): \(terminal.styled("not run:", .yellow)) \(reason)")
      }
      if program.wasNotRun { rows.append(row(of: program, "not run:")) }
    }
    return rows
  }

  private func output(of program: ProgramResult, in result: ChapterResult) -> [String] {
    let errors = program.transcript?.errors ?? []
    if program.output.isEmpty, errors.isEmpty { return [] }
    var rows: [String] = []
    if result.programs.count > 1 {
      rows.append(terminal.styled("  #\(printable(program.program.name))", .bold))
    }
    rows += lines(program.output).map { "  " + $0 }
    rows += lines(errors).map { "  \(terminal.styled("standard error:", .faint)) \($0)" }
    return rows
  }

  /// The lines of what a program wrote, fit to be shown.
  private func lines(_ bytes: [UInt8]) -> [Substring] {
    var lines = printable(String(decoding: bytes, as: UTF8.self)).split(
      separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private func row(of program: ProgramResult, _ what: String) -> String {
    let reason = printable(program.reason ?? "")
    return "  #\(printable(program.program.name)) \(terminal.styled(what, .yellow)) \(reason)"
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
    } else if !result.programs.allSatisfy({ $0.isSkipped || $0.wasNotRun }) {
      let anew = result.programs.filter { !$0.isCached }
      parts.append(duration(anew.reduce(0) { $0 + $1.compileSeconds + $1.runSeconds }))
    }
    // Beside a program that did not run, another one's losses would be taken for its own.
    let haveRun = result.programs.allSatisfy { !$0.wasNotRun && $0.leftOut.isEmpty }
    let trajectories = result.programs.lazy.compactMap { Trajectory($0.output) }
    if haveRun, let last = trajectories.first?.points.last {
      parts.append("at \(last.step): \(short(last.value, digits: 4))")
    }
    return parts.isEmpty
      ? "\(mark) \(path)" : "\(mark) \(path)\(pad)  \(parts.joined(separator: "  "))"
  }

  private func rows(
    of failure: Failure, _ result: ChapterResult, _ program: ProgramResult?
  ) -> [String] {
    let kind = terminal.styled("\(failure.kind.rawValue):", .red, .bold)
    let message = printable(failure.message).split(
      separator: "\n", omittingEmptySubsequences: false)
    var rows = ["  \(place(failure.location)): \(kind) \(message.first ?? "")"]
    rows += message.dropFirst().map { "    \($0)" }
    if failure.location.path == result.chapter.path {
      rows += excerpt(result.source, failure.location).map { "  " + $0 }
    }
    // In full, all of them stand above.
    if !options.showsOutput {
      let room = max(20, terminal.columns - 20)
      rows += (program?.lastErrors(of: failure) ?? []).map { line in
        let text = printable(line).replacing("\t", with: " ")
        let shown = text.prefix(room) + (text.count > room ? "…" : "")
        return "    \(terminal.styled("standard error:", .faint)) \(shown)"
      }
    }
    let target = result.chapter.path + (program.map { "#\($0.program.name)" } ?? "")
    rows.append(
      terminal.styled(
        "    again: workbook run \(failure.kind == .strict ? "--strict " : "")"
          + (program?.program.exercise?.isAnswer == true ? "--exercises " : "")
          + shellQuoted(printable(target)), .faint))
    return rows
  }

  func excerpt(_ source: [UInt8], _ location: Location) -> [String] {
    Excerpt(source: source, location: location, columns: terminal.columns).rows(terminal)
  }

  private func plot(_ result: ProgramResult) -> [String] {
    guard let actual = Trajectory(result.output) else { return [] }
    let expected = result.program.expectations.map(\.content.string).joined()
    let plot = Plot(
      actual: actual, expected: Trajectory(Array(expected.utf8)), columns: terminal.columns - 2)
    return ["  #\(printable(result.program.name))"] + plot.rows().map { "  \($0)" }
  }

  /// What took longest to compile and run, if there is a choice.
  func slowest(of result: BookResult) -> [String] {
    let programs = result.chapters.flatMap(\.programs).filter { !$0.isCached }
      .map { (seconds: $0.compileSeconds + $0.runSeconds, result: $0) }
      .filter { $0.seconds > 0 }.sorted { $0.seconds > $1.seconds }
    guard programs.count > 1 else { return [] }
    return [terminal.styled("slowest:", .bold)]
      + programs.prefix(5).map { seconds, result in
        let program = result.program
        return "  \(duration(seconds))  \(printable("\(program.chapterPath)#\(program.name)"))"
          + " (\(duration(result.compileSeconds)) of it to compile)"
      }
  }

  func summary(of result: BookResult) -> String {
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
    if parts.isEmpty, result.chapters.isEmpty, !result.wasInterrupted {
      return terminal.styled("nothing to run", .green)
    }
    let programs = result.chapters.flatMap(\.programs)
    let cached = programs.count(where: \.isCached)
    let others = [
      (programs.count(where: \.isOnlyCompiled), "only compiled"),
      (programs.count(where: \.isSkipped), "skipped"),
      (programs.count(where: \.wasNotRun), "not run"),
    ].filter { $0.0 > 0 }
    let ran = programs.count - others.reduce(0) { $0 + $1.0 }
    // Where all ran, the number of programs says so.
    let shares =
      others.isEmpty
      ? [] : ((ran > 0 ? [(ran, "ran")] : []) + others).map { "\($0.0) \($0.1)" }
    parts.append(
      counted(programs.count, "program") + (cached > 0 ? " (\(cached) cached)" : "")
        + (shares.isEmpty ? "" : ": " + shares.joined(separator: ", ")))
    // Of programs that go on without them.
    let skipped = result.chapters.reduce(0) { count, chapter in
      let cells = chapter.programs.filter { !$0.isSkipped }.flatMap(\.skippedCells)
      return count + Set(cells.map(\.line)).count
    }
    if skipped > 0 { parts.append("\(counted(skipped, "cell")) skipped") }
    let notRun = programs.filter { !$0.wasNotRun }.reduce(0) { $0 + $1.leftOut.count }
    if notRun > 0 { parts.append("\(counted(notRun, "cell")) not run") }
    if let shard = result.shard { parts.append("shard \(shard.index) of \(shard.count)") }
    let build = result.buildSeconds.map { " (\(duration($0)) of it to build the library)" } ?? ""
    let text =
      parts.joined(separator: ", ") + " in \(duration(result.seconds))" + build
      + result.confinement.remark
    if result.wasInterrupted { return terminal.styled("interrupted: ", .yellow, .bold) + text }
    return terminal.styled(text, result.status == .failed ? .red : .green)
  }

  func place(_ location: Location) -> String {
    terminal.styled(
      "\(printable(location.path)):\(location.line):\(location.column)", .bold)
  }
}

extension ProgramResult {
  fileprivate var isRightAnswer: Bool {
    program.exercise?.isAnswer == true && status == .ran && failures.isEmpty
      && checks.allSatisfy { $0.status == .passed }
  }
}

extension ChapterResult {
  /// Whether it has programs, but none of them was asked for.
  fileprivate var isLeftOut: Bool {
    programs.isEmpty && failures.isEmpty && !chapter.programs.isEmpty
  }
}

/// The text as one word of a POSIX shell.
package func shellQuoted(_ text: String) -> String {
  let plain = text.unicodeScalars.allSatisfy { scalar in
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      || "/._-#+@%,:=".unicodeScalars.contains(scalar)
  }
  // A `#` begins a comment only at a word's start.
  if plain, !text.isEmpty, text.first != "#" { return text }
  return "'" + text.replacing("'", with: "'\\''") + "'"
}
