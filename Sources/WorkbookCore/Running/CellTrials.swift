import Foundation
import WorkbookSystem
import WorkbookChapters

/// Judges the cells of a program that does not compile, each behind those before it that do.
///
/// They are first looked at together: what has no errors there is taken for good. Of the others, those that
/// mention a name that several declare are tried one after the other; the errors of the rest are their own. What
/// compiles only with a cell that is left out needs that one, and is left out, too.
struct CellTrials {
  /// The units that compile together.
  private(set) var good: [[Int]] = []
  private(set) var leftOut: [Int: CellObstacle] = [:]
  private(set) var errors: [Diagnostic] = []
  /// Cells whose errors are told as they were seen among all the others, for want of time.
  private(set) var untried: [Int] = []

  private let compiler: ProgramCompiler
  private let program: Program
  /// When trying ends.
  private let deadline: Double
  /// What cells that are left out declare.
  private var declared: [Int: Set<String>] = [:]

  init(_ compiler: ProgramCompiler, seconds: Double) {
    self.compiler = compiler
    program = compiler.program
    deadline = compiler.seconds + seconds
  }

  /// Finds the units that compile, and makes an object of them; gives what the compiler says of that.
  ///
  /// - Parameter whole: what it says of all cells together.
  mutating func run(
    _ whole: CompilerResult, object: String
  ) async throws(Fault) -> CompilerResult {
    if let errors = try await preludeErrors(whole) {
      self.errors = errors
      for index in program.units.joined() { leftOut[index] = .doesNotCompile }
      return CompilerResult()
    }
    var units = try await parsed()
    var together = units == program.units ? whole : try await types(of: units)
    while leaveOutImporters(of: missingModules(together), from: &units) {
      together = try await types(of: units)
    }
    try await tryEach(units, together)
    let result = try await compileGood(to: object)
    // What is left out has a reason, and the program fails for it.
    if errors.isEmpty, !leftOut.isEmpty { errors = whole.errors }
    return result
  }

  private func types(of units: [[Int]]) async throws(Fault) -> CompilerResult {
    try await compiler.compile(
      ProgramSource(of: program, units: units), in: "try", to: .types)
  }

  /// Those of the prelude, without which nothing can be said of the cells; nil where there are none.
  private func preludeErrors(_ whole: CompilerResult) async throws(Fault) -> [Diagnostic]? {
    guard let prelude = program.prelude else { return nil }
    let syntax = try await compiler.compile(
      ProgramSource(of: program, units: []), in: "try", to: .syntax)
    for result in [syntax, whole] {
      let errors = result.errors.filter {
        $0.location?.path == prelude.path && !$0.isOfLibraries
      }
      if !errors.isEmpty { return errors }
    }
    return nil
  }

  // MARK: - By themselves

  /// The units that are Swift, as far as a parser can tell.
  private mutating func parsed() async throws(Fault) -> [[Int]] {
    let units = program.units
    let found = try await syntaxErrors(of: units)
    // Where brackets do not fit, one cell of several is to blame: each is looked at alone.
    let parted = units.enumerated().flatMap { number, unit in
      (found[number] ?? []).contains(where: \.isOfBrackets) ? unit.map { [$0] } : [unit]
    }
    let errors = parted == units ? found : try await syntaxErrors(of: parted)
    for (number, unit) in parted.enumerated() {
      if let errors = errors[number] { leaveOut(unit, for: errors) }
    }
    return parted.enumerated().filter { errors[$0.offset] == nil }.map(\.element)
  }

  private func syntaxErrors(of units: [[Int]]) async throws(Fault) -> [Int: [Diagnostic]] {
    let result = try await compiler.compile(
      ProgramSource(of: program, units: units), in: "try", to: .syntax)
    return program.byUnit(result.errors.filter { !$0.isOfLibraries }, units)
  }

  // MARK: - Modules

  private func missingModules(_ result: CompilerResult) -> Set<String> {
    Set(
      result.errors.compactMap { error in
        error.text.hasPrefix("no such module '") ? error.quotedName : nil
      })
  }

  /// The compiler stops at the first module that it cannot find, and then sees nothing else.
  private mutating func leaveOutImporters(
    of modules: Set<String>, from units: inout [[Int]]
  ) -> Bool {
    let count = units.count
    units.removeAll { unit in
      let missing = program.missingModules(modules, in: unit)
      if !missing.isEmpty { leaveOut(unit, for: missing) }
      return !missing.isEmpty
    }
    return units.count < count
  }

  // MARK: - One after the other

  private mutating func tryEach(
    _ units: [[Int]], _ together: CompilerResult
  ) async throws(Fault) {
    let suspects = program.byUnit(together.errors, units)
    let contested = contestedNames(of: units)
    for (number, unit) in units.enumerated() {
      guard suspects[number] != nil || together.problem != nil else {
        good.append(unit)
        continue
      }
      let seen = suspects[number] ?? []
      if !seen.isEmpty, !unit.contains(where: { program.cells[$0].mentions(contested) }) {
        judge(unit, seen)
        continue
      }
      guard compiler.seconds < deadline else {
        untried += unit
        leaveOut(unit, for: seen)
        continue
      }
      let result = try await types(of: good + [unit])
      // Those of the units before it may come of what it declares once more.
      let found = program.byUnit(result.errors, good + [unit])
      var errors = found[good.count] ?? []
      if found.isEmpty, !result.succeeded {
        errors = [Diagnostic(severity: .error, text: result.words, location: place(of: unit))]
      }
      if errors.isEmpty { good.append(unit) } else { judge(unit, errors) }
    }
  }

  /// Names that cells left out before the unit declare are not its own fault.
  private mutating func judge(_ unit: [Int], _ errors: [Diagnostic]) {
    let own = errors.filter { declarer(of: $0) == nil }
    if own.isEmpty { leaveOut(unit, needed: errors) } else { leaveOut(unit, for: own) }
  }

  /// The names that more than one unit declares, so that among all of them nobody's use is sure.
  private func contestedNames(of units: [[Int]]) -> Set<String> {
    var counts: [String: Int] = [:]
    for unit in units {
      for name in Set(unit.flatMap { program.cells[$0].declaredNames }) {
        counts[name, default: 0] += 1
      }
    }
    return Set(counts.filter { $0.value > 1 }.keys)
  }

  private mutating func compileGood(to object: String) async throws(Fault) -> CompilerResult {
    while !good.isEmpty {
      let result = try await compiler.compile(
        ProgramSource(of: program, units: good), in: "compile", to: .object(object))
      if result.succeeded { return result }
      let early = try await types(of: good)
      let found = program.byUnit(early.succeeded ? result.errors : early.errors, good)
      guard !found.isEmpty else { return result }
      for (number, errors) in found.sorted(by: { $0.key < $1.key }) {
        // Errors of types come of what is missing; those that are found behind them are a cell's own.
        if early.succeeded || errors.contains(where: { $0.text.contains("ambiguous") }) {
          leaveOut(good[number], for: errors)
        } else {
          leaveOut(good[number], needed: errors)
        }
      }
      good = good.enumerated().filter { found[$0.offset] == nil }.map(\.element)
    }
    return CompilerResult()
  }

  // MARK: - Leaving out

  private mutating func leaveOut(_ unit: [Int], for errors: [Diagnostic]) {
    self.errors += errors
    for index in unit { leftOut[index] = .doesNotCompile }
  }

  private mutating func leaveOut(_ unit: [Int], needed errors: [Diagnostic]) {
    let cell = errors.compactMap { declarer(of: $0) }.first
    for index in unit { leftOut[index] = .needs(cell: cell) }
  }

  /// The cell left out that declares the name that the compiler cannot find.
  private mutating func declarer(of error: Diagnostic) -> Int? {
    guard error.text.hasPrefix("cannot find "), let name = error.quotedName else { return nil }
    for index in leftOut.keys where declared[index] == nil {
      // What a scope declares ends with it.
      let cell = program.cells[index]
      declared[index] = cell.isScope ? [] : cell.declaredNames
    }
    return declared.filter { $0.value.contains(name) }.keys.max()
  }

  // MARK: - Places

  private func place(of unit: [Int]) -> Location {
    Location(path: program.chapterPath, line: program.cells[unit[0]].line, column: 1)
  }
}

extension CompilerResult {
  /// What it says beside all places.
  fileprivate var words: String {
    errors.first { $0.location == nil }?.text ?? "the compiler fails at this cell"
  }
}
