import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct LibraryFilesTests {
  @Test(
    arguments: [
      ("/a/b", "/a/b"), ("-L/lib", "/lib"), ("-I/a b", "/a b"), ("-rpath=/x", "/x"),
      ("-fmodule-map-file=/m/module.modulemap", "/m/module.modulemap"),
      ("--dynamic-linker=/lib64/ld.so", "/lib64/ld.so"), ("/", nil), ("--sysroot=/", nil),
      ("-L/..", nil), ("a/etc", nil), ("-DPATH=a/etc", nil), ("x86_64-unknown-linux-gnu", nil),
    ] as [(String, String?)])
  func `an argument opens the path that it names, never the root nor the end of another`(
    argument: String, path: String?
  ) {
    #expect(Library.path(in: argument) == path)
  }

  @Test func `tools may read neither everything nor what other tools keep`() async throws {
    let library = try await Workshop.library()
    let package = try #require(library.packageFolder)
    let readable = Set(library.filesForTools.readable)
    #expect(readable.isDisjoint(with: ["/", package, package + "/.git", package + "/.build"]))
    #expect(readable.isSuperset(of: [package + "/Sources", package + "/Package.swift"]))
  }

  @Test func `a link opens what is the package's own, and nothing else`() throws {
    let folder = TemporaryFolder()
    try folder.write("outside/key", "secret")
    try folder.write("package/.git/config", "secret")
    try folder.write("package/Sources/a.swift", "")
    let package = try #require(realPath(folder.path + "/package"))
    for (name, target) in [
      ("all", "/"), ("out", "../outside"), ("key", "../outside/key"), ("git", ".git"),
      ("itself", "."), ("config", ".git/config"), ("gone", "none"), ("own", "Sources"),
    ] {
      try folder.link("package/" + name, to: target)
    }
    let own = (names(in: package) ?? []).sorted().map {
      Library.ownFile("\(package)/\($0)", of: package)
    }
    #expect(own.compactMap(\.self) == [package + "/Sources", package + "/Sources"])
    for name in ["all", "../package/..", "../../"] {
      #expect(Library.isAbove(package, "\(package)/\(name)"), "\(name)")
    }
    for name in ["out", "itself", "own", "Sources", "gone"] {
      #expect(!Library.isAbove(package, "\(package)/\(name)"), "\(name)")
    }
  }

  @Test func `a header of a package beside may include one out of its folder`() async throws {
    let folder = TemporaryFolder()
    try folder.write(
      "B/Package.swift",
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "B", products: [.library(name: "CB", targets: ["CB"])], targets: [.target(name: "CB")])
      """)
    try folder.write("B/Sources/CB/include/CB.h", "#include \"../inner.h\"\nint inner(void);\n")
    try folder.write("B/Sources/CB/inner.h", "#define INNER 7\n")
    try folder.write(
      "B/Sources/CB/inner.c", "#include \"CB.h\"\nint inner(void) { return INNER; }\n")
    try folder.write(
      "A/Package.swift",
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "A", products: [.library(name: "A", targets: ["A"])],
        dependencies: [.package(path: "../B")],
        targets: [.target(name: "A", dependencies: [.product(name: "CB", package: "B")])])
      """)
    try folder.write("A/Sources/A/A.swift", "import CB\npublic let a = inner()\n")
    let toolchain = try await Toolchain.find(environment: Workshop.environment)
    let library = try await Library.build(for: folder.path + "/A", toolchain: toolchain) { _ in }
    let scratch = try Scratch(in: folder.path + "/scratch")
    let compilation = try await Compilation(
      of: Workshop.program(["import A\nimport CB\nprint(a == INNER)"]), with: library,
      by: Workshop.runner, in: scratch.path)
    #expect(compilation.failures.map(\.problem) == [])
  }
}
