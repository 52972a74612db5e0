/// Gathers the cells and output blocks of a chapter into programs.
struct ProgramsBuilder {
  /// Set by a failure that belongs to no one program.
  var areAllBroken = false

  private let path: String
  private var defaults = Options(of: .chapter)
  private var mainProgram = Program.mainName
  private var drafts: [Draft] = []
  private var indices: [String: Int] = [:]
  /// The programs of the nearest cell above.
  private var current: [Int] = []
  /// Where the nearest cell above is an exercise's.
  private var currentExercise: String?
  private var exercises = ExerciseCells()
  private var failures: [Failure] = []
  private var brokenPrograms: [Failure: Set<String>] = [:]
  private var warnings: [Warning] = []
  /// Of comments, each once also in a cell that programs share.
  private var toldPrints: Set<Position> = []
  private var quotes: [(quote: QuotedNumber, program: String, place: Position)] = []
  private var images: [(image: CurveImage, program: String, place: Position)] = []

  /// A program in the making.
  private struct Draft {
    var program: Program
    /// What each option that rules the whole program was set to first, and where.
    var settings: [OptionName: (value: String, line: Int)] = [:]
    var trapLine: Int?
    /// For the checks that need the whole program.
    var outputPlaces: [Position] = []
    var printsPlaces: [(cell: Int, place: Position)] = []
    /// Whether the lexer stood between statements after each cell.
    var endsAtTopLevel: [Bool] = []
  }

  init(path: String) {
    self.path = path
  }

  /// Begins a text of its own; its cells that name no program belong to `program`.
  mutating func begin(_ defaults: Options, program: String) {
    self.defaults = defaults
    mainProgram = program
    current = []
    currentExercise = nil
  }

  // MARK: - Fences

  /// Adds a cell to its programs; gives the first one's name.
  mutating func addCell(_ fence: Fence, _ options: Options, at place: Position) -> String {
    currentExercise = options.exercise
    if let name = options.exercise {
      current = []
      for (problem, place) in options.problems { fail(problem, at: place, of: []) }
      let problem = exercises.addStart(
        name, fence, at: place, isBroken: !options.problems.isEmpty)
      if let problem { fail(problem, at: place, of: []) }
      return Exercise.programName(name)
    }
    let names =
      options.programs ?? options.solution.map { [$0] } ?? defaults.programs ?? [mainProgram]
    current = names.map { index(of: $0) }
    for (problem, place) in options.problems { fail(problem, at: place, of: current) }
    if let name = options.solution {
      let problem = exercises.addSolution(
        name, at: place, program: current[0], cell: drafts[current[0]].program.cells.count)
      if let problem { fail(problem, at: place, of: current) }
    }
    for index in current {
      set(options, of: index, at: place)
      addCell(fence, options, to: index, at: place)
    }
    return names[0]
  }

  /// Adds an output block to the programs of the cell above it; gives the first one's name.
  mutating func addOutput(_ fence: Fence, _ options: Options, at place: Position) -> String? {
    for (problem, place) in options.problems { fail(problem, at: place, of: current) }
    if let name = currentExercise {
      fail(.outputOfExercise(name: name), at: place, of: [])
      return Exercise.programName(name)
    }
    guard !current.isEmpty else {
      fail(.outputWithoutCell, at: place, of: [])
      return nil
    }
    for index in current {
      drafts[index].outputPlaces.append(place)
      drafts[index].program.expectations.append(
        Expectation(
          line: fence.line, column: place.column, cellCount: drafts[index].program.cells.count,
          relativeTolerance: options.relativeTolerance ?? defaults.relativeTolerance,
          absoluteTolerance: options.absoluteTolerance ?? defaults.absoluteTolerance,
          below: options.below ?? defaults.below,
          decreasing: options.decreasing || defaults.decreasing, content: fence.content))
    }
    return drafts[current[0]].program.name
  }

  /// Adds a number in prose, whose comment stands at the place; its program may begin below.
  mutating func addNumber(
    _ number: Text.Line, _ label: String, _ options: Options, at place: Position
  ) {
    for name in options.programs ?? defaults.programs ?? [mainProgram] {
      let quote = QuotedNumber(
        number: number, label: label,
        cellCount: indices[name].map { drafts[$0].program.cells.count } ?? 0,
        relativeTolerance: options.relativeTolerance ?? defaults.relativeTolerance,
        absoluteTolerance: options.absoluteTolerance ?? defaults.absoluteTolerance)
      quotes.append((quote, name, place))
    }
  }

  /// Adds an image, whose comment stands at the place; its program may begin below.
  mutating func addImage(_ image: CurveImage, of program: String, at place: Position) {
    images.append((image, program, place))
  }

  private mutating func index(of name: String) -> Int {
    if let index = indices[name] { return index }
    indices[name] = drafts.count
    drafts.append(
      Draft(
        program: Program(
          name: name, chapterPath: path, mode: .run,
          timeout: defaults.timeout ?? Program.defaultTimeout,
          languageMode: defaults.languageMode ?? 5,
          relativeTolerance: defaults.relativeTolerance,
          absoluteTolerance: defaults.absoluteTolerance, cells: [], expectations: [],
          isBroken: false)))
    drafts[drafts.count - 1].program.optimizes = defaults.optimizes
    setContext(of: drafts.count - 1)
    setNoRun(defaults, of: drafts.count - 1)
    return drafts.count - 1
  }

  /// Takes over what a program sees besides its cells.
  private mutating func setContext(of index: Int) {
    func place(_ name: OptionName) -> Location? {
      defaults.places[name].map { Location(path: path, $0) }
    }
    drafts[index].program.imports = defaults.imports ?? []
    drafts[index].program.importsPlace = place(.imports)
    drafts[index].program.allowances = defaults.allowances
    setFiles(defaults, of: index)
    if let file = defaults.prelude, let place = place(.prelude) {
      drafts[index].program.prelude = Prelude(file: file, place: place)
    }
  }

  /// Takes over the options that rule a whole program.
  private mutating func set(_ options: Options, of index: Int, at place: Position) {
    if options.optimizes { drafts[index].program.optimizes = true }
    if let timeout = options.timeout, agree(.timeout, "\(timeout)", index, options) {
      drafts[index].program.timeout = timeout
    }
    setNoRun(options, of: index)
    drafts[index].program.allowances.formUnion(options.allowances)
    if let file = options.files, agree(.files, file, index, options) {
      setFiles(options, of: index)
    }
  }

  private mutating func setFiles(_ options: Options, of index: Int) {
    guard let file = options.files, let place = options.places[.files] else { return }
    drafts[index].program.givenFiles = GivenFiles(file: file, place: Location(path: path, place))
  }

  private mutating func setNoRun(_ options: Options, of index: Int) {
    guard options.noRun, drafts[index].program.mode == .run else { return }
    drafts[index].program.mode = .compileOnly
    drafts[index].program.noRunLine = options.places[.noRun]?.line
  }

  private mutating func agree(
    _ name: OptionName, _ value: String, _ index: Int, _ options: Options
  ) -> Bool {
    let place = options.places[name]!
    guard let earlier = drafts[index].settings[name] else {
      drafts[index].settings[name] = (value, place.line)
      return true
    }
    if earlier.value == value { return true }
    let program = drafts[index].program.name
    fail(
      .conflictingOption(name: name.rawValue, program: program, otherLine: earlier.line), at: place,
      of: [index])
    return false
  }

  private mutating func addCell(
    _ fence: Fence, _ options: Options, to index: Int, at place: Position
  ) {
    let name = drafts[index].program.name
    let skipReason = options.skip ?? defaults.skip
    if let trapLine = drafts[index].trapLine, skipReason == nil {
      fail(.cellAfterTrap(program: name, trapLine: trapLine), at: place, of: [index])
      // Once is enough.
      drafts[index].trapLine = nil
    }
    var cell = Cell(
      line: fence.line, kind: .plain, content: fence.content, prints: [], startsAtTopLevel: true,
      isScope: options.isScope || defaults.isScope, entryPoint: EntryPoint(in: fence.content))
    cell.hasValues = options.hasValues || defaults.hasValues
    if let skipReason {
      cell.kind = .skipped(reason: skipReason)
    } else if options.declares {
      cell.kind = .declarations
    } else if let text = options.error {
      cell.kind = .error(containing: text)
    } else if let text = options.traps {
      cell.kind = .trap(containing: text)
      drafts[index].trapLine = fence.line
    }
    drafts[index].program.cells.append(cell)
  }

  // MARK: - The whole

  /// The programs, after the checks that need all of their cells.
  consuming func finish() -> (
    programs: [Program], failures: [Failure], brokenPrograms: [Failure: Set<String>],
    warnings: [Warning]
  ) {
    for (quote, name, place) in quotes {
      add(to: name, at: place) { $0.quotedNumbers.append(quote) }
    }
    for (image, name, place) in images {
      add(to: name, at: place) { $0.curveImages.append(image) }
    }
    for index in drafts.indices {
      readCode(of: index)
      checkOutputs(of: index)
      checkPrints(of: index)
    }
    for (problem, place) in exercises.problems(in: drafts.map(\.program)) {
      fail(problem, at: place, of: [])
    }
    var programs = drafts.map(\.program)
    programs += exercises.programs(from: programs)
    if areAllBroken {
      for index in programs.indices { programs[index].isBroken = true }
    }
    return (programs, failures, brokenPrograms, warnings)
  }

  /// Finds where statements begin and end, and the `Prints` comments.
  private mutating func readCode(of index: Int) {
    let code = CellCode(of: drafts[index].program.cells)
    drafts[index].endsAtTopLevel = code.endsAtTopLevel
    for number in drafts[index].program.cells.indices {
      drafts[index].program.cells[number].startsAtTopLevel = code.startsAtTopLevel[number]
      for comment in code.prints[number] {
        let place = Position(line: comment.line, column: comment.column)
        if let text = comment.text {
          drafts[index].program.cells[number].prints.append(text)
        } else if toldPrints.insert(place).inserted {
          fail(.unclosedPrints, at: place, of: [index])
        }
      }
      readValues(of: number, in: index)
      let first =
        code.prints[number].first.map { ($0.line, $0.column) }
        ?? drafts[index].program.cells[number].prints.first.map { ($0.line, $0.column) }
      if let first {
        drafts[index].printsPlaces.append((number, Position(line: first.0, column: first.1)))
      }
    }
  }

  /// Takes over what comments of a cell say of values, among the `Prints` comments.
  private mutating func readValues(of number: Int, in index: Int) {
    let cell = drafts[index].program.cells[number]
    guard cell.hasValues, cell.compiles, cell.startsAtTopLevel else { return }
    let comments = ValueComments(in: cell.content)
    for place in comments.unbound where toldPrints.insert(place).inserted {
      fail(.valueOfNothing, at: place, of: [index])
    }
    drafts[index].program.cells[number].insertions = comments.insertions
    drafts[index].program.cells[number].prints = (cell.prints + comments.values).sorted {
      ($0.line, $0.column) < ($1.line, $1.column)
    }
  }

  /// Adds what is in prose about a program that must run.
  private mutating func add(
    to name: String, at place: Position, _ add: (inout Program) -> Void
  ) {
    guard let index = indices[name] else {
      let suggestion = nearestWord(to: name, among: drafts.map(\.program.name))
      return fail(.noSuchProgram(name: name, suggestion: suggestion), at: place, of: [])
    }
    add(&drafts[index].program)
    let program = drafts[index].program
    if program.isSkipped || program.mode == .compileOnly {
      let option = program.isSkipped ? "skip" : "no-run"
      fail(.outputNeverRuns(program: name, option: option), at: place, of: [index])
    }
  }

  private mutating func checkOutputs(of index: Int) {
    let program = drafts[index].program
    let cleanCuts = cleanCuts(of: drafts[index])
    var first = 0
    for (expectation, place) in zip(program.expectations, drafts[index].outputPlaces) {
      let cells = program.cells[first..<expectation.cellCount]
      first = expectation.cellCount
      if let skipped = cells.last(where: { $0.skipReason != nil }),
        !cells.contains(where: \.compiles)
      {
        fail(.outputOfSkippedCell(line: skipped.line), at: place, of: [index])
      } else if program.mode == .compileOnly {
        fail(.outputNeverRuns(program: program.name, option: "no-run"), at: place, of: [index])
      } else if !cleanCuts[expectation.cellCount - 1] {
        fail(.outputInsideStatement(program: program.name), at: place, of: [index])
      }
    }
  }

  private mutating func checkPrints(of index: Int) {
    let program = drafts[index].program
    let cleanCuts = cleanCuts(of: drafts[index])
    for (number, place) in drafts[index].printsPlaces {
      let cell = program.cells[number]
      if !cell.compiles || program.mode != .run {
        warnIgnoredPrints(at: place)
      } else if !cell.startsAtTopLevel || !cleanCuts[number] {
        fail(.printsInsideStatement(program: program.name), at: place, of: [index])
      }
    }
  }

  /// Whether a statement ends with each of the cells, or goes on in none: then the compiler tells.
  private func cleanCuts(of draft: Draft) -> [Bool] {
    var cuts: [Bool] = []
    var (hasNext, nextStartsStatement) = (false, true)
    for (cell, endsStatement) in zip(draft.program.cells, draft.endsAtTopLevel).reversed() {
      cuts.append((endsStatement || !hasNext) && nextStartsStatement)
      if cell.compiles { (hasNext, nextStartsStatement) = (true, cell.startsAtTopLevel) }
    }
    return cuts.reversed()
  }

  private mutating func warnIgnoredPrints(at place: Position) {
    guard toldPrints.insert(place).inserted else { return }
    warnings.append(Warning(.ignoredPrints, at: Location(path: path, place)))
  }

  private mutating func fail(_ problem: FormatProblem, at place: Position, of programs: [Int]) {
    let failure = Failure(
      .format(problem), at: Location(path: path, place))
    failures.append(failure)
    for index in programs {
      drafts[index].program.isBroken = true
      if !problem.mayHideProgram {
        brokenPrograms[failure, default: []].insert(drafts[index].program.name)
      }
    }
  }
}

extension FormatProblem {
  /// Whether its cell may be meant for another program than it is taken for.
  fileprivate var mayHideProgram: Bool {
    switch self {
    case .unknownOption(_, let suggestion?, _):
      OptionName(rawValue: suggestion).map(Self.naming.contains) ?? false
    case .missingValue(let option), .invalidValue(let option, _): Self.naming.contains(option)
    case .unclosedValue, .textAfterValue: true
    default: false
    }
  }

  private static let naming: [OptionName] = [.program, .exercise, .solution]
}
