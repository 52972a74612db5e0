/// A fenced block as the scanner found it.
package struct ScannedFence {
  package enum End {
    /// By a closing fence.
    case closed
    case container, file
  }

  package var line: SourceLine
  /// Of the opening fence.
  package var column: Int
  /// Where the info string stands, without the spaces around it.
  package var info: Range<Int>
  package var endLine: Int
  package var end = End.container
  var content = Text(lines: [])

  init(line: SourceLine, column: Int, info: Range<Int>) {
    self.line = line
    self.column = column
    self.info = info
    endLine = line.number
  }
}

/// A paragraph or a heading.
package struct ScannedText {
  /// Where its lines stand, without the prefix of their container.
  package var lines: [Range<Int>]
  /// Of a heading; 0 of a paragraph.
  package var level: Int
}
