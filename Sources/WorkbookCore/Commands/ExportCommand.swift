import Foundation
import WorkbookSystem
import WorkbookChapters

/// Writes the programs of a chapter as a SwiftPM package: an executable target a program, which depends
/// on the library products of the package that the chapter stands in.
///
/// Cells that must fail to compile, or are skipped, are left out. The folder must be new or empty.
package func export(
  _ chapter: Chapter, to folder: String, package dependency: PackageDescription?
) throws(CommandError) {
  let programs = chapter.programs.filter {
    !$0.isSkipped && !$0.isBroken && $0.exercise == nil
  }
  guard !programs.isEmpty else { throw .nothingToExport(chapter: chapter.path) }
  let manager = FileManager.default
  let names = names(in: folder)
  guard names?.isEmpty ?? (errno == ENOENT) else { throw .exists(path: folder) }
  let name = URL(filePath: chapter.path).deletingPathExtension().lastPathComponent
  let targets = targetNames(of: programs.map(\.name))
  var files = ["Package.swift": manifest(name, zip(targets, programs), dependency)]
  for (target, program) in zip(targets, programs) {
    let cells = program.cells.filter(\.compiles)
    let calls = cells.compactMap(\.entryPoint).map { "\($0.effects)\($0.type).main()\n" }
    let code = cells.map(\.code) + calls
    let context =
      program.modules.map { "import \($0)\n" } + [program.prelude?.code.string].compactMap(\.self)
    files["Sources/\(target)/main.swift"] = (context + code).joined(separator: "\n")
  }
  for (path, text) in files {
    let url = URL(filePath: folder).appending(path: path)
    try writing(url.path) {
      try manager.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url, options: .atomic)
    }
  }
}

/// Exports the one chapter at `path`, against the package that it stands in; nothing of one that cannot be read.
package func exportChapter(
  _ path: String, to folder: String, environment: [String: String],
  onEvent: @escaping @Sendable (Event) -> Void
) async throws -> ExitCode {
  let book = try readBook([path])
  guard let entry = book.first, book.count == 1 else {
    throw CommandError.notOneChapter(path: path, count: book.count)
  }
  for failure in entry.chapter.failures {
    onEvent(.problem(failure, at: failure.location, isError: true, source: entry.source))
  }
  guard entry.chapter.failures.isEmpty else { return .unreadable }
  if let package = try packageFolder(above: path) {
    var packages = Packages(environment: environment)
    let library = try await packages.context(of: path) { onEvent(.progress($0)) }.library
    try export(
      entry.completed(with: library).chapter, to: folder,
      package: PackageDescription(
        name: "library", path: package, libraryProducts: library.manifest?.libraries ?? []))
  } else {
    try export(entry.chapter, to: folder, package: nil)
  }
  onEvent(.wrotePackage(folder: folder))
  return .passed
}

/// A package that programs depend on.
package struct PackageDescription: Hashable, Sendable {
  package var name: String
  /// Absolute.
  package var path: String
  var libraryProducts: [String]
}

/// The names as Swift identifiers, each once.
func targetNames(of names: [String]) -> [String] {
  var taken: Set<String> = []
  var counts: [String: Int] = [:]
  return names.map { name in
    var identifier = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    if identifier.first?.isLetter != true { identifier = "program_" + identifier }
    // `main` cannot name a module.
    if identifier == "main" { identifier = "Main" }
    let base = identifier
    while !taken.insert(identifier).inserted {
      counts[base, default: 0] += 1
      let count = counts[base] ?? 1
      identifier = count == 1 ? base + "_" : "\(base)_\(count + 1)"
    }
    return identifier
  }
}

private func manifest(
  _ name: String, _ targets: some Sequence<(String, Program)>, _ dependency: PackageDescription?
) -> String {
  let products = (dependency?.libraryProducts ?? []).map { product in
    ".product(name: \(literal(product)), package: \(literal(dependency?.name ?? "")))"
  }
  let list =
    products.isEmpty ? "" : "\n        " + products.joined(separator: ",\n        ") + "\n      "
  let entries = targets.map { target, program in
    """
        .executableTarget(
          name: \(literal(target)), dependencies: [\(list)],
          swiftSettings: [.swiftLanguageMode(.v\(program.languageMode))])
    """
  }
  let packages = dependency.map {
    "\n  dependencies: [.package(name: \(literal($0.name)), path: \(literal($0.path)))],"
  }
  return """
    // swift-tools-version: 6.0

    import PackageDescription

    let package = Package(
      name: \(literal(name)),\(packages ?? "")
      targets: [
    \(entries.joined(separator: ",\n"))
      ]
    )

    """
}
