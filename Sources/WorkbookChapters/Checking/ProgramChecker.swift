import WorkbookSystem

/// Compares what a run of a program left behind with what its chapter expects.
///
/// What ran may lack cells, which by their indices are `leftOut`: behind the first of them, what is not as
/// expected may come of that, and no check fails.
///
/// Throws `Fault.cancelled` when the task is cancelled.
package func check(
  _ program: Program, _ transcript: Transcript, without leftOut: Set<Int> = []
) throws(Fault) -> CheckResult {
  var checker = ProgramChecker(program, transcript, leftOut)
  return try checker.check()
}

private struct ProgramChecker {
  let program: Program
  let transcript: Transcript
  let leftOut: Set<Int>
  /// The checked starts: they never go back, and never beyond the output.
  private let starts: [Int?]
  private var result = CheckResult(checks: [], failures: [], warnings: [])

  init(_ program: Program, _ transcript: Transcript, _ leftOut: Set<Int>) {
    self.program = program
    self.transcript = transcript
    self.leftOut = leftOut
    var last = 0
    starts = program.cells.indices.map { index in
      guard index < transcript.cellStarts.count, let start = transcript.cellStarts[index],
        start >= last, start <= transcript.output.count
      else { return nil }
      last = start
      return start
    }
  }

  mutating func check() throws(Fault) -> CheckResult {
    checkEnd()
    var start: Int? = 0
    var cellCount = 0
    for expectation in program.expectations {
      let end = boundary(after: expectation.cellCount)
      let isWhole = leftOut.isDisjoint(with: cellCount..<expectation.cellCount)
      try check(expectation, isWhole ? start : nil, end)
      (start, cellCount) = (end, expectation.cellCount)
    }
    for (index, cell) in program.cells.enumerated() where cell.compiles {
      try checkPrints(index, cell.prints)
      if let exercise = program.exercise, exercise.line == cell.line {
        try checkPrints(index, exercise.prints)
      }
    }
    try checkQuotedNumbers()
    checkImages()
    if isComplete { findUnchecked(from: start ?? transcript.output.count) }
    result.checks.sort { $0.line < $1.line }
    return result
  }

  /// Whether the cell has been part of what ran.
  private func isPart(_ index: Int) -> Bool {
    program.cells[index].compiles && !leftOut.contains(index)
  }

  /// Whether a cell is missing among the first `count`.
  private func lacksCells(before count: Int) -> Bool { leftOut.contains { $0 < count } }

  // MARK: - How it ended

  /// The cell that must trap; it is the last one.
  private var trapCell: Int? {
    program.cells.lastIndex { cell in
      if case .trap = cell.kind { true } else { false }
    }
  }

  /// Whether it came to the end that the chapter says.
  private var isComplete: Bool {
    switch transcript.end {
    case .exited(0): missedCell == nil
    case .trapped: trapCell.map(hasTrapped) ?? false
    default: false
    }
  }

  /// The first cell that should have begun and did not.
  private var missedCell: Int? {
    program.cells.indices.first { index in
      isPart(index) && program.cells[index].startsAtTopLevel && starts[index] == nil
    }
  }

  /// Whether the program got into the cell and trapped there; also in a function of an earlier cell.
  private func hasTrapped(in index: Int) -> Bool {
    guard case .trapped(_, let place) = transcript.end else { return false }
    let cell = program.cells[index]
    if cell.startsAtTopLevel { return starts[index] != nil }
    let lines = cell.content.lines
    guard let place, let first = lines.first, let last = lines.last else { return false }
    return (first.line...last.line).contains(place.line)
  }

  private mutating func checkEnd() {
    if let index = trapCell, checkTrap(index) { return }
    switch transcript.end {
    case .exited(0):
      if let missedCell { fail(.check(.endedEarly), program.cells[missedCell].line, 1) }
    case .trapped(_, let place?):
      result.failures.append(Failure(.run(.ended(transcript.end)), at: place))
    default:
      // The cell that ran last.
      let last = starts.lastIndex { $0 != nil } ?? program.cells.indices.first(where: isPart)
      fail(.run(.ended(transcript.end)), last.map { program.cells[$0].line } ?? 1, 1)
    }
  }

  /// Checks the cell that must trap; true if how the program ended is thereby told.
  private mutating func checkTrap(_ index: Int) -> Bool {
    let cell = program.cells[index]
    guard case .trap(let text) = cell.kind else { return false }
    if leftOut.contains(index) {
      addCheck(.traps, cell.line, .skipped)
      return false
    }
    var status = Check.Status.failed
    var isTold = true
    if case .trapped(let message, _) = transcript.end, hasTrapped(in: index) {
      if text.isEmpty || message.contains(text) {
        status = .passed
      } else {
        fail(.check(.otherTrap(expected: text, actual: message)), cell.line, 1)
      }
    } else if cell.startsAtTopLevel, starts[index] == nil {
      // It never got there.
      status = .skipped
      isTold = false
    } else if case .exited = transcript.end {
      fail(.check(.doesNotTrap(end: transcript.end)), cell.line, 1)
    } else {
      isTold = false
    }
    addCheck(.traps, cell.line, status)
    return isTold
  }

  // MARK: - What it printed

  /// How many bytes were printed when the first `count` cells had run; nil where they did not all run.
  private func boundary(after count: Int) -> Int? {
    let next = program.cells.indices.dropFirst(count).first(where: isPart)
    if let next { return starts[next] }
    return isComplete ? transcript.output.count : nil
  }

  private mutating func check(_ expectation: Expectation, _ start: Int?, _ end: Int?) throws(Fault)
  {
    guard let start, let end else { return addCheck(.output, expectation.line, .skipped) }
    let tolerance = Tolerance(
      relative: expectation.relativeTolerance, absolute: expectation.absoluteTolerance)
    let printed = PrintedLines(transcript.output, start..<end)
    let place = (line: expectation.line, column: expectation.column)
    let check = try OutputCheck(expectation.content.lines, printed, tolerance, at: place)
    let convergence = try Convergence.problems(of: expectation, printed)
    let isFailed = check.problem != nil || !convergence.isEmpty
    if isFailed, lacksCells(before: expectation.cellCount) {
      return addCheck(.output, expectation.line, .skipped)
    }
    let status = isFailed ? Check.Status.failed : .passed
    if let (problem, line, column) = check.problem { fail(.check(problem), line, column) }
    for problem in convergence { fail(.check(problem), place.line, place.column) }
    addCheck(.output, expectation.line, status, check, start..<end)
  }

  private mutating func checkPrints(_ index: Int, _ prints: [Text.Line]) throws(Fault) {
    guard let first = prints.first else { return }
    guard isPart(index), let start = starts[index], let end = boundary(after: index + 1) else {
      return addCheck(.prints, first.line, .skipped)
    }
    let tolerance = Tolerance(
      relative: program.relativeTolerance, absolute: program.absoluteTolerance)
    let check = try OutputCheck(
      prints, PrintedLines(transcript.output, start..<end), tolerance,
      at: (first.line, first.column))
    if check.problem != nil, lacksCells(before: index) {
      return addCheck(.prints, first.line, .skipped)
    }
    if let (problem, line, column) = check.problem { fail(.check(problem), line, column) }
    addCheck(
      .prints, first.line, check.problem == nil ? .passed : .failed, check, start..<end)
  }

  private mutating func checkQuotedNumbers() throws(Fault) {
    let lines =
      program.quotedNumbers.isEmpty
      ? nil : PrintedLines(transcript.output, transcript.output.indices)
    for quote in program.quotedNumbers {
      let line = quote.number.line
      guard isComplete, let lines, let boundary = boundary(after: quote.cellCount) else {
        addCheck(.value, line, .skipped)
        continue
      }
      let check = try QuotedNumberCheck(quote, lines, before: boundary)
      // The nearest line that begins so may be a missing cell's.
      if check.problem != nil, !leftOut.isEmpty {
        addCheck(.value, line, .skipped)
        continue
      }
      if let problem = check.problem { fail(.check(problem), line, quote.number.column) }
      result.checks.append(
        Check(
          program: program.name, line: line, kind: .value,
          status: check.problem == nil ? .passed : .failed,
          maxAbsoluteError: check.maxAbsoluteError, maxRelativeError: check.maxRelativeError,
          printed: check.printed))
    }
  }

  private mutating func checkImages() {
    for image in program.curveImages where image.picture != nil {
      guard isComplete, leftOut.isEmpty else {
        addCheck(.curve, image.file.line, .skipped)
        continue
      }
      let problem = image.problem(of: program, transcript.output)
      if let problem { fail(.check(problem), image.file.line, image.file.column) }
      addCheck(.curve, image.file.line, problem == nil ? .passed : .failed)
    }
  }

  /// Finds what was printed behind the last `output` block by cells without `Prints` comments.
  private mutating func findUnchecked(from checked: Int) {
    let known = program.cells.indices.filter { starts[$0] != nil }
    for (index, next) in zip(known, known.dropFirst().map(Optional.some) + [nil]) {
      let end = next.flatMap { starts[$0] } ?? transcript.output.count
      let start = max(checked, index == known.first ? 0 : starts[index] ?? 0)
      guard start < end, program.cells[index].prints.isEmpty else { continue }
      let count = PrintedLines(transcript.output, start..<end).count
      if count > 0 {
        let location = Location(
          path: program.chapterPath, line: program.cells[index].line, column: 1)
        result.warnings.append(Warning(.unchecked(lineCount: count), at: location))
      }
    }
  }

  // MARK: -

  private mutating func addCheck(
    _ kind: Check.Kind, _ line: Int, _ status: Check.Status, _ check: OutputCheck? = nil,
    _ printed: Range<Int>? = nil
  ) {
    result.checks.append(
      Check(
        program: program.name, line: line, kind: kind, status: status,
        maxAbsoluteError: check?.maxAbsoluteError, maxRelativeError: check?.maxRelativeError,
        printed: printed))
  }

  private mutating func fail(_ problem: Failure.Problem, _ line: Int, _ column: Int) {
    // A line that begins in a tab may begin before the first.
    let place = Location(path: program.chapterPath, line: line, column: max(1, column))
    result.failures.append(Failure(problem, at: place))
  }
}
