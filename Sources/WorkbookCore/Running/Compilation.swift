import Foundation
import WorkbookSystem
import WorkbookChapters

/// What became of a program at the compiler's hands.
struct Compilation: Sendable {
  /// nil where it did not compile or is not to be run.
  var executable: String?
  var failures: [Failure] = []
  /// In its cells alone.
  var warnings: [Warning] = []
  /// Of its cells that must fail to compile.
  var checks: [Check] = []
  /// Wall-clock time.
  var seconds = 0.0
  /// Whether the same program would fare the same again: what a compiler does that is killed, or has no
  /// room for its files, says nothing about the program.
  var isRepeatable = true

  /// More errors than these help nobody.
  private static let mostErrors = 20
  /// For all of a program's compiling; the compiler gives up on hard expressions by itself, within seconds.
  static let timeout = 120.0

  private let timeout: Double
  private let program: Program
  private let library: Library
  private let tools: ToolRunner
  private let start = ContinuousClock.now

  /// Compiles a program, and its cells that must fail to compile each on its own.
  ///
  /// - Parameter folder: an empty one of the program's own.
  init(
    of program: Program, with library: Library, by runner: Runner, in folder: String,
    timeout: Double = timeout
  ) async throws(Fault) {
    self.timeout = timeout
    self.program = program
    self.library = library
    tools = ToolRunner(runner, library, in: folder)
    try await compile()
    for index in program.cells.indices {
      if case .error(let text) = program.cells[index].kind {
        try await checkErrorCell(index, expecting: text)
      }
    }
    seconds = (ContinuousClock.now - start) / .seconds(1)
  }

  private mutating func compile() async throws(Fault) {
    // Where a failure is shown that has no place of its own.
    guard let first = program.cells.first(where: \.compiles) else { return }
    let place = Location(path: program.chapterPath, line: first.line, column: 1)
    let source = ProgramSource(of: program)
    let object = tools.workFolder("compile") + "/main.o"
    let result = try await frontend(source, in: "compile", ["-o", object])

    let diagnostics = Diagnostic.parse(String(decoding: result.errors, as: UTF8.self), of: source)
    var seen: Set<Diagnostic> = []
    for diagnostic in diagnostics where seen.insert(diagnostic).inserted {
      if diagnostic.severity == .error, diagnostic.location == nil { isRepeatable = false }
      if diagnostic.severity == .error, failures.count < Self.mostErrors {
        failures.append(
          Failure(.compile(problem(diagnostic)), at: diagnostic.location ?? place))
      }
      if diagnostic.severity == .warning, let location = diagnostic.location {
        warnings.append(Warning(.compiler(diagnostic.text), at: location))
      }
    }
    if let problem = problem(result, hasErrors: !failures.isEmpty) {
      isRepeatable = false
      failures.append(Failure(.compile(problem), at: place))
    }
    guard failures.isEmpty, program.mode == .run else { return }

    let executable = tools.workFolder("link") + "/program"
    let command = library.commands.linker.command(object: object, output: executable)
    let link = try await tools.run(
      command[0], Array(command.dropFirst()), in: "link", readable: [object],
      seconds: secondsLeft)
    if link.succeeded {
      self.executable = executable
    } else {
      isRepeatable = false
      let lines = link.errorLines
      let problem =
        problem(link, hasErrors: !lines.isEmpty) ?? .link(lines: Array(lines.prefix(10)))
      failures.append(Failure(.compile(problem), at: place))
    }
  }

  private func problem(_ error: Diagnostic) -> CompileProblem {
    func cell(at location: Location?) -> Int? {
      location.flatMap { place in program.cells.lastIndex { $0.line <= place.line } }
    }
    let isAcrossCells =
      error.text.hasPrefix("invalid redeclaration of ")
      && error.notes.contains { note in
        note.location != nil && cell(at: note.location) != cell(at: error.location)
      }
    return isAcrossCells
      ? .redeclaration(error.text, notes: error.notes) : .error(error.text, notes: error.notes)
  }

  private mutating func checkErrorCell(
    _ index: Int, expecting text: String
  ) async throws(Fault) {
    let cell = program.cells[index]
    let source = ProgramSource(of: program, errorCell: index)
    // Some errors, such as the use of a variable before its value, are found in SIL alone.
    let result = try await frontend(
      source, in: "compile-\(index)", ["-emit-sil", "-Onone", "-o", "/dev/null"])
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
    let compilerProblem = problem(result, hasErrors: !errors.isEmpty)
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

  private func frontend(
    _ source: ProgramSource, in stage: String, _ output: [String]
  ) async throws(Fault) -> ToolResult {
    let folder = folder(of: tools.workFolder(stage))
    try makeFolder(folder)
    let path = folder + "/main.swift"
    try writeFile(source.text, to: path)
    var arguments = library.commands.frontend(optimizes: program.optimizes)
    if output.contains("-emit-sil") { arguments.removeAll { $0 == "-c" || $0.hasPrefix("-O") } }
    arguments += [path, "-swift-version", "\(program.languageMode)"] + output
    return try await tools.run(
      library.toolchain.frontend, arguments, in: stage, readable: [path], seconds: secondsLeft)
  }

  private var secondsLeft: Double {
    max(0, timeout - (ContinuousClock.now - start) / .seconds(1))
  }

  /// What is wrong with the compiler rather than with the program.
  private func problem(_ result: ToolResult, hasErrors: Bool) -> CompileProblem? {
    let lines = Array(result.errorLines.suffix(10))
    switch result.end {
    case .timedOut: return .timedOut(seconds: timeout)
    // What there is of them says enough.
    case .exceeded(.printed) where hasErrors: return nil
    case .exceeded(let excess):
      return .compilerFailed(.exceeded(excess), lines: lines)
    case .signalled(let signal), .killed(let signal):
      return .compilerFailed(.signalled(signal), lines: lines)
    case .exited(let code) where code != 0 && !hasErrors:
      return .compilerFailed(.exited(code: code), lines: lines)
    case .exited, .interrupted, .failed: return nil
    }
  }
}
