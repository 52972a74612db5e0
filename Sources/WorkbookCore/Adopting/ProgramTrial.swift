import WorkbookSystem
import WorkbookChapters

/// Runs programs twice, and takes out of them what does not end well.
struct ProgramTrial {
  private let trials: Trials

  /// After so many cells taken out, a program is not run.
  private static let mostCells = 60

  init(_ trials: Trials) { self.trials = trials }

  /// The program without the cells that trap, wait or print something else than they say, each of them in
  /// one that is not run; or all of it not run.
  func settle(
    _ first: Draft
  ) async throws(Fault) -> (drafts: [Draft], mistakes: [(location: Location, message: String)]) {
    var draft = first
    var apart: [Draft] = []
    var mistakes: [(location: Location, message: String)] = []
    guard draft.program.mode == .run, !draft.isNotRun, !draft.program.units.isEmpty else {
      return ([draft], [])
    }
    for _ in 0...Self.mostCells {
      let runs = try await runs(of: draft.program)
      guard let bad = try fault(of: draft.program, runs) else {
        draft.transcripts = runs
        return ([draft] + apart, mistakes)
      }
      mistakes += bad.mistakes
      guard let cell = bad.cell, let (rest, other) = try await parted(draft, at: cell) else {
        break
      }
      apart.append(other)
      draft = rest
    }
    draft.isNotRun = true
    return ([draft] + apart, mistakes)
  }

  /// None where it cannot be linked.
  private func runs(of program: Program) async throws(Fault) -> [Transcript] {
    try await trials.turns.wait()
    defer { trials.turns.end() }
    let scratch = try Scratch(in: trials.scratch)
    defer { scratch.remove() }
    let compilation = try await Compilation(
      of: program, with: trials.library, by: trials.runner, in: scratch.path)
    guard let executable = compilation.executable, compilation.leftOut.isEmpty else { return [] }
    var transcripts: [Transcript] = []
    // A day apart, whatever time it is.
    for timeZone in ["Etc/GMT+12", "Etc/GMT-14"] {
      let folder = try Scratch(in: scratch.path)
      defer { folder.remove() }
      var runner = trials.runner
      runner.timeZone = timeZone
      let transcript = try await runner.run(
        executable, of: program, with: trials.library, in: folder.path,
        limits: Limits(seconds: min(program.timeout, ChapterAdoption.runSeconds)))
      if transcript.end == .interrupted { throw .cancelled }
      transcripts.append(transcript)
    }
    return transcripts
  }

  /// The cell that is to blame for a run that does not pass; nil where it does.
  private func fault(
    of program: Program, _ runs: [Transcript]
  ) throws(Fault) -> (cell: Int?, mistakes: [(location: Location, message: String)])? {
    if runs.isEmpty { return (nil, []) }
    for transcript in runs {
      let result = try check(program, transcript)
      if result.failures.contains(where: \.isOfEnd) {
        return (transcript.cellStarts.lastIndex { $0 != nil }, [])
      }
      if let wrong = result.checks.first(where: { $0.kind == .prints && $0.status != .passed }) {
        let place = Location(path: program.chapterPath, line: wrong.line, column: 1)
        let cell = program.cell(at: place)
        let found = result.failures.filter { program.cell(at: $0.location) == cell }
        return (cell, found.map { ($0.location, $0.message) })
      }
    }
    return nil
  }

  /// The program without a cell, and one of that cell and those that need it, which is not run; with it stand
  /// those that they need, which are in both.
  private func parted(
    _ draft: Draft, at cell: Int
  ) async throws(Fault) -> (rest: Draft, apart: Draft)? {
    let units = draft.program.units
    guard let unit = units.first(where: { $0.contains(cell) }), units.count > 1,
      draft.program.expectations.isEmpty
    else { return nil }
    let grouping = CellGrouping(draft.program, trials)
    let rest = try await grouping.together(units.filter { $0 != unit })
    let others = units.filter { !rest.contains($0) }
    guard !rest.isEmpty else { return nil }
    for apart in [others, grouping.context(of: others), units] {
      if try await trials.check(apart, of: draft.program).succeeded {
        return (
          Draft(draft.program, rest, isNew: draft.isNew),
          Draft(draft.program, apart, isNew: true, isNotRun: true)
        )
      }
    }
    return nil
  }
}
