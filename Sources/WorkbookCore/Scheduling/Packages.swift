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
  private var knownToolchain: Toolchain?
  /// By the folders of the packages; nil for chapters outside of any.
  private var contexts: [String?: Result<PackageContext, Fault>] = [:]

  init(environment: [String: String]) {
    self.environment = environment
  }

  package mutating func toolchain() async throws(Fault) -> Toolchain {
    if let knownToolchain { return knownToolchain }
    let toolchain = try await Toolchain.find(environment: environment)
    knownToolchain = toolchain
    return toolchain
  }

  /// Where the runner keeps what it makes for the chapter's package, which is made if need be.
  package func workFolder(of path: String) throws(Fault) -> String {
    try Library.workFolder(for: packageFolder(above: path), environment)
  }

  /// The manifest of the package in a folder, which is not built.
  mutating func manifest(of folder: String) async throws(Fault) -> PackageManifest {
    try await PackageManifest.read(
      folder, scratch: workFolder(of: folder) + "/build", toolchain())
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
        for: folder, toolchain: toolchain, onProgress: onProgress)
      Scratch.sweep(library.folder + "/scratch")
      removeAbandonedFiles(in: library.folder)
      result = .success(PackageContext(library))
    } catch {
      result = .failure(error)
    }
    contexts[folder] = result
    return try result.get()
  }

  /// Fills in what reading leaves open: what the programs of doc comments see without importing it, and
  /// which chapters fail because their package does.
  ///
  /// Gives the packages by the paths of chapters, too. Any other fault is nobody's chapter's.
  mutating func prepare(
    _ book: [BookChapter], onProgress: @escaping @Sendable (BuildProgress) -> Void
  ) async throws(Fault) -> (book: [BookChapter], contexts: [String: PackageContext]) {
    var (book, contexts) = (book, [String: PackageContext]())
    for index in book.indices where !book[index].programs.isEmpty {
      let path = book[index].chapter.path
      do throws(Fault) {
        let context = try await context(of: path, onProgress: onProgress)
        contexts[path] = context
        guard isSwiftFile(path), let module = context.library.module(of: path) else { continue }
        for program in book[index].programs.indices {
          book[index].programs[program].module = module
        }
      } catch {
        switch error {
        case .libraryDoesNotBuild, .strangersPackage: break
        default: throw error
        }
        let place = Location(path: path, line: 1, column: 1)
        book[index].chapter.failures.append(Failure(.fault(error), at: place))
        for program in book[index].programs.indices {
          book[index].programs[program].isBroken = true
        }
      }
    }
    return (book, contexts)
  }

  /// Settles what was learnt of the programs' times and outcomes.
  func save() {
    for context in contexts.values.compactMap({ try? $0.get() }) {
      context.times.save()
      context.cache.trim()
    }
  }
}
