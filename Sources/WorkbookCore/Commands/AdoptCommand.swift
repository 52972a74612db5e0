import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookConfinement

/// What `workbook adopt` was asked for.
package struct AdoptOptions: Hashable, Sendable {
  package var paths: [String]
  package var writes = false
  package var removes = false
  package var readsPlainCode = false
  package var build = BuildOptions()

  package init(paths: [String]) { self.paths = paths }
}

/// `workbook adopt`: finds what must be written into documents so that they pass, and shows or writes it.
package struct AdoptCommand: Sendable {
  private let options: AdoptOptions
  private let environment: [String: String]
  private let onEvent: @Sendable (Event) -> Void

  package init(
    _ options: AdoptOptions, environment: [String: String],
    onEvent: @escaping @Sendable (Event) -> Void
  ) {
    self.options = options
    self.environment = environment
    self.onEvent = onEvent
  }

  package func run() async throws -> ExitCode {
    let book = try readBook(options.paths, readsPlainCode: options.readsPlainCode)
    return options.removes ? try remove(book) : try await adopt(book)
  }

  private func remove(_ book: [BookChapter]) throws(Fault) -> ExitCode {
    var code = tellFailures(of: book.filter(\.source.isEmpty))
    for entry in book {
      let bytes = Chapter.withoutAdoption(path: entry.chapter.path, entry.source)
      if try !settle(entry, bytes, writes: true) { code = .failed }
      for place in Chapter.adoptedComments(path: entry.chapter.path, bytes) {
        onEvent(.notUpdated(Update.Refusal(location: place, problem: .adoptedComment)))
        code = .failed
      }
    }
    return code
  }

  private func adopt(_ book: [BookChapter]) async throws -> ExitCode {
    let missing = Confinement.missing
    if !missing.isEmpty { onEvent(.notConfined(missing: missing)) }
    let runner = Runner(Launchers(ownExecutable), isConfined: true)
    var packages = Packages(environment: environment, options: options.build)
    let (prepared, contexts) = try await packages.prepare(book) { onEvent(.progress($0)) }
    var code = tellFailures(of: prepared)
    let turns = Turns(count: ProcessInfo.processInfo.activeProcessorCount)
    let entries = prepared.filter { contexts[$0.chapter.path] != nil }
    let adoptions = try await sideBySide(entries) { entry throws(Fault) in
      guard let library = contexts[entry.chapter.path]?.library else { throw .cancelled }
      let trials = Trials(
        library: library, runner: runner, turns: turns, scratch: library.folder + "/scratch")
      var adoption = ChapterAdoption(entry, trials)
      try await adoption.run()
      return adoption
    }
    for (entry, adoption) in zip(entries, adoptions) {
      guard let bytes = adoption.bytes else {
        onEvent(.notUpdated(.unwritable(entry.chapter.path)))
        code = .failed
        continue
      }
      if try !settle(entry, bytes, writes: options.writes) { code = .failed }
    }
    onEvent(.adopted(adoptions.map(\.facts)))
    return code
  }

  /// Shows or writes what is new; false where the file was changed meanwhile.
  private func settle(
    _ entry: BookChapter, _ bytes: [UInt8], writes: Bool
  ) throws(Fault) -> Bool {
    let path = entry.chapter.path
    let diff = UnifiedDiff(from: entry.source, to: bytes)
    guard !diff.lines.isEmpty else { return true }
    if writes,
      try !Library.replaceChapter(path, holding: entry.source, with: bytes, environment)
    {
      onEvent(.notUpdated(.edited(path)))
      return false
    }
    onEvent(.differs(path: path, diff, isWritten: writes))
    return true
  }

  private func tellFailures(of book: [BookChapter]) -> ExitCode {
    var code = ExitCode.passed
    for entry in book {
      for failure in entry.chapter.failures {
        onEvent(.problem(failure, at: failure.location, isError: true, source: entry.source))
        code = .unreadable
      }
    }
    return code
  }
}

extension Trials {
  /// The modules that documents of the package may need, Foundation last.
  var modules: [String] {
    (library.manifest?.libraryModules ?? []).map(moduleName).filter(library.hasModule)
      + ["Foundation"]
  }
}
