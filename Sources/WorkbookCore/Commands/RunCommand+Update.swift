extension RunCommand {
  /// Rewrites the outputs that fell outside their tolerances, and tells what it changed and what not.
  func update(_ result: BookResult) throws {
    let tell = options.format == .json ? writeError : write
    for entry in result.chapters where !entry.programs.isEmpty {
      let path = entry.chapter.path
      let ran = entry.programs.compactMap { program in
        program.transcript.map { (program.program.name, $0) }
      }
      let update = Update(
        of: entry.chapter, source: entry.source, transcripts: Dictionary(uniqueKeysWithValues: ran))
      for refusal in update.refusals {
        let place = "\(printable(path)):\(refusal.location.line):\(refusal.location.column)"
        tell("\(place): \(terminal.styled("not updated:", .yellow)) \(refusal.problem.message)\n")
      }
      guard !update.changes.isEmpty else { continue }
      // A runner that is killed now leaves its file where the next one sweeps.
      let work = try Library.workFolder(for: packageFolder(above: path), environment)
      let scratch = try Scratch(in: work + "/scratch")
      defer { scratch.remove() }
      try replaceFile(
        at: path, holding: entry.source, with: update.bytes, temporaryFolder: scratch.path)
      for change in update.changes {
        tell("\(printable(path)):\(change.line): updated\n")
        if let old = change.old { tell(terminal.styled("  - \(printable(old))", .red) + "\n") }
        if let new = change.new { tell(terminal.styled("  + \(printable(new))", .green) + "\n") }
      }
    }
  }
}
