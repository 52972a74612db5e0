/// A place within a file.
package struct Position: Codable, Hashable, Comparable, Sendable {
  /// Counted from 1.
  package var line: Int
  /// Counted from 1 in UTF-8 bytes, as the Swift compiler counts.
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (a: Position, b: Position) -> Bool {
    (a.line, a.column) < (b.line, b.column)
  }
}

/// A file and a place within it.
package struct Location: Codable, Hashable, Sendable {
  /// The file as the user named it, or relative to the folder that the command runs in.
  package var path: String
  /// Counted from 1.
  package var line: Int
  /// Counted from 1 in UTF-8 bytes, as the Swift compiler counts.
  package var column: Int

  package init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }

  package init(path: String, _ position: Position) {
    self.init(path: path, line: position.line, column: position.column)
  }

  package var position: Position { Position(line: line, column: column) }
}
