import Foundation
import WorkbookSystem

extension RunCommand {
  /// Runs the chapters, then again whatever a save touched, until the task is cancelled.
  ///
  /// A change of anything but a chapter may change the library, so it runs all; what did not change is
  /// in the cache. What was told before stays on the terminal, and which chapters fail is told after every
  /// run.
  package func watch() async throws {
    let book = try readBook(options.paths)
    var folders = Set(book.compactMap { try? packageFolder(above: $0.chapter.path) })
    var chapters = stamps(of: try findChapters(options.paths).map(\.path))
    var others = stamps(in: folders)
    var statuses: [String: RunStatus] = [:]
    try await watch(filtered(book), of: chapters, &statuses)
    while !Task.isCancelled {
      // Often enough to run within 0.3 seconds of a save, seldom enough to cost nothing.
      try? await Task.sleep(for: .milliseconds(100))
      // A file that is just being replaced is missing for a moment.
      guard let files = try? findChapters(options.paths) else { continue }
      let (nowChapters, nowOthers) = (stamps(of: files.map(\.path)), stamps(in: folders))
      if (nowChapters, nowOthers) == (chapters, others) { continue }
      do {
        let book = try readBook(options.paths)
        folders.formUnion(book.compactMap { try? packageFolder(above: $0.chapter.path) })
        let touched = book.filter { chapters[$0.chapter.path] != nowChapters[$0.chapter.path] }
        // Where a filter leaves nothing of what was touched, there is nothing to do.
        let chosen = (try? filtered(nowOthers == others ? touched : book)) ?? []
        try await watch(chosen, of: nowChapters, &statuses)
      } catch {
        onEvent(.failed(error))
      }
      (chapters, others) = (nowChapters, nowOthers)
    }
  }

  /// Runs the chapters, and tells which fail of all that were run and are still there.
  private func watch(
    _ book: [BookChapter], of files: [String: FileStamp], _ statuses: inout [String: RunStatus]
  ) async throws {
    if !book.isEmpty {
      for chapter in try await run(book).result.chapters {
        statuses[chapter.chapter.path] = chapter.status
      }
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

  /// Of all visible files in the folders but Markdown, and but those that this process itself prints to.
  private func stamps(in folders: Set<String>) -> [String: FileStamp] {
    let own = [STDOUT_FILENO, STDERR_FILENO].compactMap(FileStamp.init(descriptor:))
    return FileStamps(below: folders.sorted(), followsLinks: false).files
      .filter { path, stamp in
        !path.hasSuffix(".md") && !own.contains { $0.isSameFile(as: stamp) }
      }
  }
}
