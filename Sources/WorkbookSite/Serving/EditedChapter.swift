import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// A chapter with a reader's edits, and the way from its places back to the page that was edited.
struct EditedChapter: Sendable {
  let chapter: Chapter
  let source: [UInt8]
  /// The lines of the cells that were edited, as they are now.
  let editedLines: Set<Int>
  /// The lines of the opening fences on the page, in the order of the fences.
  private let shownLines: [Int]

  /// nil where an edit cannot stand in its cell.
  init?(_ chapter: Chapter, source: [UInt8], cells: [Int: String]) {
    guard let edited = chapter.replacingCells(cells, source: source) else { return nil }
    self.chapter = edited.chapter.readingPreludes()
    self.source = edited.source
    shownLines = chapter.fences.map(\.line)
    editedLines = Set(
      zip(edited.chapter.fences, chapter.fences).filter { cells[$1.line] != nil }.map(\.0.line))
  }

  /// The block on the page that begins at a line of the edited chapter.
  func block(at line: Int) -> Int? {
    index(of: line).map { shownLines[$0] }
  }

  /// The block of the edited chapter that holds a line.
  func fence(at line: Int) -> Fence? { index(of: line).map { chapter.fences[$0] } }

  /// The block on the page that holds a place, with the row and the byte in its text.
  func place(of location: Location) -> (block: Int, row: Int, column: Int)? {
    guard let index = index(of: location.line) else { return nil }
    let place = chapter.fences[index].place(of: location)
    return (shownLines[index], place.row, place.column)
  }

  /// The programs that an edited cell is part of, and the one that is asked for; those of exercises have
  /// no blocks to write.
  func programs(with name: String) -> [Program] {
    chapter.programs.filter { program in
      guard program.exercise == nil else { return false }
      return program.name == name || program.cells.contains { editedLines.contains($0.line) }
    }
  }

  /// The exercises whose starts were edited.
  var changedExercises: [Program] {
    chapter.programs.filter { program in
      program.exercise.map { editedLines.contains($0.line) } ?? false
    }
  }

  private func index(of line: Int) -> Int? {
    chapter.fences.firstIndex { ($0.line...$0.endLine).contains(line) }
  }
}
