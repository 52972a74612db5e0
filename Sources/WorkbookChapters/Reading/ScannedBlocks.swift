/// What begins or ends where a text is read from its start; containers end with `end`.
package enum BlockEvent {
  case quote(line: Int)
  /// `-`, `+`, `*`, or of a numbered item what stands behind its number.
  case item(line: Int, marker: UInt8, number: Int?)
  /// Of an item its last line is that of the last block in it.
  case end(lastLine: Int)
  /// A paragraph or heading, by its index; an underline is among the lines.
  case text(Int, lines: ClosedRange<Int>)
  /// By its index.
  case fence(Int)
  /// Indented code.
  case code([Text.Line])
  case html([Text.Line])
  case thematicBreak(line: Int)
}

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
  package internal(set) var content = Text(lines: [])

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

  package init(lines: [Range<Int>], level: Int) {
    self.lines = lines
    self.level = level
  }
}
