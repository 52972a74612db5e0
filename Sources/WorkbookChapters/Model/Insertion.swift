/// Code that the runner adds to a line of a cell, such as the call that prints an expression's value.
package struct Insertion: Hashable, Sendable {
  /// The index of the line in the cell's content.
  var line: Int
  /// The bytes of the line that stand before it.
  package var offset: Int
  package var text: String
}

extension Cell {
  /// What is added to the line with this number in the file.
  package func insertions(inLine number: Int) -> [Insertion] {
    insertions.filter { content.lines[$0.line].line == number }
  }
}
