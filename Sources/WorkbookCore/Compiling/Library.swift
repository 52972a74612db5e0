import Foundation
import WorkbookSystem

/// What chapters import, built: the library products of their package.
///
/// Without a package or without library products: the standard library and Foundation alone.
///
/// The products are copied from SwiftPM's folder, so that the programs of this run fit together also
/// while another runner builds anew. The copy stays as long as somebody uses it.
package final class Library: Sendable {
  package let packageFolder: String?
  /// Where the runner keeps what it makes, by `workFolder`; it exists.
  package let folder: String
  /// The same for the same sources, toolchain and way of compiling.
  let fingerprint: String
  package let toolchain: Toolchain
  /// Nil without a package.
  package let manifest: PackageManifest?
  /// Whether what programs call may learn where they stand.
  let seesCallers: Bool
  package let commands: CompilerCommands
  /// Of what it was built from.
  let stamp: LibraryStamp
  private let targetFolders: [String: String]
  private let lock: FileLock

  private init(
    _ builder: LibraryBuilder, _ state: LibraryBuilder.State, _ commands: CompilerCommands,
    _ lock: FileLock
  ) {
    packageFolder = builder.packageFolder
    folder = builder.folder
    fingerprint = state.fingerprint
    toolchain = builder.toolchain
    seesCallers = state.seesCallers
    self.commands = commands
    stamp = state.stamp
    manifest = state.manifest
    targetFolders = state.targetFolders
    self.lock = lock
  }

  /// Whether a flag lets `/…/` be a regular expression in every language mode.
  var readsBareSlashes: Bool {
    commands.frontend.contains { flag in
      flag == "-enable-bare-slash-regex" || flag.contains("BareSlashRegexLiterals")
    }
  }

  /// The library of a package, built first if anything that it is made of has changed.
  ///
  /// - Parameters:
  ///   - packageFolder: nil for chapters outside of any package.
  ///   - onProgress: gets what is being done, only when there is something to build or to wait for.
  package static func build(
    for packageFolder: String?, toolchain: Toolchain, options: BuildOptions = BuildOptions(),
    onProgress: @Sendable @escaping (BuildProgress) -> Void
  ) async throws(Fault) -> Library {
    let builder = try LibraryBuilder(packageFolder, toolchain, options, onProgress)
    if let library = builder.current() { return library }
    let lock = try await FileLock.lock(file: builder.folder + "/lock") {
      onProgress(.waiting)
    }
    defer { withExtendedLifetime(lock) {} }
    if let library = builder.current() { return library }
    return try await builder.build()
  }

  /// The library that was built last, if it is still the one to use.
  static func load(
    _ state: LibraryBuilder.State, _ builder: LibraryBuilder
  ) -> Library? {
    let folder = builder.productFolder(state.fingerprint)
    guard let lock = FileLock.tryLock(folder, .shared),
      let data = FileManager.default.contents(atPath: folder + "/commands.json"),
      let commands = try? JSONDecoder().decode(CompilerCommands.self, from: data)
    else { return nil }
    return Library(builder, state, commands, lock)
  }

  /// Whether what it was built from is as it was.
  ///
  /// O(n) for n files; opens none of them.
  var isCurrent: Bool { stamp == stamp.now }

  /// The module that a Swift file is a source of, if programs can import it.
  func module(of file: String) -> String? {
    let module = target(of: file, targetFolders).map(moduleName)
    return module.flatMap { hasModule($0) ? $0 : nil }
  }

  /// Whether programs can import a module of that name.
  package func hasModule(_ name: String) -> Bool {
    commands.frontend.contains { folder in
      FileManager.default.fileExists(atPath: "\(folder)/\(name).swiftmodule")
    }
  }
}

/// A short name for what the fields say.
func digest(_ fields: [String]) -> String {
  var hash = SHA256()
  for field in fields { hash.update(field: field) }
  return String(hash.hexadecimal().prefix(32))
}
