import Foundation
import WorkbookSystem
import WorkbookChapters

/// What became of a program at the compiler's hands.
struct Compilation: Sendable {
  /// nil where it did not compile or is not to be run.
  var executable: String?
  var failures: [Failure] = []
  /// The cells that are no part of the executable, by their indices.
  var leftOut: [Int: CellObstacle] = [:]
  /// In its cells alone.
  var warnings: [Warning] = []
  /// Of its cells that must fail to compile.
  var checks: [Check] = []
  /// Wall-clock time.
  var seconds = 0.0
  /// Whether the same program would fare the same again: what a compiler does that is killed, or has no
  /// room for its files, says nothing about the program.
  var isRepeatable = true
  /// The files of the package that macros may have read, with their stamps from before.
  var inputs: [String: InputStamp] = [:]

  /// More errors of one program than these are only counted.
  private static let mostErrors = 1000
  /// For all of a program's compiling; the compiler gives up on hard expressions by itself, within seconds.
  static let timeout = 120.0
  /// For trying its cells one by one.
  static let trialSeconds = 60.0

  private let trialSeconds: Double
  private let program: Program
  private let library: Library
  private let tools: ToolRunner
  private let compiler: ProgramCompiler

  /// Compiles a program, or those of its cells that compile, and its cells that must fail to compile each on
  /// its own.
  ///
  /// - Parameter folder: an empty one of the program's own.
  init(
    of program: Program, with library: Library, by runner: Runner, in folder: String,
    timeout: Double = timeout, trialSeconds: Double = trialSeconds
  ) async throws(Fault) {
    self.trialSeconds = trialSeconds
    self.program = program
    self.library = library
    tools = ToolRunner(runner, library, in: folder)
    compiler = ProgramCompiler(program, library, tools, timeout: timeout)
    let units = try await compile()
    for index in program.cells.indices {
      if case .error(let text) = program.cells[index].kind {
        try await checkErrorCell(index, behind: units, expecting: text)
      }
      if program.cells[index].kind == .declarations { try await checkDeclarations(index) }
    }
    seconds = compiler.seconds
    inputs = tools.inputs
  }

  /// Gives the units that compile.
  private mutating func compile() async throws(Fault) -> [[Int]] {
    var units = program.units
    // Where a failure is shown that has no place of its own.
    guard let first = program.cells.first(where: \.compiles) else { return units }
    let place = Location(path: program.chapterPath, line: first.line, column: 1)
    let object = tools.workFolder("compile") + "/main.o"
    var result = try await compiler.compile(
      ProgramSource(of: program), in: "compile", to: .object(object))
    var errors: [Diagnostic] = []
    if !result.succeeded, result.isAboutCells, units.count > 1 || program.prelude != nil {
      var trials = CellTrials(compiler, seconds: trialSeconds)
      result = try await trials.run(result, object: object)
      (units, errors, leftOut) = (trials.good, trials.errors, trials.leftOut)
      tell(untried: trials.untried)
    }
    errors += result.errors
    if !result.succeeded {
      for index in units.joined() { leftOut[index] = .doesNotCompile }
      units = []
    }
    tell(errors, at: place)
    for warning in result.diagnostics where warning.severity == .warning {
      if let location = warning.location, !isOfScope(warning), !isOfInheritedMain(warning) {
        warnings.append(Warning(.compiler(warning.text), at: location))
      }
    }
    if !result.isAboutCells { isRepeatable = false }
    if let problem = result.problem { failures.append(Failure(.compile(problem), at: place)) }
    if program.mode == .run, !units.isEmpty { try await link(object, at: place) }
    return units
  }

  /// Whether the compiler finds a name without use that only a scope makes a local one.
  private func isOfScope(_ warning: Diagnostic) -> Bool {
    let cell = warning.location.flatMap { program.cell(at: $0) }
    return cell.map { program.cells[$0].isScope } ?? false
      && ["never used", "never read", "never mutated"].contains { warning.text.contains($0) }
  }

  /// Whether it says that a `main` that the cells do not show neither throws nor waits.
  private func isOfInheritedMain(_ warning: Diagnostic) -> Bool {
    program.cells.contains { $0.entryPoint?.isInherited == true }
      && (warning.text.hasPrefix("no 'async' operations occur within 'await'")
        || warning.text.hasPrefix("no calls to throwing functions occur within 'try'"))
  }

  /// In the order of their places.
  private mutating func tell(_ errors: [Diagnostic], at place: Location) {
    let sorted = errors.enumerated().sorted { a, b in
      let (first, second) = (a.element.location ?? place, b.element.location ?? place)
      return (first.position, a.offset) < (second.position, b.offset)
    }.map(\.element)
    for error in sorted.prefix(Self.mostErrors) {
      // A module of the chapter's defaults is missing.
      let imported = program.imports.contains { error.text == "no such module '\($0)'" }
      let ownPlace = error.location ?? (imported ? program.importsPlace : nil)
      failures.append(Failure(.compile(problem(error)), at: ownPlace ?? place))
    }
    if let next = sorted.dropFirst(Self.mostErrors).first {
      let count = sorted.count - Self.mostErrors
      failures.append(Failure(.compile(.moreErrors(count: count)), at: next.location ?? place))
    }
  }

  private mutating func tell(untried cells: [Int]) {
    guard let first = cells.first else { return }
    isRepeatable = false
    let place = Location(path: program.chapterPath, line: program.cells[first].line, column: 1)
    warnings.append(Warning(.untried(cells: cells.count, seconds: trialSeconds), at: place))
  }

  private mutating func link(_ object: String, at place: Location) async throws(Fault) {
    // A macro may have put a link to what only the linker shall read in its place.
    var status = stat()
    guard lstat(object, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      isRepeatable = false
      failures.append(
        Failure(.compile(.link(lines: ["the compiler left no object file"])), at: place))
      return
    }
    let executable = tools.workFolder("link") + "/program"
    let command = library.commands.linker.command(object: object, output: executable)
    let link = try await tools.run(
      command[0], Array(command.dropFirst()), in: "link", readable: [object],
      seconds: compiler.secondsLeft)
    if link.succeeded {
      self.executable = executable
    } else {
      isRepeatable = false
      let lines = link.errorLines
      let problem =
        compiler.problem(link, hasErrors: !lines.isEmpty)
        ?? .link(lines: Array(lines.prefix(10)))
      failures.append(Failure(.compile(problem), at: place))
    }
  }

  private func problem(_ error: Diagnostic) -> CompileProblem {
    if error.text.hasPrefix("no such module '"), let module = error.quotedName,
      library.manifest?.moduleNames.contains(module) == true
    {
      return .noProduct(module: module)
    }
    func cell(at location: Location?) -> Int? { location.flatMap { program.cell(at: $0) } }
    let isAcrossCells =
      error.text.hasPrefix("invalid redeclaration of ")
      && error.notes.contains { note in
        cell(at: note.location).map { $0 != cell(at: error.location) } ?? false
      }
    // Of a place in the prelude, a line alone would say nothing.
    let notes = error.notes.map { note in
      guard let place = note.location, place.path != program.chapterPath else { return note }
      return CompileProblem.Note(text: "\(note.text) (\(place.path):\(place.line))")
    }
    return isAcrossCells
      ? .redeclaration(error.text, notes: notes) : .error(error.text, notes: notes)
  }

  private mutating func checkDeclarations(_ index: Int) async throws(Fault) {
    let declarations = Declarations(program, cell: index, library, tools, compiler)
    let result = try await declarations.check()
    checks.append(
      Check(
        program: program.name, line: program.cells[index].line, kind: .declares,
        status: result.failures.isEmpty ? .passed : .failed))
    failures += result.failures
    if !result.isRepeatable { isRepeatable = false }
  }

  private mutating func checkErrorCell(
    _ index: Int, behind units: [[Int]], expecting text: String
  ) async throws(Fault) {
    let cell = program.cells[index]
    let source = ProgramSource(of: program, errorCell: index, units: units)
    let result = try await compiler.compile(source, in: "compile-\(index)", to: .sil)
    let isBehindLeftOut = leftOut.keys.contains { $0 < index }
    let isFound = result.errors.contains { error in
      error.location.flatMap { program.cell(at: $0) } == index
        && (text.isEmpty || error.text.contains(text))
        // What the compiler cannot find may be in a cell that does not compile.
        && !(isBehindLeftOut && error.text.hasPrefix("cannot find "))
    }
    // It may need such a cell.
    let isKnown = isFound || result.problem != nil || !isBehindLeftOut
    checks.append(
      Check(
        program: program.name, line: cell.line, kind: .error,
        status: isFound ? .passed : isKnown ? .failed : .skipped))
    guard !isFound else { return }
    guard isKnown else {
      leftOut[index] = .needs(cell: nil)
      return
    }
    if !result.isAboutCells { isRepeatable = false }
    let problem =
      result.problem
      ?? (result.errors.isEmpty
        ? .compiles(expectedError: text)
        : .otherErrors(expectedError: text, found: result.errors.prefix(5).map(\.text)))
    let place = Location(path: program.chapterPath, line: cell.line, column: 1)
    failures.append(Failure(.compile(problem), at: place))
  }
}
