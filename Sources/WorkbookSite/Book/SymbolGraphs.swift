import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// The symbol graphs of a package's library modules, as files for DocC and as values.
struct SymbolGraphs {
  /// The modules that there are graphs of, in the package's order.
  var modules: [String]
  var graphs: [SymbolGraph]

  /// No library.
  static let none = SymbolGraphs(modules: [], graphs: [])

  /// Extracts them into a folder, from the modules that were built for the programs of the chapters.
  static func extract(
    _ modules: [String], of library: Library, into folder: String
  ) async throws(Fault) -> SymbolGraphs {
    var result = SymbolGraphs.none
    let frontend = library.commands.frontend
    var options: [String] = []
    for (index, argument) in frontend.enumerated().dropLast()
    where ["-I", "-F", "-Xcc", "-target", "-sdk"].contains(argument) {
      options += [argument, frontend[index + 1]]
    }
    for module in modules {
      // A target of C has no module of Swift's, and no public symbols to show.
      guard library.hasModule(module) else { continue }
      let tool = Subprocess(
        library.toolchain.binaries + "/swift-symbolgraph-extract",
        ["-module-name", module, "-output-dir", folder, "-minimum-access-level", "public"]
          + ["-skip-synthesized-members"] + options,
        environment: library.toolchain.environment)
      let run = try await tool.run()
      guard run.succeeded else {
        throw .system(
          doing: "read the symbols of \(module)",
          reason: String(decoding: run.errors, as: UTF8.self))
      }
      let graph = try attempt("read the symbols of \(module)") {
        let file = URL(filePath: "\(folder)/\(module).symbols.json")
        return try JSONDecoder().decode(SymbolGraph.self, from: Data(contentsOf: file))
      }
      result.modules.append(module)
      result.graphs.append(graph)
    }
    // Extensions of other modules' types have files of their own.
    for file in filesBelow(folder) where file.hasSuffix(".symbols.json") {
      try attempt("prepare \(file) for docc") {
        let url = URL(filePath: "\(folder)/\(file)")
        try DocCFence.rewrite(symbolGraph: Data(contentsOf: url)).write(to: url)
      }
    }
    return result
  }

  /// The first symbol of which the text is said.
  func location(ofText text: String) -> Location? {
    graphs.lazy.flatMap(\.symbols).first { symbol in
      symbol.docComment?.lines.contains { !text.isEmpty && $0.text.contains(text) } == true
    }?.location?.location
  }

  /// The public symbols that nothing is said about.
  var undocumented: [SiteProblem] {
    var problems: [SiteProblem] = []
    for graph in graphs {
      for symbol in graph.symbols {
        // Without a place it is not written: the compiler makes it.
        guard symbol.docComment == nil, let location = symbol.location?.location else { continue }
        let name = ([graph.module.name] + symbol.pathComponents).joined(separator: ".")
        problems.append(
          SiteProblem(
            severity: .warning, location: location, problem: .undocumented(symbol: name)))
      }
    }
    return problems
  }
}

extension SymbolGraph.Symbol.Place {
  /// The place as messages show it.
  fileprivate var location: Location? {
    URL(string: uri).map { url in
      Location(
        path: shownPath(url.path), line: position.line + 1, column: position.character + 1)
    }
  }
}

/// The path from the folder that the command runs in, where it is below that.
func shownPath(_ path: String) -> String {
  let folder = absolutePath(".") + "/"
  return path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
}
