import Foundation
import WorkbookSystem

extension RunCommand {
  /// Runs the chapters, then again whatever a save touched, until the task is cancelled.
  ///
  /// A change of what chapters depend on runs all; what did not change is in the cache. What was told before
  /// stays on the terminal, and which chapters fail is told after every run.
  package func watch() async throws {
    let chosen = try filtered(readBook(options.paths, readsPlainCode: options.readsPlainCode))
    var chapters = stamps(of: try findChapters(options.paths).map(\.path))
    var others = WatchedFiles()
    var statuses: [String: RunStatus] = [:]
    try findExercises(in: chosen)
    try await watch(chosen, of: chapters, &others, &statuses)
    while !Task.isCancelled {
      // Often enough to run within 0.3 seconds of a save, seldom enough to cost nothing.
      try? await Task.sleep(for: .milliseconds(100))
      // A file that is just being replaced is missing for a moment.
      guard let files = try? findChapters(options.paths) else { continue }
      let nowChapters = stamps(of: files.map(\.path))
      let isAll = others.renew()
      if nowChapters == chapters, !isAll { continue }
      do {
        let book = try readBook(options.paths, readsPlainCode: options.readsPlainCode)
        let touched = book.filter { chapters[$0.chapter.path] != nowChapters[$0.chapter.path] }
        // Where a filter leaves nothing of what was touched, there is nothing to do.
        let chosen = (try? filtered(isAll ? book : touched)) ?? []
        try await watch(chosen, of: nowChapters, &others, &statuses)
      } catch {
        onEvent(.failed(error))
      }
      chapters = nowChapters
    }
  }

  /// Runs the chapters, and tells which fail of all that were run and are still there.
  private func watch(
    _ book: [BookChapter], of files: [String: FileStamp], _ others: inout WatchedFiles,
    _ statuses: inout [String: RunStatus]
  ) async throws {
    if !book.isEmpty {
      others.add(book)
      let (result, packages) = try await run(book)
      others.add(result, packages)
      for chapter in result.chapters { statuses[chapter.chapter.path] = chapter.status }
    }
    statuses = statuses.filter { files[$0.key] != nil }
    let failed = statuses.filter { $0.value == .failed }.keys
    onEvent(
      .watching(
        chapters: statuses.count, failed: files.keys.filter(failed.contains).sorted()))
  }

  private func stamps(of paths: [String]) -> [String: FileStamp] {
    var stamps: [String: FileStamp] = [:]
    for path in paths { stamps[path] = FileStamp(path) }
    return stamps
  }
}
