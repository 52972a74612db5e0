import Foundation
import WorkbookSystem
import WorkbookChapters

/// Checks a cell of declarations without bodies against the modules of the library.
///
/// The compiler reads the cell as it reads the interface of a module, where declarations have no bodies, and tells
/// what it declares in the words in which it tells the same of the library: so neither spelling nor order matters.
struct Declarations {
  struct Result {
    var failures: [Failure] = []
    var isRepeatable = true
  }

  private static let module = "Declared"
  /// What the compiler makes of what it sees, which is more inside of a module.
  private static let inferred: Set = ["Sendable", "BitwiseCopyable", "Copyable", "Escapable"]

  private let program: Program
  private let cell: Cell
  private let library: Library
  private let tools: ToolRunner
  private let compiler: ProgramCompiler
  private let stage: String

  init(
    _ program: Program, cell index: Int, _ library: Library, _ tools: ToolRunner,
    _ compiler: ProgramCompiler
  ) {
    self.program = program
    cell = program.cells[index]
    self.library = library
    self.tools = tools
    self.compiler = compiler
    stage = "declares-\(index)"
  }

  func check() async throws(Fault) -> Result {
    let folder = tools.workFolder(stage)
    try makeFolder(folder)
    var lines = cell.content.lines.map { Self.withoutAccess($0.text) }
    var conformances: [Conformance] = []
    var compiled = try await compile(lines)
    // It lists what it likes of a type: what a protocol wants besides is not missing.
    let unmet = compiled.errors.compactMap { unmetConformance($0, lines) }
    if !unmet.isEmpty {
      for conformance in unmet { conformance.remove(from: &lines) }
      conformances = unmet
      compiled = try await compile(lines)
    }
    if let problem = compiled.problem, compiled.errors.isEmpty {
      return Result(failures: [failure(problem, cell.line, 1)], isRepeatable: false)
    }
    guard compiled.errors.isEmpty else {
      return Result(
        failures: compiled.errors.map { error in
          let place = error.location?.position ?? Position(line: cell.line, column: 1)
          return failure(.error(error.text, notes: error.notes), place.line, place.column)
        })
    }
    let declared = try await graph(of: Self.module, access: "internal")
    let places = zip(declared.symbols, declarationLines(of: declared.symbols))
    for (type, protocolName) in declared.conformances where !Self.inferred.contains(protocolName) {
      let place = places.first { $0.0.pathComponents.last == type }?.1
      conformances.append(
        Conformance(
          type: type, protocolName: protocolName,
          place: place ?? Position(line: cell.line, column: 1), line: 0))
    }
    return Result(failures: try await compare(declared, conformances))
  }

  private func failure(_ problem: CompileProblem, _ line: Int, _ column: Int) -> Failure {
    Failure(.compile(problem), at: Location(path: program.chapterPath, line: line, column: column))
  }

  // MARK: - Compiling

  /// Who may see a declaration is the module's to say: between declarations of one cell it only gets in the way.
  private static func withoutAccess(_ line: String) -> String {
    let pattern =
      #/\b(public|open|package)(?=\s+(?:final|static|class|struct|enum|actor|protocol|func|var|let|init|subscript|extension|typealias|mutating|nonmutating|convenience|required|override|indirect|prefix|postfix|infix|associatedtype|nonisolated)\b)/#
    return line.replacing(pattern) { String(repeating: " ", count: $0.0.count) }
  }

  private func compile(_ lines: [String]) async throws(Fault) -> CompilerResult {
    let folder = tools.workFolder(stage)
    let source = "\(folder)/\(Self.module).swiftinterface"
    let imports = ["Swift", "_Concurrency", "_StringProcessing"] + imports
    let path = ProgramSource.spelled(program.chapterPath)
    let first = cell.content.lines.first?.line ?? cell.line + 1
    try writeFile(
      """
      // swift-interface-format-version: 1.0
      // swift-module-flags: -module-name \(Self.module) -swift-version 5
      \(imports.map { "import \($0)\n" }.joined())#sourceLocation(file: "\(path)", line: \(first))
      \(lines.joined(separator: "\n"))

      """, to: source)
    let arguments =
      ["-frontend", "-compile-module-from-interface", source, "-module-name", Self.module]
      + ["-o", "\(folder)/\(Self.module).swiftmodule", "-diagnostic-style=llvm"]
      + searchArguments(with: ["-plugin-path", "-in-process-plugin-server-path"])
    let result = try await tools.run(
      library.toolchain.frontend, arguments, in: stage, readable: [source],
      seconds: compiler.secondsLeft)
    var seen: Set<Diagnostic> = []
    let diagnostics = Diagnostic.parse(
      String(decoding: result.errors, as: UTF8.self), of: ProgramSource(of: program, only: cell)
    ).filter { $0.location != nil && seen.insert($0).inserted }
    return CompilerResult(
      diagnostics: diagnostics,
      problem: compiler.problem(
        result, hasErrors: diagnostics.contains { $0.severity == .error }))
  }

  /// What the cells above it import, and what the program sees anyway.
  private var imports: [String] {
    let codes =
      program.cells.filter { $0.line < cell.line && $0.compiles }.map(\.content)
      + [program.prelude?.code].compactMap(\.self)
    let imported = codes.flatMap(\.lines).compactMap { $0.importedModule?.name }
    var seen: Set<String> = []
    return (program.modules + imported).filter { seen.insert($0).inserted }
  }

  /// Of the compiler's arguments those by which it finds modules.
  private func searchArguments(with others: Set<String> = []) -> [String] {
    let known = others.union([
      "-target", "-sdk", "-I", "-F", "-Xcc", "-module-cache-path", "-resource-dir",
    ])
    var found: [String] = []
    var rest = library.commands.frontend[...]
    while let option = rest.popFirst() {
      guard known.contains(option), let value = rest.popFirst() else { continue }
      found += [option, value]
      // Who reads an interface looks for modules of C in folders alone.
      if option == "-Xcc", value.hasPrefix("-fmodule-map-file=") {
        found += ["-I", folder(of: String(value.dropFirst("-fmodule-map-file=".count)))]
      }
    }
    return found
  }

  private func graph(of module: String, access: String) async throws(Fault) -> ModuleSymbols {
    let folder = tools.workFolder(stage)
    let result = try await tools.run(
      library.toolchain.binaries + "/swift-symbolgraph-extract",
      [
        "-module-name", module, "-output-dir", folder, "-I", folder, "-minimum-access-level",
        access, "-skip-synthesized-members",
      ] + searchArguments(), in: stage, readable: [folder], seconds: compiler.secondsLeft)
    guard result.succeeded else {
      throw .system(
        doing: "ask what the module \(module) declares",
        reason: result.errorLines.prefix(5).joined(separator: "\n"))
    }
    return ModuleSymbols(of: module, in: folder)
  }

  // MARK: - Comparing

  private func compare(
    _ declared: ModuleSymbols, _ conformances: [Conformance]
  ) async throws(Fault) -> [Failure] {
    var known: [String: [ModuleSymbols.Symbol]] = [:]
    var rest = modules[...]
    var relations: Set<String> = []
    func isThere(_ symbol: ModuleSymbols.Symbol) -> Bool {
      (known[symbol.path] ?? []).contains { matches(symbol, $0, known) }
    }
    func isThere(_ conformance: Conformance) -> Bool {
      relations.contains("\(conformance.type) \(conformance.protocolName)")
    }
    while !(declared.symbols.allSatisfy(isThere) && conformances.allSatisfy(isThere)),
      let module = rest.popFirst()
    {
      let graph = try await graph(of: module, access: "public")
      for symbol in graph.symbols { known[symbol.path, default: []].append(symbol) }
      relations.formUnion(graph.conformances.map { "\($0.type) \($0.protocolName)" })
    }
    let lines = declarationLines(of: declared.symbols)
    // Of a type that is not there, nothing is: it is told once.
    func isOfMissing(_ path: ArraySlice<String>) -> Bool {
      let type = path.joined(separator: ".")
      return known[type] == nil && declared.symbols.contains { $0.path == type }
    }
    let missing = zip(declared.symbols, lines).filter { symbol, _ in
      !isThere(symbol) && !isOfMissing(symbol.pathComponents.dropLast())
    }.map { symbol, place in
      let others = (known[symbol.path] ?? []) + siblings(of: symbol, known)
      var seen: Set<String> = []
      let words = others.map(\.declaration).filter { seen.insert($0).inserted }.prefix(5)
      return failure(
        words.isEmpty
          ? .undeclared(name: symbol.path)
          : .declaredOtherwise(name: symbol.path, as: Array(words)), place.line, place.column)
    }
    var told: Set<String> = []
    let unmet = conformances.filter {
      !isThere($0) && !isOfMissing([$0.type])
        && told.insert("\($0.type) \($0.protocolName)").inserted
    }.map { conformance in
      failure(
        .undeclared(name: "\(conformance.type): \(conformance.protocolName)"),
        conformance.place.line, conformance.place.column)
    }
    return (missing + unmet).sorted { $0.location.position < $1.location.position }
  }

  /// Those of the package, the imported ones first.
  private var modules: [String] {
    let own = (library.manifest?.moduleNames ?? []).filter(library.hasModule)
    let imported = imports + cell.content.lines.compactMap { $0.importedModule?.name }
    return own.filter(imported.contains) + own.filter { !imported.contains($0) }
      + imported.filter { !own.contains($0) }
  }

  private func siblings(
    of symbol: ModuleSymbols.Symbol, _ known: [String: [ModuleSymbols.Symbol]]
  ) -> [ModuleSymbols.Symbol] {
    known.values.joined().filter {
      $0.baseName == symbol.baseName && $0.path != symbol.path
        && $0.pathComponents.dropLast() == symbol.pathComponents.dropLast()
    }.sorted { $0.path < $1.path }
  }

  private func matches(
    _ own: ModuleSymbols.Symbol, _ other: ModuleSymbols.Symbol,
    _ known: [String: [ModuleSymbols.Symbol]]
  ) -> Bool {
    guard own.promise == other.promise else { return false }
    // What it says of reading and writing must hold.
    if let wanted = own.accessors, let there = other.accessors, !wanted.isSubset(of: there) {
      return false
    }
    let parent = own.pathComponents.dropLast().joined(separator: ".")
    let given = Set((known[parent] ?? []).flatMap { $0.swiftGenerics?.constraints ?? [] })
    func constraints(_ symbol: ModuleSymbols.Symbol) -> Set<ModuleSymbols.Symbol.Constraint> {
      Set(symbol.swiftExtension?.constraints ?? []).subtracting(given)
    }
    return constraints(own) == constraints(other)
  }

  /// Where each symbol's name stands in the cell: of those that have one name, in their order.
  private func declarationLines(of symbols: [ModuleSymbols.Symbol]) -> [Position] {
    var next: [String: Int] = [:]
    return symbols.map { symbol in
      let name = symbol.baseName
      let places = cell.content.lines.flatMap { line -> [Position] in
        let pattern =
          ["init", "subscript"].contains(name)
          ? #"\b\#(name)\b"#
          : #"\b(?:func|var|let|case|struct|class|enum|actor|protocol|typealias|associatedtype)\s+(?:\w+(?:\([^)]*\))?,\s*)*`?"#
            + NSRegularExpression.escapedPattern(for: name) + #"(?!\w)"#
        let text = line.text as NSString
        let all = NSRange(location: 0, length: text.length)
        return
          ((try? NSRegularExpression(pattern: pattern))?.matches(in: line.text, range: all) ?? [])
          .map { match in
            let before = text.substring(to: match.range.location)
            return Position(line: line.line, column: line.column + before.utf8.count)
          }
      }
      let index = next[name, default: 0]
      next[name] = index + 1
      return places.isEmpty
        ? Position(line: cell.line, column: 1) : places[min(index, places.count - 1)]
    }
  }

  // MARK: - Conformances

  /// `Heap: Sequence`, as the cell says it.
  private struct Conformance {
    var type: String
    var protocolName: String
    var place: Position
    /// Of the cell's lines.
    var line: Int

    /// Takes the protocol out of the list behind the type's name.
    func remove(from lines: inout [String]) {
      for index in line..<min(line + 8, lines.count) {
        let name = NSRegularExpression.escapedPattern(for: protocolName)
        for (pattern, rest) in [
          (":\\s*\(name)\\s*,", ":"), (",\\s*\(name)\\b", ""),
          (":\\s*\(name)\\b(?=\\s*(\\{|where\\b|$))", ""),
        ] {
          // A constraint of a parameter in angle brackets is none.
          if let range = lines[index].range(of: pattern, options: .regularExpression),
            !lines[index][range.upperBound...].contains(">")
              || lines[index][..<range.lowerBound].contains(">")
          {
            lines[index].replaceSubrange(range, with: rest)
            return
          }
        }
      }
    }
  }

  private func unmetConformance(_ error: Diagnostic, _ lines: [String]) -> Conformance? {
    guard let place = error.location,
      let match = error.text.wholeMatch(
        of: #/type '(.+)' does not conform to protocol '(.+)'/#),
      let line = cell.content.lines.firstIndex(where: { $0.line == place.line })
    else { return nil }
    let type = match.1.prefix { $0 != "<" }.split(separator: ".").last.map(String.init) ?? ""
    return Conformance(
      type: type, protocolName: String(match.2), place: place.position, line: line)
  }
}
