/// A place in a line, counted in bytes and in columns with tab stops of four.
struct LineCursor {
  let bytes: [UInt8]
  private(set) var line = SourceLine(number: 0, first: 0, start: 0, end: 0)
  private(set) var offset = 0
  private var column = 0
  /// The first byte that is neither a space nor a tab, or the end of the line.
  private(set) var nonspace = 0
  private var nonspaceColumn = 0
  /// Some columns of the tab at `offset` belong to a container's prefix.
  private var isInsideTab = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func begin(_ line: SourceLine) {
    self.line = line
    offset = line.start
    column = 0
    nonspace = line.start
    nonspaceColumn = 0
    isInsideTab = false
    findNonspace()
  }

  /// Columns up to the first byte that is no space.
  var indent: Int { nonspaceColumn - column }
  var isBlank: Bool { nonspace == line.end }
  /// The first byte that is no space; 0 on a blank line.
  var nextByte: UInt8 { isBlank ? 0 : bytes[nonspace] }
  /// From the first byte that is no space to the end.
  var rest: ArraySlice<UInt8> { bytes[nonspace..<line.end] }

  func column(of offset: Int) -> Int { line.column(of: offset) }

  // MARK: - Moving

  mutating func findNonspace() {
    guard nonspace <= offset else { return }
    nonspace = offset
    nonspaceColumn = column
    while nonspace < line.end {
      switch bytes[nonspace] {
      case UInt8(ascii: " "): nonspaceColumn += 1
      case UInt8(ascii: "\t"): nonspaceColumn += 4 - nonspaceColumn % 4
      default: return
      }
      nonspace += 1
    }
  }

  mutating func advance(columns: Int) {
    var left = columns
    while left > 0, offset < line.end {
      if bytes[offset] == UInt8(ascii: "\t") {
        let width = 4 - column % 4
        isInsideTab = width > left
        column += min(left, width)
        left -= width
        if isInsideTab { return }
      } else {
        isInsideTab = false
        column += 1
        left -= 1
      }
      offset += 1
    }
  }

  mutating func advanceToNonspace() {
    offset = nonspace
    column = nonspaceColumn
    isInsideTab = false
  }

  /// Moves behind `>` and one space.
  mutating func advancePastQuoteMarker() {
    advance(columns: indent + 1)
    skipSpaces(upTo: 1)
    findNonspace()
  }

  mutating func skipSpaces(upTo limit: Int) {
    var left = limit
    while left > 0, offset < line.end, bytes[offset].isSpaceOrTab {
      advance(columns: 1)
      left -= 1
    }
  }

  /// The rest of the line as a fence's content; what is left of a tab stands as spaces.
  func restAsText() -> Text.Line {
    guard isInsideTab else {
      return Text.Line(
        text: String(decoding: bytes[offset..<line.end], as: UTF8.self), line: line.number,
        column: column(of: offset))
    }
    let spaces = 4 - column % 4
    let text = String(decoding: bytes[(offset + 1)..<line.end], as: UTF8.self)
    return Text.Line(
      text: String(repeating: " ", count: spaces) + text, line: line.number,
      column: column(of: offset + 1) - spaces)
  }

  // MARK: - What begins at the first byte that is no space

  /// Where the text of a heading `## text ##` stands.
  func atxHeading() -> Range<Int>? {
    var start = nonspace
    while start < line.end, bytes[start] == UInt8(ascii: "#") { start += 1 }
    guard start - nonspace <= 6, start == line.end || bytes[start].isSpaceOrTab else { return nil }
    let text = trim(start..<line.end)
    var end = text.upperBound
    while end > text.lowerBound, bytes[end - 1] == UInt8(ascii: "#") { end -= 1 }
    if end == text.lowerBound { return end..<end }
    return bytes[end - 1].isSpaceOrTab ? trim(text.lowerBound..<end) : text
  }

  /// A fence's length, the bytes of its indent, and its info string.
  func openingFence() -> (length: Int, indent: Int, info: Range<Int>)? {
    let marker = bytes[nonspace]
    var end = nonspace
    while end < line.end, bytes[end] == marker { end += 1 }
    guard end - nonspace >= 3 else { return nil }
    if marker == UInt8(ascii: "`"), bytes[end..<line.end].contains(marker) { return nil }
    return (end - nonspace, nonspace - offset, trim(end..<line.end))
  }

  /// The number of markers, and whether only spaces follow them.
  func closingFence(_ marker: UInt8) -> (length: Int, isAlone: Bool) {
    var end = nonspace
    while end < line.end, bytes[end] == marker { end += 1 }
    return (end - nonspace, bytes[end..<line.end].allSatisfy(\.isSpaceOrTab))
  }

  func isSetextUnderline(_ marker: UInt8) -> Bool { closingFence(marker).isAlone }

  /// `failure` is where the scan gave up: no break can begin before it.
  func isThematicBreak(_ marker: UInt8, _ failure: inout Int) -> Bool {
    guard [UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(marker) else {
      return false
    }
    var count = 0
    var end = nonspace
    while end < line.end {
      if bytes[end] == marker {
        count += 1
      } else if !bytes[end].isSpaceOrTab {
        failure = end
        return false
      }
      end += 1
    }
    failure = end
    return count >= 3
  }

  /// Moves behind a list item's marker and gives the columns its content is indented by.
  mutating func listItem(interruptsParagraph: Bool) -> Int? {
    guard let end = listMarkerEnd(interruptsParagraph: interruptsParagraph) else { return nil }
    let markerWidth = end - nonspace
    let markerIndent = indent
    advance(columns: markerIndent + markerWidth)
    let before = self
    skipSpaces(upTo: 6)
    let spaces = column - before.column
    var padding = markerWidth + spaces
    if spaces >= 5 || spaces < 1 || offset == line.end {
      // Code behind the marker, or nothing: one space belongs to the marker.
      self = before
      padding = markerWidth + 1
      if spaces > 0 { advance(columns: 1) }
    }
    findNonspace()
    return markerIndent + padding
  }

  private func listMarkerEnd(interruptsParagraph: Bool) -> Int? {
    var end = nonspace
    switch bytes[end] {
    case UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "+"): end += 1
    case let byte where byte.isDigit:
      while end < line.end, bytes[end].isDigit, end - nonspace < 9 { end += 1 }
      let number = bytes[nonspace..<end].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      if interruptsParagraph, number != 1 { return nil }
      guard end < line.end, bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: ")")
      else { return nil }
      end += 1
    default: return nil
    }
    guard end < line.end else { return interruptsParagraph ? nil : end }
    guard bytes[end].isSpaceOrTab else { return nil }
    if interruptsParagraph, bytes[end..<line.end].allSatisfy(\.isSpaceOrTab) { return nil }
    return end
  }

  private func trim(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start].isSpaceOrTab { start += 1 }
    while end > start, bytes[end - 1].isSpaceOrTab { end -= 1 }
    return start..<end
  }
}
