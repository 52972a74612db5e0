import WorkbookSystem
import WorkbookChapters

/// What the chapters of one package share.
package struct PackageContext: Sendable {
  /// With its toolchain, its manifest and the module of a file.
  package let library: Library
  let cache: OutcomeCache
  let times: TimeRecord

  var keptFolder: String { library.folder + "/kept" }

  init(_ library: Library) {
    self.library = library
    cache = OutcomeCache(folder: library.folder + "/cache")
    times = TimeRecord(file: library.folder + "/times.json", root: library.packageFolder ?? "/")
  }
}

/// The packages that the chapters of a command stand in: each is found and built once.
package struct Packages: Sendable {
  private let environment: [String: String]
  private let options: BuildOptions
  private var knownToolchain: Toolchain?
  /// By the folders of the packages; nil for chapters outside of any.
  private var contexts: [String?: Result<PackageContext, Fault>] = [:]

  init(environment: [String: String], options: BuildOptions = BuildOptions()) {
    self.environment = environment
    self.options = options
  }

  package mutating func toolchain() async throws(Fault) -> Toolchain {
    if let knownToolchain { return knownToolchain }
    let toolchain = try await Toolchain.find(environment: environment)
    knownToolchain = toolchain
    return toolchain
  }

  /// The package of a chapter, built.
  package mutating func context(
    of path: String, onProgress: @escaping @Sendable (BuildProgress) -> Void = { _ in }
  ) async throws(Fault) -> PackageContext {
    let toolchain = try await toolchain()
    let folder = try packageFolder(above: path)
    if let known = contexts[folder] { return try known.get() }
    let result: Result<PackageContext, Fault>
    do throws(Fault) {
      let library = try await Library.build(
        for: folder, toolchain: toolchain, options: options, onProgress: onProgress)
      Scratch.sweep(library.folder + "/scratch")
      removeAbandonedFiles(in: library.folder)
      result = .success(PackageContext(library))
    } catch {
      result = .failure(error)
    }
    contexts[folder] = result
    return try result.get()
  }

  /// The chapters as their packages complete them, and the packages by the paths of chapters.
  ///
  /// Throws a fault that is nobody's chapter's.
  mutating func prepare(
    _ book: [BookChapter], onProgress: @escaping @Sendable (BuildProgress) -> Void
  ) async throws(Fault) -> (book: [BookChapter], contexts: [String: PackageContext]) {
    var (prepared, contexts) = ([BookChapter](), [String: PackageContext]())
    for entry in book {
      guard !entry.programs.isEmpty else {
        prepared.append(entry)
        continue
      }
      do throws(Fault) {
        let context = try await context(of: entry.chapter.path, onProgress: onProgress)
        contexts[entry.chapter.path] = context
        prepared.append(entry.completed(with: context.library))
      } catch {
        switch error {
        case .libraryDoesNotBuild, .strangersPackage: prepared.append(entry.failed(error))
        default: throw error
        }
      }
    }
    return (prepared, contexts)
  }

  /// The libraries by the folders of their packages; nil of one that does not build.
  var libraries: [String: Library?] {
    var libraries: [String: Library?] = [:]
    for case (let folder?, let context) in contexts {
      libraries.updateValue(try? context.get().library, forKey: folder)
    }
    return libraries
  }

  /// Settles what was learnt of the programs' times and outcomes.
  func save() {
    for context in contexts.values.compactMap({ try? $0.get() }) {
      context.times.save()
      context.cache.trim()
    }
  }
}
