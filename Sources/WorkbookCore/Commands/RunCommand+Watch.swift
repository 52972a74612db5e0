import WorkbookSystem

extension RunCommand {
  /// Runs the chapters, then again whatever a save touched, until the task is cancelled.
  ///
  /// A change of anything but a chapter may change the library, so it runs all; what did not change is
  /// in the cache. What was told before stays on the terminal.
  package func watch() async throws {
    let book = try readBook(options.paths)
    var folders = Set(book.compactMap { try? packageFolder(above: $0.chapter.path) })
    var chapters = stamps(of: try findChapters(options.paths).map(\.path))
    var others = stamps(in: folders)
    _ = try await run(book)
    onEvent(.watching)
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
        _ = try await run(nowOthers == others ? touched : book)
      } catch {
        onEvent(.failed(error))
      }
      (chapters, others) = (nowChapters, nowOthers)
    }
  }

  private func stamps(of paths: [String]) -> [String: FileStamp] {
    var stamps: [String: FileStamp] = [:]
    for path in paths { stamps[path] = FileStamp(path) }
    return stamps
  }

  /// Of all visible files in the folders but Markdown.
  private func stamps(in folders: Set<String>) -> [String: FileStamp] {
    FileStamps(below: folders.sorted(), followsLinks: false).files
      .filter { !$0.key.hasSuffix(".md") }
  }
}
