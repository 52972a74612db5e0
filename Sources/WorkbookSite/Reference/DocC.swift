import Foundation
import WorkbookSystem
import WorkbookCore

/// The toolchain's documentation compiler.
struct DocC {
  var toolchain: Toolchain
  /// With the articles and pictures.
  var catalog: String
  var symbolGraphs: String
  var basePath: String

  /// Makes the site's folder anew and returns what DocC has to say.
  func convert(to output: String) async throws(Fault) -> [DocCDiagnostics.Diagnostic] {
    let file = output + ".diagnostics.json"
    try? FileManager.default.removeItem(atPath: file)
    let run = try await tool("convert", output, ["--diagnostics-file", file]).run()
    // It writes no file where there is nothing to tell; an error that is no diagnostic ends it.
    let data = FileManager.default.contents(atPath: file)
    let diagnostics = data.flatMap { try? JSONDecoder().decode(DocCDiagnostics.self, from: $0) }
    let hasError = diagnostics?.diagnostics.contains { $0.severity == "error" } ?? false
    guard run.succeeded || hasError else {
      throw .system(
        doing: "make the site with docc",
        reason: String(decoding: run.errors.isEmpty ? run.output : run.errors, as: UTF8.self))
    }
    return diagnostics?.diagnostics ?? []
  }

  private func tool(_ command: String, _ output: String, _ more: [String]) -> Subprocess {
    var environment = toolchain.environment
    // Its pages have the order of its hash tables otherwise.
    environment["SWIFT_DETERMINISTIC_HASHING"] = "1"
    return Subprocess(
      toolchain.binaries + "/docc",
      [
        command, catalog, "--additional-symbol-graph-dir", symbolGraphs, "--output-path", output,
        "--fallback-display-name", "Book", "--fallback-bundle-identifier", "book",
        "--fallback-default-module-kind", "Library", "--hosting-base-path",
        basePath.isEmpty ? "/" : basePath, "--enable-experimental-code-block-annotations",
        "--enable-experimental-overloaded-symbol-presentation",
      ] + more, environment: environment)
  }
}
