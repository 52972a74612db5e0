import Foundation
import WorkbookSystem
import WorkbookChapters

/// Finds what must be written into a chapter so that it passes: as little as may be.
struct ChapterAdoption {
  private(set) var facts: AdoptedChapter
  /// The file as it shall be; nil where what must be written cannot stand in it.
  private(set) var bytes: [UInt8]?

  private let entry: BookChapter
  private let trials: Trials
  private let lines: Set<Int>
  private var adoption = Adoption()
  private var drafts: [Draft] = []
  /// What the compiler says of cells that are left out.
  private var judged: [(errors: [Diagnostic], cell: Int, program: Program)] = []

  /// Seconds after which a program that is tried waits for something.
  static let runSeconds = 10.0

  init(_ entry: BookChapter, _ trials: Trials) {
    self.entry = entry
    self.trials = trials
    facts = AdoptedChapter(path: entry.chapter.path)
    lines = entry.chapter.adoptableLines(source: entry.source)
  }

  mutating func run() async throws(Fault) {
    let programs = entry.programs.filter { !$0.isBroken && $0.exercise == nil && !$0.isSkipped }
    facts.cells =
      Set(
        entry.programs.filter { $0.exercise == nil }.flatMap { $0.cells.map(\.line) }
      ).count
    for program in entry.programs where program.exercise == nil {
      for cell in program.cells { if let reason = cell.skipReason { skip(cell, reason) } }
    }
    let texts = isSwiftFile(entry.chapter.path) ? programs.map { [$0] } : [programs]
    for text in texts where !text.isEmpty { try await adopt(text) }
    for program in entry.programs where program.exercise == nil && !program.isBroken {
      try await judgeSkipped(in: program)
    }
    annotate()
    try writeOutputs()
    count()
  }

  // MARK: - Compiling

  /// Of programs that share their defaults.
  private mutating func adopt(_ programs: [Program]) async throws(Fault) {
    let trials = trials
    let whole = try await sideBySide(programs) { program throws(Fault) in
      program.units.isEmpty ? CompilerResult() : try await trials.check(program.units, of: program)
    }
    var drafts: [Draft] = []
    if whole.allSatisfy(\.succeeded) {
      drafts = programs.map { Draft($0, $0.units) }
    } else {
      let known = Set(programs.flatMap(\.modules))
      let offered = trials.modules.filter { !known.contains($0) }
      for program in programs {
        var grouping = CellGrouping(
          program.importing(offered), trials, fixed: fixedCells(of: program))
        try await grouping.run()
        for (index, units) in grouping.groups.enumerated() where index == 0 || !units.isEmpty {
          drafts.append(Draft(grouping.program, units, isNew: index > 0))
        }
        let first = drafts.count - grouping.groups.count
        for (index, errors) in grouping.faults.sorted(by: { $0.key < $1.key }) {
          let unit = grouping.program.units.first { $0[0] == index } ?? [index]
          if try await declares(unit, of: drafts[first].program, errors) {
            drafts[first].program.cells[index].kind = .declarations
          } else {
            leaveOut(unit, of: program, errors)
          }
        }
      }
      let needed = try await fewest(of: offered, drafts)
      if !needed.isEmpty, let line = programs.compactMap(\.cells.first?.line).min() {
        adoption.imports[line] = needed
      }
      for index in drafts.indices {
        drafts[index].program.imports.removeAll { name in
          offered.contains(name) && !needed.contains(name)
        }
      }
    }
    let settled = try await sideBySide(drafts) { draft throws(Fault) in
      try await ProgramTrial(trials).settle(draft)
    }
    for result in settled {
      self.drafts += result.drafts
      facts.mistakes += result.mistakes
    }
  }

  /// Whose options cannot be added to.
  private func fixedCells(of program: Program) -> Set<Int> {
    Set(
      program.cells.indices.filter { index in
        let line = program.cells[index].line
        return !lines.contains(line)
          || !(entry.chapter.fences.first { $0.line == line }?.mayMove ?? false)
      })
  }

  /// Whether a unit is a list of what the library declares.
  private mutating func declares(
    _ unit: [Int], of program: Program, _ errors: [Diagnostic]
  ) async throws(Fault) -> Bool {
    guard unit.count == 1, fixedCells(of: program).isDisjoint(with: unit) else { return false }
    let code = program.cells[unit[0]].content.string
    guard errors.contains(where: { SkipReason($0.text, code: code) == .noBody }) else {
      return false
    }
    let failures = try await trials.declarationFailures(unit[0], of: program)
    for failure in failures {
      if case .compile(.declaredOtherwise) = failure.problem {
        facts.mistakes.append((failure.location, failure.message.replacing("\n", with: " ")))
      }
    }
    return failures.isEmpty
  }

  private mutating func leaveOut(_ unit: [Int], of program: Program, _ errors: [Diagnostic]) {
    let text = errors.first?.text ?? "the compiler fails at this cell"
    for index in unit {
      let cell = program.cells[index]
      write("skip", fitted(text), above: cell)
      skip(cell, text)
      judged.append((errors, index, program))
    }
  }

  /// Of what the compiler says of a cell what looks like a mistake of the document.
  ///
  /// - Parameter counts: how often other cells declare a name: who knows which of several is meant.
  private mutating func noteMistakes(
    _ errors: [Diagnostic], in index: Int, of program: Program, _ counts: [String: Int],
    _ known: inout [String: Bool]
  ) {
    let code = program.cells[index].content.string
    let own = errors.filter { $0.location.flatMap { program.cell(at: $0) } == index }
    let reasons = own.map { SkipReason($0.text, code: code) }
    // What is no whole code has no mistakes, but for brackets too many.
    let isWhole = zip(own, reasons).allSatisfy { error, reason in
      ![.noBody, .notSwift, .missingContext].contains(reason)
        || error.text.hasPrefix("extraneous ")
    }
    guard isWhole, !reasons.contains(.abridged) else { return }
    for (error, reason) in zip(own, reasons) where reason == .other || reason == .notSwift {
      let isSure = error.isSure || !reasons.contains(.nameElsewhere)
      guard isSure, !error.isOfLackingCode, let place = error.location else { continue }
      let line = program.cells[index].content.lines.first { $0.line == place.line }
      let words = Set((error.quoted + [line?.text ?? ""]).flatMap(\.words))
      // What the library declares is not there on this system, or with these settings.
      if words.contains(where: { counts[$0, default: 0] > 1 }) { continue }
      if let name = error.missingMember {
        let isThere = known[name] ?? trials.library.mentions(name)
        known[name] = isThere
        if isThere { continue }
      }
      facts.mistakes.append((place, error.text))
    }
  }

  private mutating func tellMistakes() {
    if judged.isEmpty { return }
    let (counts, own) = declarations()
    var known: [String: Bool] = [:]
    for (errors, cell, program) in judged {
      // What the cell declares itself is what it means.
      var others = counts
      for name in (own[program.cells[cell].line] ?? [:]).keys { others[name] = nil }
      noteMistakes(errors, in: cell, of: program, others, &known)
    }
  }

  /// How often each name is declared, twice where that does not compile, and what each cell declares.
  private func declarations() -> (counts: [String: Int], own: [Int: [String: Int]]) {
    let compiled = Set(drafts.flatMap { $0.cells.map(\.line) })
    var counts: [String: Int] = [:]
    var own: [Int: [String: Int]] = [:]
    for cell in entry.programs.flatMap(\.cells) where own[cell.line] == nil {
      var names: [String: Int] = [:]
      for name in OuterNames(of: cell.content).declared { names[name, default: 0] += 1 }
      if !compiled.contains(cell.line) {
        for name in cell.declaredNames { names[name, default: 0] += 2 }
      }
      own[cell.line] = names
      counts.merge(names, uniquingKeysWith: +)
    }
    return (counts, own)
  }

  /// What is wrong with cells that an earlier run left out, or found to print something else, is told again.
  private mutating func judgeSkipped(in program: Program) async throws(Fault) {
    func fence(_ index: Int) -> Fence? {
      entry.chapter.fences.first { $0.line == program.cells[index].line }
    }
    let indices = program.cells.indices
    if indices.contains(where: { fence($0)?.isNotRunByAdoption ?? false }),
      program.cells.contains(where: { !$0.prints.isEmpty })
    {
      var tried = program
      tried.mode = .run
      facts.mistakes += try await ProgramTrial(trials).settle(Draft(tried, tried.units)).mistakes
    }
    let skipped = indices.filter {
      program.cells[$0].skipReason != nil && fence($0)?.isSkippedByAdoption ?? false
    }
    guard !skipped.isEmpty else { return }
    var whole = program.importing(trials.modules.filter { !program.modules.contains($0) })
    for index in skipped {
      whole.cells[index].kind = .plain
      whole.cells[index].startsAtTopLevel = true
    }
    var grouping = CellGrouping(whole, trials)
    for (index, errors) in try await grouping.errors(ofOthers: skipped.map { [$0] }) {
      judged.append((errors, index, whole))
    }
  }

  private mutating func skip(_ cell: Cell, _ reason: String) {
    facts.skipped.append(SkipReason(reason, code: cell.content.string))
  }

  /// The fewest of the modules with which all drafts compile.
  private func fewest(of modules: [String], _ drafts: [Draft]) async throws(Fault) -> [String] {
    let (entry, trials) = (entry, trials)
    @Sendable func suffices(_ some: [String], for draft: Draft) async throws(Fault) -> Bool {
      var program = draft.program
      program.imports.removeAll { modules.contains($0) && !some.contains($0) }
      if !program.units.isEmpty, try await !trials.check(program.units, of: program).succeeded {
        return false
      }
      // Those of the author need nothing of ours.
      for index in program.cells.indices where program.cells[index].kind == .declarations {
        guard entry.chapter.isPlain(program.cells[index].line) else { continue }
        if try await !trials.declarationFailures(index, of: program).isEmpty { return false }
      }
      return true
    }
    func suffice(_ some: [String]) async throws(Fault) -> Bool {
      // Most that are too few are so for the first.
      guard let first = drafts.first, try await suffices(some, for: first) else {
        return drafts.isEmpty
      }
      return try await sideBySide(Array(drafts.dropFirst())) { draft throws(Fault) in
        try await suffices(some, for: draft)
      }.allSatisfy(\.self)
    }
    if try await suffice([]) { return [] }
    for module in modules where try await suffice([module]) { return [module] }
    var needed = modules
    for module in modules.reversed() where needed.count > 2 {
      let fewer = needed.filter { $0 != module }
      if try await suffice(fewer) { needed = fewer }
    }
    return needed
  }

  // MARK: - Writing

  private mutating func write(_ name: String, _ value: String?, above cell: Cell) {
    guard lines.contains(cell.line),
      let fence = entry.chapter.fences.first(where: { $0.line == cell.line }),
      name == "program" ? fence.mayMove : fence.mayBeSkipped
    else { return }
    let option = value.map { value in
      value.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
        ? "\(name)=\(value)" : Adoption.option(name, value)
    }
    adoption.options[cell.line] =
      [adoption.options[cell.line], option ?? name].compactMap(\.self).joined(separator: " ")
  }

  /// Writes which programs cells belong to, which are scopes or declarations, and which are not run.
  private mutating func annotate() {
    var names = Set(entry.chapter.programs.map(\.name))
    drafts.sort { ($0.firstLine, $0.isNew ? 1 : 0) < ($1.firstLine, $1.isNew ? 1 : 0) }
    for index in drafts.indices where drafts[index].isNew {
      var number = 2
      let name = drafts[index].program.name
      let start = name == Program.mainName ? "" : name + "-"
      while names.contains("\(start)\(number)") { number += 1 }
      drafts[index].program.name = "\(start)\(number)"
      names.insert(drafts[index].program.name)
    }
    var programs: [Int: [Int]] = [:]
    for (number, draft) in drafts.enumerated() {
      for cell in draft.cells { programs[cell.line, default: []].append(number) }
    }
    settleNotRun(programs)
    var written: Set<Int> = []
    for draft in drafts {
      for cell in draft.program.cells
      where cell.compiles || cell.kind == .declarations {
        guard written.insert(cell.line).inserted else { continue }
        let own = programs[cell.line] ?? []
        if own.contains(where: { drafts[$0].isNew }) {
          let names = own.filter { !drafts[$0].isNew } + own.filter { drafts[$0].isNew }
          write(
            "program", names.map { drafts[$0].program.name }.joined(separator: " "), above: cell)
        }
        if entry.chapter.isPlain(cell.line) {
          if cell.isScope, cell.compiles { write("scope", nil, above: cell) }
          if cell.kind == .declarations { write("declares", nil, above: cell) }
        }
      }
    }
    for (number, draft) in drafts.enumerated() where draft.isNotRun {
      if let cell = draft.cells.first(where: { programs[$0.line] == [number] }) ?? draft.cells.first
      {
        write("no-run", nil, above: cell)
      }
    }
  }

  /// A program that is not run says so at a cell of its own; where it has none, those that share its first
  /// are not run either.
  private mutating func settleNotRun(_ programs: [Int: [Int]]) {
    for (number, draft) in drafts.enumerated()
    where draft.isNotRun && !draft.cells.contains(where: { programs[$0.line] == [number] }) {
      for other in draft.cells.first.flatMap({ programs[$0.line] }) ?? [] where other != number {
        drafts[other].isNotRun = true
        drafts[other].transcripts = []
      }
    }
  }

  private mutating func writeOutputs() throws(Fault) {
    for draft in drafts where !draft.transcripts.isEmpty {
      for (line, output) in draft.outputs where lines.contains(line) {
        if adoption.outputs[line] == nil { adoption.outputs[line] = output }
      }
    }
    let cells = entry.chapter.fences.filter { $0.role == .cell }.map(\.line)
    while true {
      bytes = entry.chapter.adopting(adoption, source: entry.source)
      guard let bytes else {
        if adoption.outputs.isEmpty { return }
        adoption.outputs = [:]
        continue
      }
      let new = Chapter(
        path: entry.chapter.path, bytes: bytes, readsPlainCode: entry.chapter.readsPlainCode
      ).readingPreludes()
      let newCells = new.fences.filter { $0.role == .cell }.map(\.line)
      let bad = Set(
        try badLines(in: new, cells, newCells).compactMap { line in
          newCells.lastIndex { $0 < line }.map { cells[$0] }
        }.filter { adoption.outputs[$0] != nil })
      if bad.isEmpty {
        if new.failures.count > entry.chapter.failures.count { self.bytes = nil }
        return
      }
      for line in bad { adoption.outputs[line] = nil }
    }
  }

  /// The blocks that do not hold what was printed, or may not stand where they do.
  private func badLines(
    in new: Chapter, _ old: [Int], _ cells: [Int]
  ) throws(Fault) -> [Int] {
    var bad = new.failures.map(\.location.line)
    for draft in drafts {
      guard let program = new.programs.first(where: { $0.name == draft.program.name }) else {
        continue
      }
      for transcript in draft.transcripts {
        var moved = transcript
        moved.cellStarts = program.cells.map { cell in
          guard let ordinal = cells.firstIndex(of: cell.line),
            let index = draft.program.cells.firstIndex(where: { $0.line == old[ordinal] })
          else { return nil }
          return transcript.cellStarts[index]
        }
        bad += try check(program, moved).checks
          .filter { $0.kind == .output && $0.status != .passed }.map(\.line)
      }
    }
    return bad
  }

  private mutating func count() {
    var compiled: Set<Int> = []
    var run: Set<Int> = []
    var checked: Set<Int> = []
    for draft in drafts {
      compiled.formUnion(draft.cells.map(\.line))
      let declared = draft.program.cells.filter { $0.kind == .declarations }.map(\.line)
      compiled.formUnion(declared)
      checked.formUnion(declared)
      if draft.transcripts.isEmpty { continue }
      run.formUnion(draft.cells.map(\.line))
      checked.formUnion(
        draft.cells.filter { cell in
          adoption.outputs[cell.line] != nil || !cell.prints.isEmpty || draft.isCovered(cell)
        }.map(\.line))
    }
    (facts.compiled, facts.run, facts.checked) = (compiled.count, run.count, checked.count)
    tellMistakes()
    facts.mistakes.sort { $0.location.position < $1.location.position }
  }
}

/// A program as it may be written.
struct Draft: Sendable {
  /// All cells of the one that it comes of; those that are none of its own are left out.
  var program: Program
  var isNew: Bool
  var isNotRun: Bool
  /// Of two runs that ended well.
  var transcripts: [Transcript] = []

  init(_ program: Program, _ units: [[Int]], isNew: Bool = false, isNotRun: Bool = false) {
    self.program = program
    self.isNew = isNew
    self.isNotRun = isNotRun
    let kept = Set(units.joined())
    for index in program.cells.indices where !kept.contains(index) {
      if program.cells[index].compiles || isNew {
        self.program.cells[index].kind = .skipped(reason: "it is elsewhere")
      }
    }
    for unit in units { self.program.cells[unit[0]].startsAtTopLevel = true }
    if isNew {
      self.program.expectations = []
      self.program.quotedNumbers = []
    }
  }

  var cells: [Cell] { program.cells.filter(\.compiles) }
  var firstLine: Int { cells.first?.line ?? 0 }

  /// Whether a block of the author's says what the cell prints.
  func isCovered(_ cell: Cell) -> Bool {
    let count = program.expectations.map(\.cellCount).max() ?? 0
    return program.cells[..<min(count, program.cells.count)].contains { $0.line == cell.line }
  }

  /// What blocks shall say, by the lines of the cells before them: what both runs printed there.
  var outputs: [Int: [String]] {
    var outputs: [Int: [String]] = [:]
    let units = program.units
    // What no block says is passed over by the next.
    var isBehindOther = false
    for (number, unit) in units.enumerated() {
      let last = program.cells[unit[unit.count - 1]]
      if isCovered(last) { continue }
      let printed = transcripts.map { transcript in
        let starts = units[number...].map { transcript.cellStarts[$0[0]] }
        guard let first = starts[0] else { return [UInt8]() }
        let end = starts.dropFirst().compactMap(\.self).first ?? transcript.output.count
        return Array(transcript.output[first..<max(first, end)])
      }
      if printed.allSatisfy(\.isEmpty) { continue }
      if last.prints.isEmpty, printed.allSatisfy({ $0 == printed[0] }),
        var lines = writable(printed[0])
      {
        if isBehindOther { lines.insert("...", at: 0) }
        outputs[last.line] = lines
        isBehindOther = false
      } else {
        isBehindOther = true
      }
    }
    return outputs
  }

  /// The lines of a block; nil where another day another thing would be printed, or none can say it.
  private func writable(_ printed: [UInt8]) -> [String]? {
    let most = 20
    guard let text = String(validating: printed, as: UTF8.self) else { return nil }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
    while lines.last == "" { lines.removeLast() }
    while lines.first == "" { lines.removeFirst() }
    let place = absolutePath(folder(of: program.chapterPath))
    let isWritable = lines.allSatisfy { line in
      line.trimmingCharacters(in: .whitespaces) != "..." && !line.contains(place)
        && !line.contains(#/\b(nan|inf)\b/#)
        && line.unicodeScalars.allSatisfy { $0.value >= 32 || $0 == "\t" }
    }
    guard isWritable, !lines.isEmpty else { return nil }
    return lines.count > most ? lines.prefix(most - 1) + ["..."] : lines
  }
}

extension Program {
  fileprivate func importing(_ modules: [String]) -> Program {
    var program = self
    program.imports += modules
    return program
  }
}

extension Diagnostic {
  fileprivate var quoted: [String] {
    text.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// The member that a type does not have.
  fileprivate var missingMember: String? {
    text.contains(" has no member '") ? quoted.last?.words.first : nil
  }

  /// Whether it may come of what stands elsewhere, or is not there on this system.
  fileprivate var isOfLackingCode: Bool {
    text.contains("(aka 'AnyObject')") || text.hasPrefix("cannot infer ")
      || text.hasPrefix("expansion of macro") || text.hasPrefix("value of type '(")
      || text.hasPrefix("result of ")
  }

  /// Whether it is one also where other names are missing.
  fileprivate var isSure: Bool {
    ["has no member", "extra argument", "incorrect argument label", "missing argument"]
      .contains { text.contains($0) }
  }
}

extension String {
  fileprivate var words: [String] {
    split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
  }
}

extension Library {
  /// Whether a source of the package declares something of that name.
  fileprivate func mentions(_ name: String) -> Bool {
    let words = ["func", "var", "let", "case"].map { Data("\($0) \(name)".utf8) }
    return stamp.sourceFolders.contains { folder in
      let files = FileManager.default.enumerator(
        at: URL(filePath: folder), includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
      while let file = files?.nextObject() as? URL {
        guard file.pathExtension == "swift", let data = try? Data(contentsOf: file) else {
          continue
        }
        if words.contains(where: { data.range(of: $0) != nil }) { return true }
      }
      return false
    }
  }
}

extension Chapter {
  /// Whether nothing says that the cell at a line is a scope, or declares.
  fileprivate func isPlain(_ line: Int) -> Bool {
    fences.first { $0.line == line }?.isPlain ?? true
  }
}

/// As much of a compiler's message as a comment has room for.
private func fitted(_ text: String) -> String {
  text.count <= 80 ? text : text.prefix(79) + "…"
}
