import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct PackageManifestTests {
  private let folder = TemporaryFolder()

  private func manifest(_ targets: String) throws -> PackageManifest {
    let json = """
      {"name": "P", "products": [], "platforms": [], "dependencies": [],
       "toolsVersion": {"_version": "6.0.0"}, "targets": [\(targets)]}
      """
    return try JSONDecoder().decode(PackageManifest.self, from: Data(json.utf8))
  }

  /// The target of a file that is written for it.
  private func target(of file: String, in targets: String) throws -> String? {
    try folder.write(file)
    let folders = try manifest(targets).targetFolders(in: folder.path)
    return WorkbookCore.target(of: "\(folder.path)/\(file)", folders)
  }

  @Test func `a source belongs to the target whose folder it stands in, the nearest one`() throws {
    let targets = """
      {"name": "A", "type": "regular"}, {"name": "B", "type": "regular", "path": "./lib/"},
      {"name": "C", "type": "regular", "path": "lib/c"}, {"name": "T", "type": "test"}
      """
    #expect(try target(of: "Sources/A/Deep/x.swift", in: targets) == "A")
    #expect(try target(of: "lib/x.swift", in: targets) == "B")
    #expect(try target(of: "lib/c/x.swift", in: targets) == "C")
    #expect(try target(of: "Tests/T/x.swift", in: targets) == nil)
    #expect(try target(of: "Package.swift", in: targets) == nil)
  }

  @Test(arguments: [
    ("4.0.0", "5.4"), ("5.3.0", "5.4"), ("5.4.0", "5.4.0"), ("5.10.0", "5.10.0"),
    ("6.2.0", "6.2.0"),
  ])
  func `the client of a package of old tools is of newer ones`(own: String, client: String) throws {
    var manifest = try manifest("")
    manifest.toolsVersion._version = own
    #expect(manifest.clientManifest(of: "/p").hasPrefix("// swift-tools-version: \(client)\n"))
  }

  @Test func `traits are enabled by a client that knows them`() throws {
    let manifest = try manifest("")
    let text = manifest.clientManifest(of: "/p", traits: ["defaults", "A \"b\""])
    #expect(text.hasPrefix("// swift-tools-version: 6.1\n"))
    #expect(text.contains(#"path: "/p", traits: [.defaults, "A \"b\""])]"#))
    #expect(manifest.clientManifest(of: "/p", traits: []).contains("path: \"/p\", traits: [])]"))
    #expect(!manifest.clientManifest(of: "/p").contains("traits"))
  }

  @Test func `a library product that needs an executable is no part of the library`() throws {
    let products = ["A", "B", "T"].map {
      #"{"name": "\#($0)s", "type": {"library": ["automatic"]}, "targets": ["\#($0)"]}"#
    }
    let json = """
      {"name": "P", "products": [\(products.joined(separator: ","))], "platforms": [],
       "dependencies": [], "toolsVersion": {"_version": "6.0.0"}, "targets": [
       {"name": "A", "type": "regular", "dependencies": [{"product": ["tool", "other", null, null]}]},
       {"name": "B", "type": "regular", "dependencies": [{"target": ["A", null]}]},
       {"name": "Support", "type": "regular", "dependencies": [{"byName": ["tool", null]}]},
       {"name": "T", "type": "regular", "dependencies": [{"byName": ["Support", null]}]},
       {"name": "tool", "type": "executable", "dependencies": [{"byName": ["Support", null]}]}]}
      """
    let manifest = try JSONDecoder().decode(PackageManifest.self, from: Data(json.utf8))
    let noted = try JSONDecoder().decode(
      PackageManifest.self, from: try JSONEncoder().encode(manifest))
    for manifest in [manifest, noted] {
      #expect(manifest.libraries == ["As", "Bs"] && manifest.libraryModules == ["A", "B"])
    }
  }

  @Test(arguments: ["B", "other"])
  func `the client speaks to C++ where a target that it needs does`(name: String) throws {
    let json = """
      {"name": "P", "products": [
        {"name": "A", "type": {"library": ["automatic"]}, "targets": ["A"]}], "platforms": [],
       "dependencies": [], "toolsVersion": {"_version": "5.5.0"}, "targets": [
       {"name": "A", "type": "regular", "dependencies": [{"target": ["B", null]}], "settings": [
         {"tool": "swift", "kind": {"define": {"_0": "X"}}},
         {"tool": "swift", "kind": {"unsafeFlags": {"_0": ["-g"]}}}]},
       {"name": "\(name)", "type": "regular", "settings": [
         {"tool": "swift", "kind": {"interoperabilityMode": {"_0": "Cxx"}}}]}]}
      """
    let text = try JSONDecoder().decode(PackageManifest.self, from: Data(json.utf8))
      .clientManifest(of: "/p")
    let speaks = name == "B"
    #expect(text.contains("swiftSettings: [.interoperabilityMode(.Cxx)]") == speaks)
    #expect(text.hasPrefix("// swift-tools-version: \(speaks ? "5.9" : "5.5.0")\n"))
  }

  @Test func `what a target excludes may be another's`() throws {
    let targets = """
      {"name": "A", "type": "regular", "path": ".", "exclude": ["a.md", "lib", "lib/c.md"]},
      {"name": "B", "type": "regular", "path": "lib", "exclude": ["b.md"]},
      {"name": "C", "type": "regular", "path": "both", "exclude": ["d"]},
      {"name": "D", "type": "regular", "path": "both/", "exclude": []}
      """
    #expect(try manifest(targets).excludedPaths(in: "/p") == ["/p/a.md", "/p/lib"])
    let one = #"{"name": "B", "type": "regular", "exclude": ["b.md"]}"#
    #expect(try manifest(one).excludedPaths(in: "/p").contains("/p/Sources/B/b.md"))
  }

  @Test func `a package's only target may have no folder of its own`() throws {
    #expect(try target(of: "Sources/x.swift", in: #"{"name": "A", "type": "regular"}"#) == "A")
  }

  @Test func `a module is called as its target is, without what no identifier can hold`() {
    #expect(moduleName(of: "my-lib 2") == "my_lib_2")
  }
}
