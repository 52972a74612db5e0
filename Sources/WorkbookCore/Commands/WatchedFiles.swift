import WorkbookSystem
import WorkbookChapters

/// What the chapters of a book depend on besides their own files: what their libraries are built from, preludes
/// and given files, and what their programs looked at when they last ran.
///
/// A log in the package, say, is none of it.
struct WatchedFiles: Hashable {
  /// By package; of one that did not build, where it is not known what it is built from, all its sources.
  private var libraries: [String: LibraryStamp] = [:]
  private var sources: [String: [String: FileStamp]] = [:]
  /// Preludes and given files.
  private var given: [String: FileStamps] = [:]
  /// By chapter and path.
  private var inputs: [String: [String: InputStamp]] = [:]

  /// Takes the files as they are now; whether one is not as it was.
  mutating func renew() -> Bool {
    let old = self
    libraries = libraries.mapValues(\.now)
    for folder in sources.keys { sources[folder] = Self.sources(in: folder) }
    for path in given.keys { given[path] = FileStamps(below: [path], followsLinks: false) }
    for (chapter, stamps) in inputs {
      for path in stamps.keys { inputs[chapter]?[path] = InputStamp(path) }
    }
    return self != old
  }

  /// Watches what programs are given, from before they run.
  mutating func add(_ book: [BookChapter]) {
    for program in book.flatMap(\.programs) {
      for path in [program.prelude?.path, program.givenFiles?.path].compactMap(\.self)
      where given[path] == nil {
        given[path] = FileStamps(below: [path], followsLinks: false)
      }
    }
  }

  /// Watches what the runs depended on, as it was then.
  mutating func add(_ result: BookResult, _ packages: Packages) {
    for (folder, library) in packages.libraries {
      libraries[folder] = library?.stamp
      sources[folder] = library == nil ? Self.sources(in: folder) : nil
    }
    for chapter in result.chapters {
      var stamps: [String: InputStamp] = [:]
      for program in chapter.programs {
        stamps.merge(program.transcript?.inputs ?? [:]) { first, _ in first }
      }
      // Of some no two are equal: they would change for ever.
      inputs[chapter.chapter.path] = stamps.filter { InputStamp($0.key) == InputStamp($0.key) }
    }
  }

  private static func sources(in folder: String) -> [String: FileStamp] {
    FileStamps(below: [folder], followsLinks: false).files.filter { path, _ in
      sourceEndings.contains { path.hasSuffix($0) }
    }
  }

  /// Of the languages that SwiftPM builds.
  private static let sourceEndings = [
    ".swift", ".c", ".h", ".cc", ".cpp", ".hpp", ".cxx", ".m", ".mm", ".s", ".S", ".modulemap",
  ]
}
