import Foundation

/// What became of a program at the compiler's hands.
package struct Compilation: Sendable {
  /// nil where it did not compile or is not to be run.
  package var executable: String?
  package var failures: [Failure] = []
  /// In its cells alone.
  package var warnings: [Warning] = []
  /// Of its cells that must fail to compile.
  package var checks: [Check] = []
  /// Wall-clock time.
  package var seconds = 0.0
  /// Whether the same program would fare the same again: what a compiler does that is killed, or has no
  /// room for its files, says nothing about the program.
  package var isRepeatable = true

  /// More errors than these help nobody.
  private static let mostErrors = 20
  /// The compiler gives up on hard expressions by itself, within seconds.
  private static let timeout = 120.0

  /// Compiles a program, and its cells that must fail to compile each on its own.
  ///
  /// - Parameter folder: an empty one of the program's own.
  package init(
    of program: Program, with library: Library, in folder: String
  ) async throws(Fault) {
    let clock = ContinuousClock()
    let start = clock.now
    try await compile(program, library, folder)
    for index in program.cells.indices {
      if case .error(let text) = program.cells[index].kind {
        try await checkErrorCell(index, expecting: text, program, library, folder)
      }
    }
    seconds = (clock.now - start) / .seconds(1)
  }

  private mutating func compile(
    _ program: Program, _ library: Library, _ folder: String
  ) async throws(Fault) {
    // Where a failure is shown that has no place of its own.
    guard let first = program.cells.first(where: \.compiles) else { return }
    let place = Location(path: program.chapterPath, line: first.line, column: 1)
    let source = ProgramSource(of: program)
    let object = folder + "/main.o"
    let result = try await Self.frontend(
      source, program, library, folder: folder, ["-o", object])

    let diagnostics = Diagnostic.parse(String(decoding: result.errors, as: UTF8.self), of: source)
    var seen: Set<Diagnostic> = []
    for diagnostic in diagnostics where seen.insert(diagnostic).inserted {
      if diagnostic.severity == .error, diagnostic.location == nil { isRepeatable = false }
      if diagnostic.severity == .error, failures.count < Self.mostErrors {
        let problem = CompileProblem.error(diagnostic.text, notes: diagnostic.notes)
        failures.append(Failure(.compile(problem), at: diagnostic.location ?? place))
      }
      if diagnostic.severity == .warning, let location = diagnostic.location {
        warnings.append(Warning(location: location, message: diagnostic.text))
      }
    }
    if let problem = Self.problem(result, hasErrors: !failures.isEmpty) {
      isRepeatable = false
      failures.append(Failure(.compile(problem), at: place))
    }
    guard failures.isEmpty, program.mode == .run else { return }

    let executable = folder + "/program"
    let arguments = library.commands.linkerArguments(object: object, output: executable)
    let link = try await Subprocess(
      arguments[0], Array(arguments.dropFirst()), environment: library.toolchain.environment
    ).run()
    if link.succeeded {
      self.executable = executable
    } else {
      isRepeatable = false
      let lines = String(decoding: link.errors, as: UTF8.self).split(whereSeparator: \.isNewline)
      let problem =
        Self.problem(link, hasErrors: !lines.isEmpty)
        ?? .link(lines: lines.prefix(10).map(String.init))
      failures.append(Failure(.compile(problem), at: place))
    }
  }

  private mutating func checkErrorCell(
    _ index: Int, expecting text: String, _ program: Program, _ library: Library, _ folder: String
  ) async throws(Fault) {
    let cell = program.cells[index]
    let source = ProgramSource(of: program, errorCell: index)
    // Some errors, such as the use of a variable before its value, are found in SIL alone.
    let result = try await Self.frontend(
      source, program, library, folder: folder, ["-emit-sil", "-Onone", "-o", "/dev/null"])
    let diagnostics = Diagnostic.parse(String(decoding: result.errors, as: UTF8.self), of: source)
    let errors = diagnostics.filter { $0.severity == .error }
    // An error that only the end of the file brings out stands on the closing fence's line.
    let lines = cell.line...(cell.line + cell.content.lines.count + 1)
    let isFound = errors.contains { error in
      error.location.map { lines.contains($0.line) } == true
        && (text.isEmpty || error.text.contains(text))
    }
    checks.append(
      Check(
        program: program.name, line: cell.line, kind: .error, status: isFound ? .passed : .failed))
    guard !isFound else { return }
    let compilerProblem = Self.problem(result, hasErrors: !errors.isEmpty)
    if compilerProblem != nil || errors.contains(where: { $0.location == nil }) {
      isRepeatable = false
    }
    let problem =
      compilerProblem
      ?? (errors.isEmpty
        ? .compiles(expectedError: text)
        : .otherErrors(expectedError: text, found: errors.prefix(5).map(\.text)))
    let place = Location(path: program.chapterPath, line: cell.line, column: 1)
    failures.append(Failure(.compile(problem), at: place))
  }

  private static func frontend(
    _ source: ProgramSource, _ program: Program, _ library: Library, folder: String,
    _ output: [String]
  ) async throws(Fault) -> Subprocess.Result {
    let path = folder + "/main.swift"
    try writeFile(source.text, to: path)
    var arguments = library.commands.frontend
    if output.contains("-emit-sil") { arguments.removeAll { $0 == "-c" || $0 == "-O" } }
    arguments += [path, "-swift-version", "\(program.languageMode)"] + output
    var frontend = Subprocess(
      library.toolchain.frontend, arguments, environment: library.toolchain.environment)
    frontend.timeout = timeout
    return try await frontend.run()
  }

  /// What is wrong with the compiler rather than with the program.
  private static func problem(_ result: Subprocess.Result, hasErrors: Bool) -> CompileProblem? {
    if result.timedOut { return .timedOut(seconds: timeout) }
    let lines = String(decoding: result.errors, as: UTF8.self).split(whereSeparator: \.isNewline)
      .suffix(10).map(String.init)
    switch result.status {
    case .signalled(let signal):
      return .compilerFailed(reason: String(cString: strsignal(signal)), lines: lines)
    case .exited(code: let code) where code != 0 && !hasErrors:
      return .compilerFailed(reason: "exit code \(code)", lines: lines)
    default: return nil
    }
  }
}

extension CompilerCommands {
  /// The linker and its arguments for one program.
  func linkerArguments(object: String, output: String) -> [String] {
    linker.flatMap { argument in
      switch argument {
      case objectPlaceholder: [object] + ObjectFile.autolinkedArguments(of: [object])
      case outputPlaceholder: [output]
      default: [argument]
      }
    }
  }
}
