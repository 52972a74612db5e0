import Foundation
import WorkbookSystem

/// The Swift compiler and its companions.
package struct Toolchain: Hashable, Sendable {
  /// The folder of `swiftc`, `swift-frontend` and `clang`.
  package var binaries: String
  /// Changes whenever another compiler stands there.
  var stamp: String
  /// What the tools are started with: of the caller's environment the part that they may need.
  package var environment: [String: String]
  /// Whether `ld.lld` links programs, rather than the driver `clang`.
  var hasLLD: Bool

  package var swift: String { binaries + "/swift" }
  var swiftc: String { binaries + "/swiftc" }
  package var frontend: String { binaries + "/swift-frontend" }
  var symbolizer: String { binaries + "/llvm-symbolizer" }
  /// The folder that holds all of it, libraries too.
  var root: String {
    binaries.hasSuffix("/usr/bin") ? String(binaries.dropLast("/usr/bin".count)) : binaries
  }

  /// The toolchain of the first `swiftc` on the `PATH` of `environment`.
  package static func find(environment: [String: String]) async throws(Fault) -> Toolchain {
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    guard let found = folders.map({ $0 + "/swiftc" }).first(where: { access($0, X_OK) == 0 }) else {
      throw .noCompiler(searched: folders)
    }
    var binaries = folder(of: realPath(found) ?? found)
    if access(binaries + "/swift-frontend", X_OK) != 0 {
      // A proxy such as swiftly's or Xcode's: it knows where the compiler is.
      binaries = try await askForFolder(found, environment)
    }
    guard let stamp = FileStamp(binaries + "/swift-frontend") else {
      throw .noCompiler(searched: [binaries])
    }
    var environment = environment
    // A manifest may offer more to its documentation than to those who depend on it.
    environment["WORKBOOK"] = "1"
    if environment["SDKROOT"] == nil { environment["SDKROOT"] = try await sdk(environment) }
    return Toolchain(
      binaries: binaries, stamp: "\(binaries) \(stamp)", environment: environment,
      hasLLD: canUseLLD && access(binaries + "/ld.lld", X_OK) == 0)
  }

  private static func askForFolder(
    _ swiftc: String, _ environment: [String: String]
  ) async throws(Fault) -> String {
    struct TargetInfo: Decodable {
      struct Paths: Decodable { var runtimeResourcePath: String }
      var paths: Paths
    }
    let result = try await Subprocess(swiftc, ["-print-target-info"], environment: environment)
      .run()
    guard let info = try? JSONDecoder().decode(TargetInfo.self, from: Data(result.output)) else {
      let reason = String(decoding: result.errors, as: UTF8.self)
      throw .system(doing: "ask \(swiftc) where its libraries are", reason: reason)
    }
    // …/usr/lib/swift
    return folder(of: folder(of: info.paths.runtimeResourcePath)) + "/bin"
  }
}
