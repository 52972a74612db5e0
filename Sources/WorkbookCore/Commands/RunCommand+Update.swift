import WorkbookSystem
import WorkbookChapters

extension RunCommand {
  /// Rewrites the outputs that fell outside their tolerances, draws pictures anew, and tells what it changed and what not.
  ///
  /// A chapter that cannot be written stops no other; throws at the end.
  func update(_ result: BookResult) throws {
    var faults: [Fault] = []
    for entry in result.chapters where !entry.programs.isEmpty {
      do throws(Fault) {
        try update(entry)
        try draw(entry)
      } catch {
        if error == .cancelled { throw error }
        faults.append(error)
      }
    }
    guard let last = faults.popLast() else { return }
    for fault in faults { onEvent(.failed(fault)) }
    throw last
  }

  private func update(_ entry: ChapterResult) throws(Fault) {
    let path = entry.chapter.path
    var runs: [String: Update.Run] = [:]
    for program in entry.programs {
      runs[program.program.name] = program.transcript.map {
        Update.Run(transcript: $0, checks: program.checks, failures: program.failures)
      }
    }
    let update = try Update(of: entry.chapter, source: entry.source, runs: runs)
    for refusal in update.refusals { onEvent(.notUpdated(refusal)) }
    guard !update.changes.isEmpty else { return }
    guard try Library.replaceChapter(path, holding: entry.source, with: update.bytes, environment)
    else {
      return onEvent(.notUpdated(.edited(path)))
    }
    for change in update.changes { onEvent(.updated(path: path, change)) }
  }

  /// Draws the pictures that are missing, or that show something else than what is printed.
  private func draw(_ entry: ChapterResult) throws(Fault) {
    for drawing in entry.programs.flatMap(\.drawings) {
      let isWritten = try drawing.write(environment)
      onEvent(isWritten ? .drew(path: drawing.path) : .notUpdated(.edited(drawing.path)))
    }
  }
}
