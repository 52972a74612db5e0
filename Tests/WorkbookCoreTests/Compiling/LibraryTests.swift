import Foundation
import Synchronization
import Testing

@testable import WorkbookConfinement
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct LibraryTests {
  private final class Progress: Sendable {
    let steps = Mutex<[BuildProgress]>([])
    func add(_ step: BuildProgress) { steps.withLock { $0.append(step) } }
    var isEmpty: Bool { steps.withLock { $0.isEmpty } }
  }

  private func library(
    _ package: String, _ environment: [String: String] = [:]
  ) async throws -> (library: Library, isNew: Bool) {
    let environment = Workshop.environment.merging(environment) { $1 }
    let toolchain = try await Toolchain.find(environment: environment)
    let progress = Progress()
    let library = try await Library.build(
      for: package, toolchain: toolchain, onProgress: progress.add)
    return (library, !progress.isEmpty)
  }

  /// Also the contents of all object files.
  private func build(
    _ package: String
  ) async throws -> (fingerprint: String, isNew: Bool, objects: Set<Data>) {
    let (library, isNew) = try await library(package)
    let folder = "\(library.folder)/library/\(library.fingerprint)"
    let objects = (names(in: folder) ?? []).filter { $0.hasSuffix(".o") }
      .compactMap { FileManager.default.contents(atPath: "\(folder)/\($0)") }
    return (library.fingerprint, isNew, Set(objects))
  }

  private static let manifest = """
    // swift-tools-version: 6.2
    import PackageDescription
    let package = Package(
      name: "One", products: [.library(name: "One", targets: ["One"])],
      dependencies: [.package(path: "../two")],
      targets: [.target(name: "One", dependencies: [.product(name: "Two", package: "two")])])
    """

  @Test func `only what a library is made of makes it anew`() async throws {
    let root = Workshop.folder + "/staleness"
    let package = root + "/one"
    try Workshop.write(
      [
        "one/Package.swift": Self.manifest, "one/Sources/One/One.swift": "public let one = 1\n",
        "one/chapters/c.md": "x",
        "two/Package.swift": """
        // swift-tools-version: 6.2
        import PackageDescription
        let package = Package(
          name: "two", products: [.library(name: "Two", targets: ["Two"])],
          targets: [.target(name: "Two")])
        """, "two/Sources/Two/Two.swift": "public let two = 2\n",
      ], to: root)
    let path = package + "/Sources/One/One.swift"
    let old = [FileAttributeKey.modificationDate: Date(timeIntervalSince1970: 1e8)]
    try FileManager.default.setAttributes(old, ofItemAtPath: path)
    let first = try await build(package)
    #expect(first.isNew)
    try Workshop.write(
      ["chapters/c.md": "y", "Tests/T.swift": "", "Sources/One/One.docc/Article.md": "z"],
      to: package)
    #expect(try await build(package) == (first.fingerprint, false, first.objects))

    // The same size, and the time of modification put back: SwiftPM takes it for unchanged.
    try "public let one = 3\n".write(toFile: path, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes(old, ofItemAtPath: path)
    let second = try await build(package)
    #expect(second.isNew && second.fingerprint != first.fingerprint)
    #expect(second.objects != first.objects)

    try Workshop.write(["two/Sources/Two/More.swift": "public let more = 1\n"], to: root)
    let third = try await build(package)
    #expect(third.isNew && third.fingerprint != second.fingerprint)

    // A file more, which the others need.
    try Workshop.write(
      [
        "one/Sources/One/More.swift": "let more = 4\n",
        "one/Sources/One/One.swift": "public let one = more\n",
      ], to: root)
    #expect(try await build(package).isNew)
  }

  /// A package with a C module, whose place SwiftPM writes down, and a target that no product has.
  private static let small = [
    "Package.swift": """
    // swift-tools-version: 6.2
    import PackageDescription
    let package = Package(
      name: "Small", products: [.library(name: "Small", targets: ["Small"])],
      targets: [
        .target(name: "CSmall"), .target(name: "Tool"),
        .target(
          name: "Small", dependencies: ["CSmall"],
          swiftSettings: Context.environment["SMALL_ONE"] == nil ? [] : [.define("ONE")]),
      ])
    """,
    "Sources/CSmall/include/CSmall.h": "int one(void);\n",
    "Sources/CSmall/one.c": "#include \"CSmall.h\"\nint one(void) { return 1; }\n",
    "Sources/Small/Small.swift": """
    import CSmall
    #if ONE
    public let small = one()
    #else
    public let small = 0
    #endif
    """,
    "Sources/Tool/Tool.swift": "func line(_ line: Int = #line) -> Int { line }\n",
  ]

  @Test func `a header outside of the folders of sources makes it anew, other files there do not`()
    async throws
  {
    let package = Workshop.folder + "/headers"
    var files = Self.small
    files["Package.swift"]?.replace(
      #".target(name: "CSmall")"#,
      with: #".target(name: "CSmall", cSettings: [.headerSearchPath("../../Shared $")])"#)
    files["Shared $/value.h"] = "#include \"../More/one.h\"\n"
    files["More/one.h"] = "#define ONE 1\n"
    files["Sources/CSmall/one.c"] = "#include \"value.h\"\nint one(void) { return ONE; }\n"
    try Workshop.write(files, to: package)
    let first = try await build(package)
    try Workshop.write(["Shared $/none.h": ""], to: package)
    #expect(try await !build(package).isNew)

    try Workshop.write(["More/one.h": "#define ONE 2\n"], to: package)
    let second = try await build(package)
    #expect(second.isNew && second.fingerprint != first.fingerprint)
    #expect(second.objects != first.objects)
    #expect(try await !build(package).isNew)
  }

  @Test func `a file that a target excludes does not make it anew`() async throws {
    let package = Workshop.folder + "/excluded"
    var files = Self.small
    files["Package.swift"]?.replace(
      #".target(name: "CSmall")"#,
      with: #".target(name: "CSmall", path: ".", exclude: ["a.md", "Sources/T", "Sources/Small"])"#)
    files["Package.swift"]?.replace(
      #".target(name: "Tool")"#, with: #".target(name: "Tool", path: "Sources/T")"#)
    files["Sources/T/Tool.swift"] = files.removeValue(forKey: "Sources/Tool/Tool.swift")
    files["include/CSmall.h"] = files.removeValue(forKey: "Sources/CSmall/include/CSmall.h")
    files["a.md"] = "x"
    try Workshop.write(files, to: package)
    let first = try await build(package)
    try Workshop.write(["a.md": "y"], to: package)
    #expect(try await build(package) == (first.fingerprint, false, first.objects))
    try Workshop.write(["Sources/Small/Small.swift": "public let small = 3"], to: package)
    #expect(try await build(package).isNew)
  }

  /// The manifest of a package with one library; it depends on Dep.
  private static func user(of dependency: String) -> [String: String] {
    [
      "Package.swift": """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "Use", products: [.library(name: "Use", targets: ["Use"])],
        dependencies: [.package(\(dependency))],
        targets: [.target(name: "Use", dependencies: [.product(name: "Dep", package: "dep")])])
      """, "Sources/Use/Use.swift": "import Dep\npublic let use = dep\n",
    ]
  }
  private static let dep = [
    "Package.swift": """
    // swift-tools-version: 6.0
    import PackageDescription
    let package = Package(
      name: "Dep", products: [.library(name: "Dep", targets: ["Dep"])],
      targets: [.target(name: "Dep")])
    """, "Sources/Dep/Dep.swift": "public let dep = 1\n",
  ]

  @Test func `mirrors of the package hold for its library`() async throws {
    let root = Workshop.folder + "/mirrored"
    let package = root + "/use"
    try Workshop.write(Self.dep, to: root + "/dep")
    for line in [
      "-C dep init -q", "-C dep add .", "-C dep -c user.name=a -c user.email=a@b.c commit -qm 1",
      "-C dep tag 1.0.0", "clone -q dep other/dep",
    ] {
      let words = ["git", "-C", root] + line.split(separator: " ").map(String.init)
      let git = Subprocess("/usr/bin/env", words, environment: Workshop.environment)
      #expect(try await git.run().succeeded)
    }
    func mirror(_ name: String) throws {
      let url = "file://\(root.replacing(" ", with: "%20"))/\(name)"
      let mirrors = """
        {"version": 1,
         "object": [{"original": "https://dep.invalid/x/dep.git", "mirror": "\(url)"}]}
        """
      try Workshop.write([".swiftpm/configuration/mirrors.json": mirrors], to: package)
    }
    let dependency = #"url: "https://dep.invalid/x/dep.git", from: "1.0.0""#
    try Workshop.write(Self.user(of: dependency), to: package)
    try mirror("dep")
    #expect(try await build(package).isNew)
    #expect(try await !build(package).isNew)
    try mirror("other/dep")
    #expect(try await build(package).isNew)
  }

  @Test(arguments: [true, false])
  func `a dependency that is edited is built from where it is edited`(isLink: Bool) async throws {
    let package = Workshop.folder + "/editing \(isLink)"
    try Workshop.write(
      Self.user(of: #"url: "https://dep.invalid/x/dep.git", from: "1.0.0""#), to: package)
    let folder = isLink ? package + "/other" : package + "/Packages/dep"
    try Workshop.write(Self.dep, to: folder)
    // As `swift package edit` leaves it, with `--path` and without.
    if isLink {
      try makeFolder(package + "/Packages")
      #expect(symlink(folder, package + "/Packages/dep") == 0)
    }
    let path = isLink ? "\"\(folder)\"" : "null"
    let state = """
      {"object": {"dependencies": [{"packageRef": {"identity": "dep"}, "subpath": "dep",
        "state": {"name": "edited", "path": \(path)}}]}, "version": 7}
      """
    try Workshop.write([".build/workspace-state.json": state], to: package)
    let first = try await build(package)
    #expect(try await !build(package).isNew)
    try Workshop.write(["Sources/Dep/Dep.swift": "public let dep = 2\n"], to: folder)
    let second = try await build(package)
    #expect(second.isNew && second.fingerprint != first.fingerprint)
    unlink(package + "/.build/workspace-state.json")
    await #expect(throws: Fault.self) { try await build(package) }
  }

  @Test(arguments: [true, false])
  func `a package that was copied or moved is built anew`(knowsItsPlace: Bool) async throws {
    let (old, new) = ("moved \(knowsItsPlace)", "moved \(knowsItsPlace) here")
    let package = "\(Workshop.folder)/\(new)"
    try Workshop.write(Self.small, to: "\(Workshop.folder)/\(old)")
    let first = try await build("\(Workshop.folder)/\(old)")
    try FileManager.default.moveItem(atPath: "\(Workshop.folder)/\(old)", toPath: package)
    if !knowsItsPlace { unlink(package + "/.build/workbook/library.json") }
    let second = try await build(package)
    #expect(second.isNew && second.fingerprint != first.fingerprint)
    #expect(try await !build(package).isNew)
  }

  @Test func `what the manifest reads of the environment makes it anew, nothing else does`()
    async throws
  {
    let package = Workshop.folder + "/variables"
    try Workshop.write(Self.small, to: package)
    let (first, isNew) = try await library(package)
    #expect(isNew)
    #expect(try await !library(package, ["SMALL_TWO": "", "SHLVL": "9"]).isNew)
    let second = try await library(package, ["SMALL_ONE": ""])
    #expect(second.isNew && second.library.fingerprint != first.fingerprint)
    #expect(try await !library(package, ["SMALL_ONE": ""]).isNew)
    #expect(try await library(package).library.fingerprint == first.fingerprint)
  }

  @Test func `whether what programs call may learn where they stand is known`() async throws {
    let package = Workshop.folder + "/callers"
    try Workshop.write(Self.small, to: package)
    let first = try await library(package).library
    #expect(!first.seesCallers)
    let source = "public func here(line: Int = #line) -> Int { line }\n"
    try Workshop.write(["Sources/Small/Here.swift": source], to: package)
    let second = try await library(package).library
    #expect(second.seesCallers)

    let programs = [2, 3].map { Samples.program(in: package + "/a.md", code: "", line: $0) }
    for (library, count) in [(first, 1), (second, 2)] {
      let runner = Runner(Launchers(Workshop.launcher), isConfined: false)
      let executor = PackageExecutor(
        contexts: [package + "/a.md": PackageContext(library)], usesCache: true, runner: runner)
      #expect(Set(programs.map(executor.key)).count == count)
    }
  }

  @Test func `a package that does not build says why`() async throws {
    let package = Workshop.folder + "/broken"
    try Workshop.write(
      [
        "Package.swift": """
        // swift-tools-version: 6.2
        import PackageDescription
        let package = Package(
          name: "B", products: [.library(name: "B", targets: ["B"])], targets: [.target(name: "B")])
        """, "Sources/B/B.swift": "let x: Int = \"\"\n",
      ], to: package)
    do {
      _ = try await build(package)
      Issue.record("it builds")
    } catch Fault.libraryDoesNotBuild(let folder, let lines) {
      #expect(folder == realPath(package))
      #expect(lines.contains { $0.contains("error: cannot convert value of type 'String'") })
    }
  }

  @Test func `without a compiler there is a fault`() async {
    await #expect(throws: Fault.noCompiler(searched: ["/nowhere", "/etc"])) {
      try await Toolchain.find(environment: ["PATH": "/nowhere:/etc"])
    }
  }
}
