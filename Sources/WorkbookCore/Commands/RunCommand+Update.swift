import WorkbookSystem
import WorkbookChapters

extension RunCommand {
  /// Rewrites the outputs that fell outside their tolerances, and tells what it changed and what not.
  ///
  /// A chapter that cannot be written stops no other; throws at the end.
  func update(_ result: BookResult) throws {
    var faults: [Fault] = []
    for entry in result.chapters where !entry.programs.isEmpty {
      do throws(Fault) { try update(entry) } catch {
        if error == .cancelled { throw error }
        faults.append(error)
      }
    }
    guard let last = faults.popLast() else { return }
    for fault in faults { _ = WorkbookCore.tell(fault, writeError) }
    throw last
  }

  private func update(_ entry: ChapterResult) throws(Fault) {
    let tell = options.format == .json ? writeError : write
    let path = entry.chapter.path
    let notUpdated = terminal.styled("not updated:", .yellow)
    let ran = entry.programs.compactMap { program in
      program.transcript.map {
        let run = Update.Run(transcript: $0, checks: program.checks, failures: program.failures)
        return (program.program.name, run)
      }
    }
    let update = try Update(
      of: entry.chapter, source: entry.source, runs: Dictionary(uniqueKeysWithValues: ran))
    for refusal in update.refusals {
      let place = "\(printable(path)):\(refusal.location.line):\(refusal.location.column)"
      tell("\(place): \(notUpdated) \(refusal.problem.message)\n")
    }
    guard !update.changes.isEmpty else { return }
    // A runner that is killed now leaves its file where the next one sweeps.
    let work = try Packages(environment: environment).workFolder(of: path)
    let scratch = try Scratch(in: work + "/scratch")
    defer { scratch.remove() }
    let isReplaced = try replaceFile(
      at: path, holding: entry.source, with: update.bytes, temporaryFolder: scratch.path)
    guard isReplaced else {
      return tell(
        "\(printable(path)): \(notUpdated) it was changed while its programs ran; run again\n")
    }
    for change in update.changes {
      tell("\(printable(path)):\(change.line): updated\n")
      if let old = change.old { tell(terminal.styled("  - \(printable(old))", .red) + "\n") }
      if let new = change.new { tell(terminal.styled("  + \(printable(new))", .green) + "\n") }
    }
  }
}
