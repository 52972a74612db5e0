import WorkbookSystem
import WorkbookChapters

/// Where the lines of a program's cells stand, so that what is known of a program can be told of an
/// equal one elsewhere, or of itself after the prose around it changed.
struct CellPositions: Codable, Hashable {
  var path: String
  /// Of each cell the opening fence and then its lines; equal programs have equally many.
  var positions: [Position]

  init(of program: Program) {
    path = program.chapterPath
    positions = program.cells.flatMap { cell in
      [Position(line: cell.line, column: 1)]
        + cell.content.lines.map { Position(line: $0.line, column: $0.column) }
    }
  }

  /// The same place in an equal program.
  func moved(_ location: Location, to other: CellPositions) -> Location {
    // A prelude stays where it is.
    guard location.path == path else { return location }
    // Those of an exercise's program stand in another order than in the file.
    let index = positions.indices.filter { positions[$0].line <= location.line }
      .max { positions[$0].line < positions[$1].line }
    guard let index, index < other.positions.count
    else { return Location(path: other.path, line: location.line, column: location.column) }
    let (from, to) = (positions[index], other.positions[index])
    let isSameLine = from.line == location.line
    return Location(
      path: other.path, line: to.line + location.line - from.line,
      column: isSameLine ? max(1, location.column + to.column - from.column) : location.column)
  }

  func moved(line: Int, to other: CellPositions) -> Int {
    moved(Location(path: path, line: line, column: 1), to: other).line
  }
}

extension Outcome {
  /// The outcome of an equal program, told with the places of that one.
  func relocated(from program: Program, to other: Program) -> Outcome {
    let (from, to) = (CellPositions(of: program), CellPositions(of: other))
    var outcome = moved(from: from, to: to)
    for index in outcome.checks.indices { outcome.checks[index].program = other.name }
    return outcome
  }

  func moved(from: CellPositions, to: CellPositions) -> Outcome {
    guard from != to else { return self }
    func movedNote(_ note: CompileProblem.Note) -> CompileProblem.Note {
      CompileProblem.Note(
        text: note.text, location: note.location.map { from.moved($0, to: to) })
    }
    var outcome = self
    outcome.failures = failures.map { failure in
      var moved = failure
      moved.location = from.moved(failure.location, to: to)
      switch failure.problem {
      case .compile(.error(let text, let notes)):
        moved.problem = .compile(.error(text, notes: notes.map(movedNote)))
      case .compile(.redeclaration(let text, let notes)):
        moved.problem = .compile(.redeclaration(text, notes: notes.map(movedNote)))
      default: break
      }
      return moved
    }
    for index in outcome.checks.indices {
      outcome.checks[index].line = from.moved(line: checks[index].line, to: to)
    }
    for index in outcome.warnings.indices {
      outcome.warnings[index].location = from.moved(warnings[index].location, to: to)
    }
    if case .trapped(let message, let location?) = transcript?.end {
      outcome.transcript?.end = .trapped(message: message, at: from.moved(location, to: to))
    }
    // The runtime's own report names the old line, and the end says all that it does.
    if case .trapped? = transcript?.end, let errors = transcript?.errors,
      let report = RuntimeError.Report(errors)
    {
      outcome.transcript?.errors = Array(report.before.utf8)
    }
    return outcome
  }
}
