import WorkbookSystem
import WorkbookChapters

/// Which cells of a program compile together, found with few runs of the compiler.
///
/// First those are found that compile as one program. What is left is looked at behind them, each unit in a scope
/// of its own, all in one run: what has no errors there joins them, as a scope where it declares a name once
/// more. What needs other declarations of a name than the first program has gets another, with the cells that
/// declare what it mentions, the nearest above it.
struct CellGrouping {
  /// The units of each program; those of the first stay where they are, and others may share some with it.
  private(set) var groups: [[[Int]]] = []
  /// With its cells that are to be scopes.
  private(set) var program: Program
  /// What the compiler says of units in no group, by their first cells.
  private(set) var faults: [Int: [Diagnostic]] = [:]

  private let trials: Trials
  /// Cells whose options cannot be added to.
  private let fixed: Set<Int>
  private var names: UnitNames

  init(_ program: Program, _ trials: Trials, fixed: Set<Int> = []) {
    self.program = program
    self.trials = trials
    self.fixed = fixed
    names = UnitNames(of: program)
  }

  /// Groups all of the program's units.
  mutating func run() async throws(Fault) {
    let units = try await readable(program.units)
    names = UnitNames(of: program)
    try await findHiding(units)
    // A type that the library has, too, would hide that one from all others.
    groups = [try await together(units.filter { !names.hides($0) })]
    let first = groups[0]
    let rest = try await apart(units.filter { !first.contains($0) })
    guard !rest.isEmpty else { return }
    let errors = try await errors(of: rest, behind: first)
    let good = rest.filter { errors[$0[0], default: []].isEmpty }
    try await join(good)
    try await group(rest.filter { !groups[0].contains($0) }, errors)
    let placed = Set(groups.joined().map { $0[0] })
    try await addScopes(good.filter { !placed.contains($0[0]) })
  }

  // MARK: - What no compiler can read

  /// Those that a parser takes for Swift and whose modules are there: the compiler stops at others.
  private mutating func readable(_ all: [[Int]]) async throws(Fault) -> [[Int]] {
    if all.isEmpty { return [] }
    var units = all
    var bad = try await syntaxErrors(of: units)
    // Of cells between which brackets or quotes are open, one may be to blame: each is looked at alone.
    if bad.keys.contains(where: { units[$0].count > 1 }) {
      units = units.enumerated().flatMap { number, unit in
        bad[number] == nil ? [unit] : unit.map { [$0] }
      }
      for unit in units { program.cells[unit[0]].startsAtTopLevel = true }
      bad = try await syntaxErrors(of: units)
    }
    let missing = try await missingModules(units)
    for (number, unit) in units.enumerated() {
      let imports = program.missingModules(missing, in: unit)
      if !imports.isEmpty { bad[number] = imports + (bad[number] ?? []) }
    }
    for (number, errors) in bad { faults[units[number][0]] = errors }
    return units.enumerated().filter { bad[$0.offset] == nil }.map(\.element)
  }

  /// The units in their cells, where each can stand alone: one that begins with a `.` need not go on with the last.
  private mutating func apart(_ units: [[Int]]) async throws(Fault) -> [[Int]] {
    let cells = units.filter { $0.count > 1 }.joined().map { [$0] }
    if cells.isEmpty { return units }
    let bad = Set(try await syntaxErrors(of: cells).keys.map { cells[$0][0] })
    let parted = units.flatMap { unit in
      bad.isDisjoint(with: unit) ? unit.map { [$0] } : [unit]
    }
    for unit in parted { program.cells[unit[0]].startsAtTopLevel = true }
    let known = names.known
    names = UnitNames(of: program)
    names.known = known
    return parted
  }

  private func syntaxErrors(of units: [[Int]]) async throws(Fault) -> [Int: [Diagnostic]] {
    let result = try await trials.check(units, of: program, to: .syntax)
    return program.byUnit(result.errors.filter { !$0.isOfLibraries }, units)
  }

  /// Of the modules that units import those that are not there, all of them in one run.
  private func missingModules(_ units: [[Int]]) async throws(Fault) -> Set<String> {
    let imported = Set(
      units.joined().flatMap { program.cells[$0].content.lines }
        .compactMap { $0.importedModule?.name })
    if imported.isEmpty { return [] }
    var question = program
    question.imports = []
    question.module = nil
    let result = try await answer(
      to: imported.sorted().flatMap {
        ["#if !canImport(\($0))", "#warning(\"\($0)\")", "#endif"]
      }, behind: question)
    return Set(result.diagnostics.filter { $0.severity == .warning }.map(\.text))
      .intersection(imported)
  }

  /// What the compiler says of lines of our own.
  private func answer(
    to lines: [String], behind program: Program
  ) async throws(Fault) -> CompilerResult {
    guard var cell = program.cells.first else { return CompilerResult() }
    var question = program
    question.prelude = nil
    cell.kind = .plain
    cell.isScope = false
    cell.entryPoint = nil
    cell.content = Text(
      lines: lines.enumerated().map { number, line in
        Text.Line(text: line, line: cell.line + 1 + number, column: 1)
      })
    question.cells = [cell]
    return try await trials.check([[0]], of: question, to: .types)
  }

  /// Finds the types that units declare and modules have, too.
  private mutating func findHiding(_ units: [[Int]]) async throws(Fault) {
    let types = names.types(of: units).sorted()
    if types.isEmpty { return }
    let imports = Set(
      units.joined().flatMap { program.cells[$0].content.lines }
        .compactMap { $0.importedModule?.name })
    let result = try await answer(
      to: imports.sorted().map { "import \($0)" } + types.map { "extension \($0) {}" },
      behind: program)
    let unknown = result.errors.filter { $0.text.hasPrefix("cannot find type ") }
      .compactMap(\.quotedName)
    if result.problem == nil { names.known = Set(types).subtracting(unknown) }
  }

  // MARK: - The first program

  /// The units that compile together.
  func together(_ all: [[Int]]) async throws(Fault) -> [[Int]] {
    var units = all
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

  /// The numbers of the units to leave out next.
  private func suspects(_ result: CompilerResult, _ units: [[Int]]) -> Set<Int> {
    let found = program.byUnit(result.errors, units)
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

  // MARK: - Behind the first program

  /// The same of units that are not part of the program, also where no compiler can read them.
  mutating func errors(ofOthers units: [[Int]]) async throws(Fault) -> [Int: [Diagnostic]] {
    let first = program.units.filter { !units.contains($0) }
    let readable = try await readable(units)
    let errors = try await errors(of: readable, behind: first)
    return faults.merging(errors.mapValues { $0.filter { !$0.isOfScope } }) { $1 }
  }

  /// What the compiler says of each unit in a scope of its own behind others, by its first cell; nothing is said
  /// of those that cannot be in one.
  func errors(
    of units: [[Int]], behind first: [[Int]]
  ) async throws(Fault) -> [Int: [Diagnostic]] {
    let size = max(1, min(40, (units.count + 1) / 2))
    let parts = stride(from: 0, to: units.count, by: size).map {
      Array(units[$0..<min($0 + size, units.count)])
    }
    let found = try await sideBySide(parts) { part throws(Fault) in
      try await scopeErrors(of: part, behind: first)
    }
    return found.reduce(into: [:]) { all, part in all.merge(part) { $1 } }
  }

  private func scopeErrors(
    of units: [[Int]], behind first: [[Int]]
  ) async throws(Fault) -> [Int: [Diagnostic]] {
    let alone = units.filter { $0.count == 1 }
    let scopes = program.withScopes(alone)
    let result = try await trials.check(inOrder(first + alone), of: scopes, to: .types)
    let crashed = Diagnostic(
      severity: .error, text: "the compiler fails at this cell",
      location: Location(
        path: program.chapterPath, line: program.cells[units[0][0]].line, column: 1))
    if result.problem != nil {
      if units.count == 1 { return [units[0][0]: [crashed]] }
      var found: [Int: [Diagnostic]] = [:]
      for half in [units.prefix(units.count / 2), units.dropFirst(units.count / 2)] {
        found.merge(try await scopeErrors(of: Array(half), behind: first)) { $1 }
      }
      return found
    }
    var found: [Int: [Diagnostic]] = [:]
    for (number, errors) in program.byUnit(result.errors, units) {
      found[units[number][0]] = errors
    }
    for unit in units where unit.count > 1 || unit.contains(where: { program.cells[$0].imports }) {
      found[unit[0], default: []].append(
        Diagnostic(severity: .error, text: Diagnostic.onlyAtFileScope, location: nil))
    }
    return found
  }

  /// Those that declare nothing once more need no scope.
  private mutating func join(_ units: [[Int]]) async throws(Fault) {
    var taken = names.declared(by: groups[0])
    let free = units.filter { unit in
      let own = names.declared(by: [unit])
      defer { taken.formUnion(own) }
      return taken.isDisjoint(with: own)
    }
    guard !free.isEmpty else { return }
    let first = groups[0]
    let more = try await together(inOrder(first + free))
    if first.allSatisfy(more.contains) { groups[0] = more }
  }

  private mutating func addScopes(_ units: [[Int]]) async throws(Fault) {
    var scopes: [[Int]] = []
    for unit in units {
      if fixed.isDisjoint(with: unit) {
        scopes.append(unit)
      } else {
        faults[unit[0]] = [conflict(of: unit)]
      }
    }
    let first = groups[0]
    while !scopes.isEmpty {
      let all = inOrder(first + scopes)
      let scoped = program.withScopes(scopes)
      let result = try await trials.check(all, of: scoped, to: .sil)
      if result.succeeded {
        groups[0] = all
        program = scoped
        return
      }
      let bad = program.byUnit(result.errors, scopes)
      for (number, errors) in bad { faults[scopes[number][0]] = errors }
      if bad.isEmpty { for unit in scopes { faults[unit[0]] = result.errors } }
      scopes =
        bad.isEmpty ? [] : scopes.enumerated().filter { bad[$0.offset] == nil }.map(\.element)
    }
  }

  private func conflict(of unit: [Int]) -> Diagnostic {
    let name = names.declared(by: [unit]).intersection(names.declared(by: groups[0])).sorted().first
    return Diagnostic(
      severity: .error, text: "invalid redeclaration of '\(name ?? "a name")'",
      location: Location(path: program.chapterPath, line: program.cells[unit[0]].line, column: 1))
  }

  // MARK: - Other programs

  /// Finds programs for those that do not compile behind the first one, and what is wrong with the others.
  private mutating func group(
    _ units: [[Int]], _ errors: [Int: [Diagnostic]]
  ) async throws(Fault) {
    let bad = units.filter { !errors[$0[0], default: []].isEmpty }
    let usable = program.units.filter { faults[$0[0]] == nil }
    var contexts: [[[Int]]] = []
    for unit in bad where fixed.isDisjoint(with: unit) && isOpen(unit, errors[unit[0]] ?? []) {
      for isHiding in [false, true] {
        let context = names.context(
          of: unit, among: usable.filter { isHiding || !names.hides($0) })
        if let context = allowed(context, of: unit), contexts.last != context {
          contexts.append(context)
        }
      }
    }
    let results = try await trials.all(contexts, of: program)
    for (context, result) in zip(contexts, results) where result.succeeded {
      try await place(context)
    }
    let placed = Set(groups.joined().map { $0[0] })
    for unit in bad where !placed.contains(unit[0]) {
      let own = (errors[unit[0]] ?? []).filter { !$0.isOfScope }
      let among = zip(contexts, results).first { $0.0.contains(unit) }?.1.errors ?? []
      let behind = among.filter { error in
        error.location.flatMap { program.cell(at: $0) }.map(unit.contains) ?? false
      }
      let words = [own, behind, among].first { !$0.isEmpty } ?? [conflict(of: unit)]
      faults[unit[0]] = words
    }
  }

  /// A context as far as it may be shared.
  private func allowed(_ context: [[Int]], of unit: [Int]) -> [[Int]]? {
    let shared = context.filter { groups[0].contains($0) }
    // What a block says is printed by one program.
    guard shared.isEmpty || program.expectations.isEmpty,
      context.allSatisfy({ fixed.isDisjoint(with: $0) })
    else { return context.count == shared.count ? nil : [unit] }
    return context
  }

  /// Whether another program than the first could help a unit.
  private func isOpen(_ unit: [Int], _ errors: [Diagnostic]) -> Bool {
    let isMissing = errors.contains { error in
      guard error.text.hasPrefix("cannot find "), let name = error.quotedName else { return false }
      return !names.isDeclared(name)
    }
    if isMissing { return false }
    return errors.contains(where: \.isOfScope) || names.mayDiffer(unit, from: groups[0])
  }

  private mutating func place(_ context: [[Int]]) async throws(Fault) {
    for index in groups.indices.dropFirst().reversed().prefix(3) {
      let union = inOrder(groups[index] + context.filter { !groups[index].contains($0) })
      if union.count == groups[index].count { return }
      guard names.areDistinct(union) else { continue }
      if try await trials.check(union, of: program, to: .sil).succeeded {
        groups[index] = union
        return
      }
    }
    groups.append(context)
  }

  /// Units with all those of the program that they need.
  func context(of units: [[Int]]) -> [[Int]] {
    let all = program.units
    return inOrder(Array(Set(units.flatMap { names.context(of: $0, among: all) })))
  }

  private func inOrder(_ units: [[Int]]) -> [[Int]] { units.sorted { $0[0] < $1[0] } }
}

/// Which unit declares what another mentions.
struct UnitNames {
  private var outer: [Int: OuterNames] = [:]
  private var mentioned: [Int: Set<String>] = [:]
  /// The first cells of the units that declare a name, in order.
  private var declarers: [String: [Int]] = [:]

  /// Types that modules have, too.
  var known: Set<String> = []

  /// Of no use to a reader who has to find them all.
  private static let mostUnits = 40

  init(of program: Program) {
    for unit in program.units {
      let code = Text(lines: unit.flatMap { program.cells[$0].content.lines })
      let names = OuterNames(of: code)
      outer[unit[0]] = names
      mentioned[unit[0]] = Set(
        code.string.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
      for name in names.declared { declarers[name, default: []].append(unit[0]) }
    }
  }

  func types(of units: [[Int]]) -> Set<String> {
    Set(units.flatMap { outer[$0[0]]?.types ?? [] })
  }

  /// Whether the unit declares a type that modules have, too.
  func hides(_ unit: [Int]) -> Bool {
    !known.isEmpty && !(outer[unit[0]]?.types.isDisjoint(with: known) ?? true)
  }

  func isDeclared(_ name: String) -> Bool { declarers[name] != nil }

  func declared(by units: [[Int]]) -> Set<String> {
    Set(units.flatMap { outer[$0[0]]?.declared ?? [] })
  }

  /// Whether no name is declared by two of them.
  func areDistinct(_ units: [[Int]]) -> Bool {
    let all = units.flatMap { outer[$0[0]]?.declared ?? [] }
    return all.count == Set(all).count
  }

  /// Whether a name that the unit mentions may mean something else than in a program.
  func mayDiffer(_ unit: [Int], from program: [[Int]]) -> Bool {
    let members = Set(program.map { $0[0] })
    return (mentioned[unit[0]] ?? []).contains { name in
      (declarers[name] ?? []).contains { $0 != unit[0] && !members.contains($0) }
    }
  }

  /// The unit with those that declare what it mentions, and what these do: of several the nearest above it,
  /// else the first below; and the extensions of such types that stand between.
  func context(of unit: [Int], among units: [[Int]]) -> [[Int]] {
    let usable = Dictionary(units.map { ($0[0], $0) }) { $1 }
    var found: Set = [unit[0]]
    var rest = [unit[0]]
    var taken = outer[unit[0]]?.declared ?? []
    while let next = rest.popLast(), found.count < Self.mostUnits {
      for name in (mentioned[next] ?? []).subtracting(taken).sorted() {
        let candidates = (declarers[name] ?? []).filter { usable[$0] != nil }
        guard
          let declarer = candidates.last(where: { $0 < unit[0] }) ?? candidates.first,
          found.insert(declarer).inserted
        else { continue }
        taken.formUnion(outer[declarer]?.declared ?? [])
        rest.append(declarer)
        for other in usable.keys.sorted() where other > declarer && other < unit[0] {
          if outer[other]?.extended.contains(name) ?? false,
            taken.isDisjoint(with: outer[other]?.declared ?? []), found.insert(other).inserted
          {
            rest.append(other)
          }
        }
      }
    }
    return found.compactMap { usable[$0] ?? ($0 == unit[0] ? unit : nil) }
      .sorted { $0[0] < $1[0] }
  }
}

extension Program {
  /// The same with units in scopes of their own, and what they import in front of all.
  fileprivate func withScopes(_ units: [[Int]]) -> Program {
    var program = self
    for unit in units where unit.count == 1 {
      let index = unit[0]
      program.cells[index].isScope = true
      for number in program.cells[index].content.lines.indices {
        guard let module = program.cells[index].content.lines[number].importedModule?.name else {
          continue
        }
        program.cells[index].content.lines[number].text = ""
        if !program.modules.contains(module) { program.imports.append(module) }
      }
    }
    return program
  }
}

extension Cell {
  fileprivate var imports: Bool { content.lines.contains { $0.importedModule != nil } }
}

extension Diagnostic {
  fileprivate static let onlyAtFileScope = "declaration is only valid at file scope"

  /// Whether another cell has to do with it.
  fileprivate var isConflict: Bool {
    text.hasPrefix("invalid redeclaration") || text.contains("ambiguous")
  }

  /// Whether it would not be told outside of a scope.
  fileprivate var isOfScope: Bool {
    text.hasSuffix("file scope") || text.hasSuffix("in a non-local scope")
      || text.hasPrefix("'main' attribute cannot be used")
  }
}
