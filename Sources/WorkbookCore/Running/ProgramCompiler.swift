import Foundation
import WorkbookSystem
import WorkbookChapters

/// Runs the compiler on sources of one program, within the time that all of its compiling has.
struct ProgramCompiler {
  /// How far it is to go.
  enum Goal: Equatable {
    case syntax, types
    /// Some errors, such as the use of a variable before its value, are found here alone.
    case sil
    case object(String)
  }

  let program: Program
  let tools: ToolRunner
  private let library: Library
  private let timeout: Double
  private let start = ContinuousClock.now

  init(_ program: Program, _ library: Library, _ tools: ToolRunner, timeout: Double) {
    self.program = program
    self.library = library
    self.tools = tools
    self.timeout = timeout
  }

  /// Since it was made.
  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
  var secondsLeft: Double { max(0, timeout - seconds) }

  /// Compiles the source in the folder of a stage.
  func compile(
    _ source: ProgramSource, in stage: String, to goal: Goal
  ) async throws(Fault) -> CompilerResult {
    let folder = folder(of: tools.workFolder(stage))
    try makeFolder(folder)
    var paths: [String] = []
    for (name, text) in goal == .syntax ? source.files : [("main.swift", source.text)] {
      paths.append("\(folder)/\(name)")
      try writeFile(text, to: paths[paths.count - 1])
    }
    var arguments = library.commands.frontend(optimizes: program.optimizes)
    if case .object = goal {} else { arguments.removeAll { $0 == "-c" || $0.hasPrefix("-O") } }
    switch goal {
    case .syntax: arguments.append("-parse")
    case .types: arguments.append("-typecheck")
    case .sil: arguments += ["-emit-sil", "-Onone", "-o", "/dev/null"]
    case .object(let path): arguments += ["-o", path]
    }
    arguments += paths + ["-swift-version", "\(program.languageMode)"]
    let result = try await tools.run(
      library.toolchain.frontend, arguments, in: stage, readable: paths, seconds: secondsLeft)
    var seen: Set<Diagnostic> = []
    var diagnostics = Diagnostic.parse(
      String(decoding: result.errors, as: UTF8.self), of: source
    ).filter { seen.insert($0).inserted }
    // Where the compiler is content, they are a warning's words.
    if result.end == .exited(0) { diagnostics.removeAll { $0.severity == .error } }
    let hasErrors = diagnostics.contains { $0.severity == .error }
    return CompilerResult(
      diagnostics: diagnostics, problem: problem(result, hasErrors: hasErrors))
  }

  /// What is wrong with a tool rather than with the program.
  func problem(_ result: ToolResult, hasErrors: Bool) -> CompileProblem? {
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

/// What the compiler said of a source.
struct CompilerResult {
  /// Each once.
  var diagnostics: [Diagnostic] = []
  /// What went wrong with the compiler itself.
  var problem: CompileProblem?

  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
  var succeeded: Bool { problem == nil && errors.isEmpty }
  /// Whether its errors are all that it has to say, each of a place in the chapter.
  var isAboutCells: Bool { problem == nil && errors.allSatisfy { $0.location != nil } }
}
