import Foundation
import WorkbookSystem

/// Has SwiftPM build the library products of a package, and keeps them with the commands that use them.
struct LibraryBuilder: Sendable {
  /// What was built last.
  struct State: Codable {
    /// The runner's and the compiler's.
    var tools: String
    var options: BuildOptions
    var stamp: LibraryStamp
    /// What the manifests read of the environment, and what it said.
    var variables: ManifestVariables
    var values: String
    var manifest: PackageManifest?
    var targetFolders: [String: String]
    var seesCallers: Bool
    var fingerprint: String
  }

  let packageFolder: String?
  let folder: String
  let toolchain: Toolchain
  let options: BuildOptions
  let onProgress: @Sendable (BuildProgress) -> Void

  /// Changes with the way that the runner builds.
  private static let version = "4"
  private var tools: String { "\(Self.version) \(toolchain.stamp)" }
  private var statePath: String { folder + "/library.json" }
  private var scratch: String { folder + "/build" }

  init(
    _ packageFolder: String?, _ toolchain: Toolchain, _ options: BuildOptions,
    _ onProgress: @Sendable @escaping (BuildProgress) -> Void
  ) throws(Fault) {
    // The drivers spell paths in one way, whatever they were given.
    self.packageFolder = packageFolder.map { realPath($0) ?? $0 }
    self.toolchain = toolchain
    self.options = options
    self.onProgress = onProgress
    let folder = try Library.workFolder(for: self.packageFolder, toolchain.environment)
    self.folder = realPath(folder) ?? folder
  }

  func productFolder(_ fingerprint: String) -> String { "\(folder)/library/\(fingerprint)" }

  private var lastState: State? {
    FileManager.default.contents(atPath: statePath)
      .flatMap { try? JSONDecoder().decode(State.self, from: $0) }
  }

  func current() -> Library? {
    guard let state = lastState, state.tools == tools, state.options == options,
      state.stamp.packages.first == packageFolder,
      state.values == state.variables.values(in: toolchain.environment),
      state.stamp == state.stamp.now
    else { return nil }
    return Library.load(state, self)
  }

  func build() async throws(Fault) -> Library {
    onProgress(packageFolder == nil ? .preparing : .building(step: nil))
    if let last = lastState, last.stamp.packages.first != packageFolder {
      // The package was copied or moved here, and SwiftPM's files name the old place.
      removeFolder(scratch)
    }
    var others = lastState?.stamp.others ?? []
    // Sources that change while SwiftPM reads them, or were not known before: once more.
    for _ in 0..<5 {
      let (manifest, stamp) = try await survey(others)
      let contents = try stamp.contents()
      var settings = BuildSettings()
      if let last = lastState?.stamp, let time = FileStamp(statePath),
        stamp.hidesChanges(since: last, from: time)
      {
        removeFolder(scratch)
      }
      if let packageFolder, let manifest, !manifest.libraries.isEmpty {
        settings = try await buildProductsAnywhere(packageFolder, manifest)
      }
      others = try stamp.others(in: scratch + "/release")
      let (_, stampAfterwards) = try await survey(others)
      guard stamp == stampAfterwards else { continue }

      let resolved = FileManager.default.contents(atPath: clientFolder + "/Package.resolved")
      let variables = ManifestVariables(
        in: stamp.packages + PackageManifest.checkouts(in: scratch))
      let values = variables.values(in: toolchain.environment)
      let fingerprint = digest(
        [
          tools, folder, ProgramRuntime.source, contents, resolved?.base64EncodedString() ?? "",
          values,
        ] + options.fields)
      try await keep(settings, productFolder(fingerprint))
      let folders = packageFolder.flatMap { manifest?.targetFolders(in: $0) } ?? [:]
      let state = State(
        tools: tools, options: options, stamp: stamp, variables: variables, values: values,
        manifest: manifest,
        targetFolders: folders, seesCallers: try seesCallers(settings, stamp, folders),
        fingerprint: fingerprint)
      let data = try attempt("note what was built") { try JSONEncoder().encode(state) }
      try writeFile(String(decoding: data, as: UTF8.self), to: statePath)
      guard let library = Library.load(state, self) else {
        throw .lastError(doing: "use the library in \(productFolder(fingerprint))")
      }
      removeOldProducts(but: fingerprint)
      return library
    }
    throw .system(doing: "build the library", reason: "its sources change all the time")
  }

  /// The package's manifest, and the files that the library is made of.
  private func survey(_ others: [String]) async throws(Fault) -> (PackageManifest?, LibraryStamp) {
    guard let packageFolder else {
      return (nil, LibraryStamp(packages: [], sourceFolders: []))
    }
    let manifest = try await PackageManifest.read(packageFolder, scratch: scratch, toolchain)
    var packages = [packageFolder]
    var sourceFolders = manifest.sourceFolders(in: packageFolder)
    var excluded = manifest.excludedPaths(in: packageFolder)
    var rest =
      manifest.localDependencies + PackageManifest.editedDependencies(of: packageFolder)
    while let folder = rest.popLast() {
      if packages.contains(folder) { continue }
      let manifest = try await PackageManifest.read(folder, scratch: scratch, toolchain)
      packages.append(folder)
      sourceFolders += manifest.sourceFolders(in: folder)
      excluded += manifest.excludedPaths(in: folder)
      rest += manifest.localDependencies
    }
    while true {
      let stamp = LibraryStamp(
        packages: packages, sourceFolders: sourceFolders, excluded: excluded, others: others)
      // A clock that ticks every few milliseconds cannot tell a change just after from none.
      do { try await Task.sleep(for: .milliseconds(20)) } catch { throw .cancelled }
      if stamp == stamp.now { return (manifest, stamp) }
    }
  }

  // SwiftPM names a package after its folder: a name that no package of the user's has.
  private var clientFolder: String { folder + "/workbook-client" }

  /// Builds once more from nothing where SwiftPM's files turn out to name another place.
  private func buildProductsAnywhere(
    _ packageFolder: String, _ manifest: PackageManifest
  ) async throws(Fault) -> BuildSettings {
    do throws(Fault) {
      return try await buildProducts(packageFolder, manifest)
    } catch .libraryDoesNotBuild(_, let lines)
      where lines.contains(where: { $0.contains("module cache path") })
    {
      removeFolder(scratch)
      return try await buildProducts(packageFolder, manifest)
    }
  }

  /// Has SwiftPM build a client of all library products, and learns from its plan how.
  private func buildProducts(
    _ packageFolder: String, _ manifest: PackageManifest
  ) async throws(Fault) -> BuildSettings {
    let sources = "\(clientFolder)/Sources/\(BuildSettings.client)"
    try makeFolder(sources)
    try writeIfOther("", to: sources + "/main.swift")
    try writeIfOther(
      manifest.clientManifest(
        of: packageFolder, traits: options.traits,
        edited: PackageManifest.editedDependencies(of: packageFolder)),
      to: clientFolder + "/Package.swift")
    let resolved = packageFolder + "/Package.resolved"
    if let text = try? String(contentsOfFile: resolved, encoding: .utf8) {
      try writeIfOther(text, to: clientFolder + "/Package.resolved")
    }
    let configuration = clientFolder + PackageManifest.configuration
    removeFolder(configuration)
    if let own = realPath(packageFolder + PackageManifest.configuration) {
      try makeFolder(clientFolder + "/.swiftpm")
      try attempt("copy \(own)") {
        try FileManager.default.copyItem(atPath: own, toPath: configuration)
      }
    }

    let flags = (CompilerCommands.optimization.dropFirst() + options.swiftcFlags)
      .flatMap { ["-Xswiftc", $0] }
    let build = Subprocess(
      toolchain.swift,
      [
        "build", "-c", "release", "--package-path", clientFolder, "--scratch-path", scratch,
        "--build-system", "native", "--disable-build-manifest-caching",
      ] + flags,
      environment: toolchain.environment)
    let result = try await build.run { chunk in
      // `[3/10] Compiling NDArrays NDArray.swift`
      let lines = String(decoding: chunk, as: UTF8.self).split(whereSeparator: \.isNewline)
      if let last = lines.last(where: { $0.hasPrefix("[") }) {
        onProgress(.building(step: String(last)))
      }
    }
    guard result.succeeded else {
      throw .libraryDoesNotBuild(
        package: packageFolder, lines: buildErrors(result.output + result.errors))
    }
    let binaries = scratch + "/release"
    guard let plan = try? String(contentsOfFile: scratch + "/release.yaml", encoding: .utf8),
      let objects = try? String(
        contentsOfFile: "\(binaries)/\(BuildSettings.client).product/Objects.LinkFileList",
        encoding: .utf8),
      let settings = BuildSettings(plan: plan, objectList: objects)
    else {
      throw .system(
        doing: "read how SwiftPM built the library", reason: "its plan is of a new form")
    }
    return settings
  }

  /// Whether a source of what is linked may learn where it is called from; generated ones are sources too.
  private func seesCallers(
    _ settings: BuildSettings, _ stamp: LibraryStamp, _ targetFolders: [String: String]
  ) throws(Fault) -> Bool {
    let folders = stamp.sourceFolders.filter { folder in
      targetFolders[folder].map(settings.targets.contains) ?? true
    }
    let others = PackageManifest.checkouts(in: scratch) + [scratch + "/plugins/outputs"]
    for (key, path) in FileStamps(below: folders + others, followsLinks: true).paths
    where key.hasSuffix(".swift") {
      if asksForCaller(try readFile(path)) { return true }
    }
    return false
  }

  private func writeIfOther(_ text: String, to path: String) throws(Fault) {
    if FileManager.default.contents(atPath: path) != Data(text.utf8) {
      try writeFile(text, to: path)
    }
  }

  /// Copies the products to a folder of their own and settles the commands that use them.
  private func keep(_ settings: BuildSettings, _ target: String) async throws(Fault) {
    let files = FileManager.default
    if files.fileExists(atPath: target + "/commands.json") { return }
    let new = "\(folder)/library/new"
    try? files.removeItem(atPath: new)
    try makeFolder(new)
    var settings = settings
    if let binaries = realPath(scratch + "/release"), !settings.objects.isEmpty {
      try attempt("copy the library's modules") {
        try files.copyItem(atPath: binaries + "/Modules", toPath: new + "/Modules")
      }
      for (index, object) in settings.objects.enumerated() {
        try attempt("copy \(object)") {
          try files.copyItem(atPath: object, toPath: "\(new)/\(index).o")
        }
        settings.objects[index] = "\(target)/\(index).o"
      }
      settings.compile = settings.compile.map {
        $0 == binaries + "/Modules" ? target + "/Modules" : $0
      }
      settings.link = settings.link.map {
        $0.replacing(/\$ORIGIN|@loader_path/, with: binaries)
      }
    }
    // The commands name files where they will be.
    try? files.removeItem(atPath: target)
    try attempt("move the library to \(target)") { try files.moveItem(atPath: new, toPath: target) }
    try writeFile(ProgramRuntime.source, to: target + "/Runtime.swift")
    let compiler = Subprocess(
      toolchain.swiftc,
      [
        "-c", "-O", "-parse-as-library", "-wmo", "-module-name", "WorkbookRuntime",
        "-swift-version", "5", target + "/Runtime.swift", "-o", target + "/runtime.o",
        // That of the programs; its usual place is in the home folder, which not everybody has.
        "-module-cache-path", CompilerCommands.moduleCache(in: target),
      ], environment: toolchain.environment)
    let result = try await compiler.run()
    guard result.succeeded else {
      throw .system(
        doing: "compile the runner's own part of every program",
        reason: String(decoding: result.errors, as: UTF8.self))
    }
    let commands = try await CompilerCommands(
      toolchain, settings, extraObjects: [target + "/runtime.o"], in: target)
    let data = try attempt("note how programs are compiled") { try JSONEncoder().encode(commands) }
    try writeFile(String(decoding: data, as: UTF8.self), to: target + "/commands.json")
  }

  private func removeOldProducts(but fingerprint: String) {
    let parent = folder + "/library"
    for name in names(in: parent) ?? [] where name != fingerprint {
      // Somebody still uses it otherwise.
      guard let lock = FileLock.tryLock("\(parent)/\(name)", .exclusive) else { continue }
      try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
      withExtendedLifetime(lock) {}
    }
  }
}
