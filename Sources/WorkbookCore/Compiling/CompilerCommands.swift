import Foundation
import WorkbookSystem

/// The commands that make a program, as the drivers `swiftc` and `clang` would give them.
///
/// Without the drivers in between, it takes half the time.
package struct CompilerCommands: Codable, Hashable {
  /// Of `swift-frontend`, for an object; its source file and what depends on the program aside.
  package var frontend: [String]
  var linker: Linker
  /// The folder where compilers keep modules of C.
  ///
  /// It serves programs alone, so that nothing that compiling
  /// one leaves there is in the way of the library's own build.
  var moduleCache: String

  static func moduleCache(in folder: String) -> String { folder + "/ModuleCache" }

  /// As in a debug build, so that assertions and exclusive access are checked, and the compiler is quick; what
  /// the program links is optimized.
  static let optimization = ["-Onone", "-assert-config", "Debug"]

  /// Asks the drivers.
  ///
  /// - Parameter folder: for the files that stand in for the program's; the drivers want to see some.
  init(
    _ toolchain: Toolchain, _ settings: BuildSettings, extraObjects: [String], in folder: String
  ) async throws(Fault) {
    let source = folder + "/main.swift"
    moduleCache = Self.moduleCache(in: folder)
    try makeFolder(moduleCache)
    try writeFile("", to: source)
    let compile = try await toolchain.plan(
      toolchain.swiftc,
      settings.compile + Self.optimization + [
        "-###", "-c", source, "-wmo", "-gline-tables-only", "-module-name", "main",
        "-file-compilation-dir", ".", "-diagnostic-style=llvm", "-o", folder + "/program.o",
        "-module-cache-path", moduleCache,
      ])
    guard var frontend = compile.first(where: { $0.contains("-frontend") }) else {
      throw .system(doing: "plan a compilation", reason: "swiftc plans no frontend")
    }
    frontend.removeFirst()
    frontend.removeAll { $0 == source }
    if let output = frontend.firstIndex(of: "-o") {
      frontend.removeSubrange(output...output + 1)
    }
    self.frontend = frontend
    linker = try await Linker(
      toolchain, settings.link, frontend: frontend, objects: extraObjects + settings.objects,
      in: folder)
  }
}

extension CompilerCommands {
  /// Whether the compiler runs macros of the package's or its dependencies'.
  var loadsMacros: Bool { frontend.contains { $0.hasPrefix("-load-plugin") } }

  /// `frontend` for a program that is optimized like a release, but with assertions, or as it is.
  func frontend(optimizes: Bool) -> [String] {
    optimizes ? frontend.map { $0 == "-Onone" ? "-O" : $0 } : frontend
  }
}

extension Toolchain {
  /// The commands that a driver would run.
  func plan(_ driver: String, _ arguments: [String]) async throws(Fault) -> [[String]] {
    let result = try await Subprocess(driver, arguments, environment: environment).run()
    guard result.succeeded else {
      let reason = String(decoding: result.errors, as: UTF8.self)
      throw .system(doing: "ask \(driver) for its commands", reason: reason)
    }
    // clang prints its plan as a diagnostic, swiftc as its output.
    let text = result.output.isEmpty ? result.errors : result.output
    return String(decoding: text, as: UTF8.self).split(separator: "\n")
      .map { ShellWords.split($0) }
      .filter { $0.first?.hasPrefix("/") == true }
  }
}
