/// A place in a file.
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
}
