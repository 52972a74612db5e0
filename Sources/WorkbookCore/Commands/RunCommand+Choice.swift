import WorkbookSystem
import WorkbookChapters

extension RunCommand {
  /// The chapters that the paths name, with the programs that the other options leave.
  ///
  /// A chapter none of whose programs is left is left out; one that cannot be read stays, but for `--filter`.
  func readChosen() async throws -> [BookChapter] {
    var book = try filtered(try readBook(options.paths, readsPlainCode: options.readsPlainCode))
    if let revision = options.changedSince {
      let given = book.flatMap(\.programs).compactMap(\.givenFiles?.path).map { $0 + "/" }
      let documents = book.map(\.chapter.path).filter { path in
        let file = realPath(path) ?? path
        return !isSwiftFile(path) && !given.contains { file.hasPrefix($0) }
      }
      var changes = GitChanges(since: revision, of: documents, environment: environment)
      var changed: [BookChapter] = []
      for entry in book where try await changes.concern(entry.chapter.path) {
        changed.append(entry)
      }
      book = changed
    }
    if options.onlyLastFailed {
      var records: [String?: FailureRecord] = [:]
      book = book.keeping { program in
        let package = try? packageFolder(above: program.chapterPath)
        let record = records[package] ?? failureRecord(of: program.chapterPath, package)
        records[package] = record
        return record?.holds(program) ?? false
      }
    }
    return book
  }

  /// The programs in whose names the filter matches; throws where it matches in none.
  func filtered(_ book: [BookChapter]) throws -> [BookChapter] {
    guard let filter = options.filter, let pattern = try? Regex(filter) else { return book }
    func matches(_ name: String) -> Bool { (try? pattern.firstMatch(in: name)) != nil }
    let filtered = book.keeping { matches("\($0.chapterPath)#\($0.name)") }
      .filter { !$0.programs.isEmpty || matches($0.chapter.path) }
    guard !filtered.isEmpty else { throw CommandError.noMatch(filter: filter) }
    return filtered
  }

  /// Notes which programs failed, for `--last-failed`.
  func record(_ result: BookResult) {
    let programs = result.chapters.flatMap(\.programs)
    let packages = Dictionary(grouping: programs) { result in
      try? packageFolder(above: result.program.chapterPath)
    }
    for (package, results) in packages {
      guard let path = results.first?.program.chapterPath else { continue }
      var record = failureRecord(of: path, package)
      record?.note(results)
    }
  }

  private func failureRecord(of path: String, _ package: String?) -> FailureRecord? {
    let folder = try? Library.workFolder(of: path, environment)
    return folder.map { FailureRecord(file: $0 + "/failed.json", root: package ?? "/") }
  }
}

extension [BookChapter] {
  /// Without the programs that do not satisfy the condition, and without the chapters that then have none;
  /// what is wrong with one as a whole stays.
  fileprivate func keeping(_ condition: (Program) -> Bool) -> [BookChapter] {
    compactMap { entry in
      var kept = entry
      kept.programs = entry.programs.filter(condition)
      return kept.programs.isEmpty && !entry.chapter.isUnreadable ? nil : kept
    }
  }

  /// The chapters at these paths with the programs of these names.
  func limited(to names: [String: Set<String>]) -> [BookChapter] {
    compactMap { entry in
      guard let names = names[entry.chapter.path] else { return nil }
      var kept = entry
      kept.programs.removeAll { !names.contains($0.name) }
      return kept
    }
  }
}
