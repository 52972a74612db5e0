import WorkbookSystem
import WorkbookChapters

/// Which cells of a program compile together, found with few runs of the compiler.
///
/// All are looked at at once; those with errors of their own are left out, and those that declare a name once
/// more, until the rest compiles. What is left out is grouped in the same way.
struct CellGrouping {
  /// The units of each program; those of the first stay where they are.
  private(set) var groups: [[[Int]]] = []
  /// What the compiler says of units in no group, by their first cells.
  private(set) var faults: [Int: [Diagnostic]] = [:]

  private let trials: Trials
  private let program: Program
  /// What the compiler says of units by themselves, by their first cells.
  private var alone: [Int: CompilerResult] = [:]

  /// More programs of one chapter help nobody.
  private static let mostGroups = 20

  init(_ program: Program, _ trials: Trials) {
    self.program = program
    self.trials = trials
  }

  /// Groups all of the program's units.
  mutating func run() async throws(Fault) {
    let units = program.units
    groups = [try await together(units)]
    var rest = try await movable(units.filter { !groups[0].contains($0) })
    while !rest.isEmpty, groups.count < Self.mostGroups {
      let good = try await together(rest)
      if good.isEmpty { break }
      groups.append(good)
      rest.removeAll { good.contains($0) }
    }
    try await explain()
  }

  /// Those that compile alone, or may do with others that are left out.
  private mutating func movable(_ units: [[Int]]) async throws(Fault) -> [[Int]] {
    let names = Set(units.flatMap { $0.flatMap { program.cells[$0].declaredNames } })
    let results = try await trials.all(units.map { [$0] }, of: program)
    for (unit, result) in zip(units, results) { alone[unit[0]] = result }
    return zip(units, results).filter { unit, result in
      result.succeeded
        || result.problem == nil
          && result.errors.allSatisfy { error in
            guard error.text.hasPrefix("cannot find "), let name = error.quotedName else {
              return false
            }
            return names.contains(name)
          }
    }.map(\.0)
  }

  /// The units that compile together.
  func together(_ all: [[Int]]) async throws(Fault) -> [[Int]] {
    var units = try await parsed(all)
    while !units.isEmpty {
      let result = try await trials.check(units, of: program, to: .sil)
      if result.succeeded { return units }
      let bad = suspects(result, units)
      if bad.isEmpty {
        if units.count == 1 { return [] }
        return try await together(Array(units.prefix(units.count / 2)))
      }
      units = units.enumerated().filter { !bad.contains($0.offset) }.map(\.element)
    }
    return []
  }

  /// Those that a parser takes for Swift: it sees all of them where the compiler stops.
  private func parsed(_ units: [[Int]]) async throws(Fault) -> [[Int]] {
    if units.isEmpty { return [] }
    let result = try await trials.check(units, of: program, to: .syntax)
    let bad = Set(errors(result, units).filter { $0.value.contains { !$0.isOfLibraries } }.keys)
    return units.enumerated().filter { !bad.contains($0.offset) }.map(\.element)
  }

  /// The numbers of the units to leave out next.
  private func suspects(_ result: CompilerResult, _ units: [[Int]]) -> Set<Int> {
    let found = errors(result, units)
    let missing = result.errors.filter { $0.text.hasPrefix("no such module ") }
      .compactMap(\.quotedName)
    if !missing.isEmpty {
      let importers = units.indices.filter { number in
        units[number].flatMap { program.cells[$0].content.lines }
          .contains { $0.importedModule.map { missing.contains($0.name) } ?? false }
      }
      if !importers.isEmpty { return Set(importers) }
    }
    let conflicts = result.errors.filter(\.isConflict)
    if conflicts.isEmpty { return Set(found.keys) }
    let names = Set(
      conflicts.compactMap(\.quotedName).map { String($0.prefix { $0 != "(" }) })
    let own = found.filter { number, errors in
      !errors.contains(where: \.isConflict)
        && !units[number].contains { program.cells[$0].mentions(names) }
    }
    if !own.isEmpty { return Set(own.keys) }
    let declaring = found.filter {
      $0.value.contains { $0.text.hasPrefix("invalid redeclaration") }
    }
    return Set((declaring.isEmpty ? found : declaring).keys)
  }

  private func errors(_ result: CompilerResult, _ units: [[Int]]) -> [Int: [Diagnostic]] {
    var found: [Int: [Diagnostic]] = [:]
    for error in result.errors {
      guard let cell = error.location.flatMap({ program.cell(at: $0) }),
        let number = units.firstIndex(where: { $0.contains(cell) })
      else { continue }
      found[number, default: []].append(error)
    }
    return found
  }

  /// Asks of each unit that is in no group what is wrong with it behind the first; what nothing is wrong with
  /// joins that.
  private mutating func explain() async throws(Fault) {
    let grouped = Set(groups.joined().map { $0[0] })
    let rest = program.units.filter { !grouped.contains($0[0]) }
    guard !rest.isEmpty else { return }
    let first = groups[0]
    let results = try await trials.all(
      rest.map { unit in (first + [unit]).sorted { $0[0] < $1[0] } }, of: program)
    var good: [[Int]] = []
    for (unit, behind) in zip(rest, results) {
      let own = alone[unit[0]] ?? CompilerResult()
      if behind.succeeded { good.append(unit) }
      func mine(_ result: CompilerResult) -> [Diagnostic] {
        result.errors.filter { error in
          error.location.flatMap { program.cell(at: $0) }.map(unit.contains) ?? false
        }
      }
      let clear = mine(behind).filter { !$0.isConflict }
      let words = clear.isEmpty ? mine(own) + mine(behind) : clear
      faults[unit[0]] = words.isEmpty ? own.errors + behind.errors : words
    }
    guard !good.isEmpty else { return }
    let more = try await together((first + good).sorted { $0[0] < $1[0] })
    if more.count > first.count, first.allSatisfy(more.contains) {
      groups[0] = more
      for unit in more { faults[unit[0]] = nil }
    }
  }
}

extension Diagnostic {
  /// Whether another cell has to do with it.
  fileprivate var isConflict: Bool {
    text.hasPrefix("invalid redeclaration") || text.contains("ambiguous")
  }
}

/// Runs the compiler on parts of programs, some at a time.
struct Trials: Sendable {
  let library: Library
  let runner: Runner
  let turns: Turns
  /// Where its files go.
  let scratch: String

  func check(
    _ units: [[Int]], of program: Program, to goal: ProgramCompiler.Goal = .sil
  ) async throws(Fault) -> CompilerResult {
    try await turns.wait()
    defer { turns.end() }
    let scratch = try Scratch(in: scratch)
    defer { scratch.remove() }
    let tools = ToolRunner(runner, library, in: scratch.path)
    let compiler = ProgramCompiler(program, library, tools, timeout: 120)
    return try await compiler.compile(
      ProgramSource(of: program, units: units), in: "try", to: goal)
  }

  /// The same of several, side by side.
  func all(_ parts: [[[Int]]], of program: Program) async throws(Fault) -> [CompilerResult] {
    try await sideBySide(parts) { units throws(Fault) in try await check(units, of: program) }
  }
}

/// What becomes of each, done side by side.
func sideBySide<Input: Sendable, Output: Sendable>(
  _ inputs: [Input], _ work: @escaping @Sendable (Input) async throws(Fault) -> Output
) async throws(Fault) -> [Output] {
  var results: [Int: Result<Output, Fault>] = [:]
  await withTaskGroup(of: (Int, Result<Output, Fault>).self) { group in
    for (index, input) in inputs.enumerated() {
      group.addTask {
        do throws(Fault) { return (index, .success(try await work(input))) } catch {
          return (index, .failure(error))
        }
      }
    }
    for await (index, result) in group { results[index] = result }
  }
  var outputs: [Output] = []
  for index in inputs.indices {
    guard let result = results[index] else { throw .cancelled }
    outputs.append(try result.get())
  }
  return outputs
}
