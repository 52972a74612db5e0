import Foundation
import WorkbookSystem
import WorkbookChapters

/// The parts of `swift package dump-package` that building a library for chapters needs.
package struct PackageManifest: Codable, Sendable {
  struct Product: Codable {
    var name: String
    var type: [String: JSON]
    var targets: [String]
    var isLibrary: Bool { type["library"] != nil }
  }
  struct Target: Codable {
    var name: String
    var type: String
    var path: String?
    var dependencies: [TargetDependency]?
    var exclude: [String]?
    var settings: [Setting]?
  }
  struct Setting: Codable {
    struct Kind: Codable {
      struct Mode: Codable { var _0: String }
      var interoperabilityMode: Mode?
    }
    var kind: Kind?
  }
  struct TargetDependency: Codable {
    /// Of this package, if it is one's; nil of another package's product.
    var target: String?

    private enum CodingKeys: String, CodingKey { case byName, target }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      for key in [CodingKeys.byName, .target] where container.contains(key) {
        // `["Name", condition]`
        var list = try container.nestedUnkeyedContainer(forKey: key)
        target = try list.decode(String.self)
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      if let target { try container.encode([target], forKey: .target) }
    }
  }
  struct Platform: Codable {
    var platformName: String
    var version: String
  }
  struct ToolsVersion: Codable {
    var _version: String
  }
  struct Dependency: Codable {
    struct Folder: Codable { var path: String }
    var fileSystem: [Folder]?
  }
  /// Whatever stands there.
  struct JSON: Codable {
    init(from decoder: any Decoder) {}
    func encode(to encoder: any Encoder) {}
  }

  package var name: String
  var products: [Product]
  var targets: [Target]
  var platforms: [Platform]
  var dependencies: [Dependency]
  var toolsVersion: ToolsVersion

  /// The library products but those that need an executable: they are tools for tests, nothing to be documented.
  private var libraryProducts: [Product] {
    products.filter { product in
      product.isLibrary && !needed(by: product.targets).contains { $0.type == "executable" }
    }
  }
  var libraries: [String] { libraryProducts.map(\.name) }
  /// The modules of the library products, in their order.
  package var libraryModules: [String] {
    var modules: [String] = []
    for target in libraryProducts.flatMap(\.targets) where !modules.contains(target) {
      modules.append(target)
    }
    return modules
  }

  /// The package's own of the targets of these names, and of those that they depend on.
  private func needed(by names: [String]) -> [Target] {
    var (rest, needed) = (names, [Target]())
    while let name = rest.popLast() {
      guard !needed.contains(where: { $0.name == name }),
        let target = targets.first(where: { $0.name == name })
      else { continue }
      needed.append(target)
      rest += (target.dependencies ?? []).compactMap(\.target)
    }
    return needed
  }
  /// Who imports a module that speaks to C++ has to do so, too.
  private var speaksToCxx: Bool {
    needed(by: libraryModules).contains { target in
      (target.settings ?? []).contains { $0.kind?.interoperabilityMode?._0 == "Cxx" }
    }
  }
  /// Those of all its targets but tests, the products' first.
  var moduleNames: [String] {
    let others = targets.filter { ["regular", "executable"].contains($0.type) }.map(\.name)
    return (libraryModules + others.filter { !libraryModules.contains($0) }).map(moduleName)
  }
  /// The packages beside this one that it depends on.
  var localDependencies: [String] { dependencies.flatMap { ($0.fileSystem ?? []).map(\.path) } }

  /// Where the dependencies stand that `swift package edit` has put under the user's hands.
  static func editedDependencies(of folder: String) -> [String] {
    struct Workspace: Decodable {
      struct Object: Decodable { var dependencies: [Dependency] }
      struct Dependency: Decodable {
        struct State: Decodable {
          var name: String
          var path: String?
        }
        var subpath: String
        var state: State
      }
      var object: Object
    }
    let file = folder + "/.build/workspace-state.json"
    // As a rule none is, and this is asked at every look at the files.
    guard let data = FileManager.default.contents(atPath: file),
      data.range(of: Data("\"edited\"".utf8)) != nil
    else { return [] }
    let workspace = try? JSONDecoder().decode(Workspace.self, from: data)
    return (workspace?.object.dependencies ?? []).filter { $0.state.name == "edited" }
      .map { dependency in
        // Of one that stands elsewhere a link, which is called as SwiftPM knows the dependency.
        let path = "\(folder)/Packages/\(dependency.subpath)"
        return access(path, F_OK) == 0 ? path : dependency.state.path ?? path
      }.sorted()
  }

  /// The targets of the package in `folder` by where their sources stand, as far as SwiftPM's rules
  /// allow: of one without a path, every folder that it may be in.
  func targetFolders(in folder: String) -> [String: String] {
    var folders: [String: String] = [:]
    for target in targets where target.type != "test" {
      for path in self.folders(of: target, in: folder) { folders[path] = target.name }
    }
    return folders
  }

  private func folders(of target: Target, in folder: String) -> [String] {
    let parents = ["Sources", "Source", "src", "srcs", "Plugins"]
    var paths = target.path.map { [$0] } ?? parents.map { "\($0)/\(target.name)" }
    if target.path == nil, !paths.contains(where: { access("\(folder)/\($0)", F_OK) == 0 }) {
      // The sources of a package's only target may stand there.
      paths.append("Sources")
    }
    return paths.map { absolutePath("\(folder)/\($0)") }
  }

  /// The folders that the sources of the package in `folder` may stand in.
  func sourceFolders(in folder: String) -> [String] { targetFolders(in: folder).keys.sorted() }

  /// What of the source folders is no target's: one excludes it, and it is in no other's folder.
  func excludedPaths(in folder: String) -> [String] {
    let targets = targets.filter { $0.type != "test" }
    return targets.flatMap { target in
      let others = targets.filter { $0.name != target.name }
        .flatMap { folders(of: $0, in: folder) }
      return folders(of: target, in: folder)
        .flatMap { path in (target.exclude ?? []).map { absolutePath("\(path)/\($0)") } }
        .filter { path in !others.contains { path.hasPrefix($0 + "/") } }
    }
  }

  /// Where a package has its mirrors and registries.
  static let configuration = "/.swiftpm/configuration"

  /// The files of the package in `folder` that SwiftPM may take for its manifest, and `Package.resolved`.
  static func files(in folder: String) -> [String] {
    (names(in: folder) ?? []).filter { name in
      name == "Package.swift" || name == "Package.resolved"
        || name.hasPrefix("Package@swift-") && name.hasSuffix(".swift")
    }.map { "\(folder)/\($0)" }
  }

  /// The folders of the packages that SwiftPM has fetched: from a registry by scope, name and version.
  static func checkouts(in scratch: String) -> [String] {
    func children(_ folder: String) -> [String] {
      (names(in: folder) ?? []).map { "\(folder)/\($0)" }
    }
    return children("\(scratch)/checkouts")
      + children("\(scratch)/registry/downloads").flatMap(children).flatMap(children)
  }

  package static func read(
    _ folder: String, scratch: String, _ toolchain: Toolchain
  ) async throws(Fault) -> PackageManifest {
    let tool = Subprocess(
      toolchain.swift,
      ["package", "dump-package", "--package-path", folder, "--scratch-path", scratch],
      environment: toolchain.environment)
    let result = try await tool.run()
    guard result.succeeded,
      let manifest = try? JSONDecoder().decode(PackageManifest.self, from: Data(result.output))
    else {
      throw .libraryDoesNotBuild(package: folder, lines: buildErrors(result.errors))
    }
    return manifest
  }

  /// The package's own, or the first that knows all that the client says.
  private func clientToolsVersion(withTraits: Bool) -> String {
    let parts = toolsVersion._version.split(separator: ".").compactMap { Int($0) }
    let own = (parts.first ?? 0, parts.dropFirst().first ?? 0)
    let least = withTraits ? (6, 1) : speaksToCxx ? (5, 9) : (5, 4)
    return own < least ? "\(least.0).\(least.1)" : toolsVersion._version
  }

  /// The manifest of a package with an executable that depends on all libraries of this one.
  ///
  /// - Parameters:
  ///   - traits: as `BuildOptions` has them.
  ///   - edited: the folders of dependencies that stand in for those of the same identity.
  func clientManifest(
    of folder: String, traits: [String]? = nil, edited: [String] = []
  ) -> String {
    let names = [
      "macos": "macOS", "maccatalyst": "macCatalyst", "ios": "iOS", "tvos": "tvOS",
      "watchos": "watchOS", "visionos": "visionOS",
    ]
    let platforms = platforms.compactMap { platform in
      names[platform.platformName].map { ".\($0)(\(literal(platform.version)))" }
    }
    let products = libraries.map { ".product(name: \(literal($0)), package: \"subject\")" }
    let edited = edited.map { ", .package(path: \(literal($0)))" }.joined()
    let settings = speaksToCxx ? ", swiftSettings: [.interoperabilityMode(.Cxx)]" : ""
    let enabled = traits.map { names in
      let words = names.map { ["default", "defaults"].contains($0) ? ".defaults" : literal($0) }
      return ", traits: [\(words.joined(separator: ", "))]"
    }
    return """
      // swift-tools-version: \(clientToolsVersion(withTraits: traits != nil))
      import PackageDescription

      let package = Package(
        name: "\(BuildSettings.client)",
        platforms: \(platforms.isEmpty ? "nil" : "[\(platforms.joined(separator: ", "))]"),
        dependencies: [.package(name: "subject", path: \(literal(folder))\(enabled ?? ""))\(edited)],
        targets: [
          .executableTarget(
            name: "\(BuildSettings.client)",
            dependencies: [\(products.joined(separator: ", "))]\(settings))
        ]
      )

      """
  }
}

/// The target that a file is a source of, given the folders of all; nil where it is none's.
package func target(of file: String, _ targetFolders: [String: String]) -> String? {
  guard var path = realPath(file) else { return nil }
  while path != "/" {
    path = folder(of: path)
    if let target = targetFolders[path] { return target }
  }
  return nil
}

/// The name of a target's module: what cannot stand in an identifier is `_`.
func moduleName(of target: String) -> String {
  String(target.map { $0.isLetter || $0.isNumber ? $0 : "_" })
}

/// What a build says about its failure: its lines without its progress, 60 at most.
func buildErrors(_ output: [UInt8]) -> [String] {
  let lines = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
    .map(String.init)
    .filter { !$0.hasPrefix("[") && !$0.hasPrefix("Building for ") && !$0.hasPrefix("Build of ") }
  let start = lines.firstIndex { $0.contains("error: ") } ?? 0
  return Array(lines[start...].prefix(60))
}
