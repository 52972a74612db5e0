/// The exercises of a chapter and their solutions, and the programs that they make together.
struct ExerciseCells {
  /// A reader's cell.
  private struct Start {
    var name: String
    var fence: Fence
    var place: Position
    var isBroken: Bool

    /// The `Prints` comments that say nothing.
    var unclosedPrints: [Position] {
      let cell = Cell(
        line: fence.line, kind: .plain, content: fence.content, prints: [], startsAtTopLevel: true)
      return CellCode(of: [cell]).prints[0].filter { $0.text == nil }.map {
        Position(line: $0.line, column: $0.column)
      }
    }
  }

  /// The book's cell, and which one of which program it is.
  private struct Solution {
    var name: String
    var place: Position
    var program: Int
    var cell: Int
  }

  private var starts: [Start] = []
  private var solutions: [Solution] = []

  mutating func addStart(
    _ name: String, _ fence: Fence, at place: Position, isBroken: Bool
  ) -> FormatProblem? {
    let earlier = starts.first { $0.name == name }
    starts.append(Start(name: name, fence: fence, place: place, isBroken: isBroken))
    return earlier.map { .duplicateCell(option: .exercise, name: name, otherLine: $0.place.line) }
  }

  mutating func addSolution(
    _ name: String, at place: Position, program: Int, cell: Int
  ) -> FormatProblem? {
    let earlier = solutions.first { $0.name == name }
    solutions.append(Solution(name: name, place: place, program: program, cell: cell))
    return earlier.map { .duplicateCell(option: .solution, name: name, otherLine: $0.place.line) }
  }

  /// What has no other half, and where no program runs that could tell an answer from its start.
  func problems(in programs: [Program]) -> [(FormatProblem, Position)] {
    let (asked, answered) = (starts.map(\.name), solutions.map(\.name))
    var problems: [(FormatProblem, Position)] = []
    for start in starts where !answered.contains(start.name) {
      let suggestion = nearestWord(to: start.name, among: answered)
      problems.append(
        (.exerciseWithoutSolution(name: start.name, suggestion: suggestion), start.place))
    }
    for solution in solutions where !asked.contains(solution.name) {
      let suggestion = nearestWord(to: solution.name, among: asked)
      problems.append(
        (.solutionWithoutExercise(name: solution.name, suggestion: suggestion), solution.place))
    }
    for solution in solutions where programs[solution.program].mode != .run {
      let name = programs[solution.program].name
      problems.append((.outputNeverRuns(program: name, option: "no-run"), solution.place))
    }
    return problems + starts.flatMap(\.unclosedPrints).map { (.unclosedPrints, $0) }
  }

  /// For each exercise, the solution's program with the reader's cell in the solution's place.
  func programs(from programs: [Program]) -> [Program] {
    starts.compactMap { start in
      guard let solution = solutions.first(where: { $0.name == start.name }) else { return nil }
      var program = programs[solution.program]
      program.name = Exercise.programName(start.name)
      program.exercise = Exercise(
        line: start.fence.line, program: programs[solution.program].name)
      if start.isBroken || !start.unclosedPrints.isEmpty { program.isBroken = true }
      // The numbers and images in prose are about the solution.
      program.quotedNumbers = []
      program.curveImages = []
      program.cells[solution.cell].line = start.fence.line
      program.cells[solution.cell].content = start.fence.content
      program.cells[solution.cell].entryPoint = EntryPoint(in: start.fence.content)
      // The solution's program tries those that must not compile.
      let kept = program.cells.indices.filter { program.cells[$0].compiles }
      for index in program.expectations.indices {
        let count = program.expectations[index].cellCount
        program.expectations[index].cellCount = kept.prefix { $0 < count }.count
      }
      program.cells = kept.map { program.cells[$0] }
      let code = CellCode(of: program.cells)
      for index in program.cells.indices {
        program.cells[index].startsAtTopLevel = code.startsAtTopLevel[index]
        if program.cells[index].line == start.fence.line {
          program.exercise?.prints = code.prints[index].compactMap(\.text)
        }
      }
      return program
    }
  }
}
