/// An HTML comment that begins with `workbook`.
package struct ScannedComment {
  var line: Int
  var endLine: Int
  var isClosed = false
  var isFollowedByBlankLine = true
  /// From `<!--` (or the indent before it) to the line with `-->`.
  package var lines: [SourceLine] = []

  init(line: Int) {
    self.line = line
    endLine = line
  }

  /// Whether the text begins `<!-- workbook`, and no longer word, or `<!-- worbook:`, which means that.
  static func isForUs(_ text: ArraySlice<UInt8>) -> Bool {
    let word = text.dropFirst(4).drop(while: \.isSpaceOrTab)
    guard word.starts(with: "workbook".utf8) else { return isAddressed(word) }
    guard let next = word.dropFirst(8).first else { return true }
    return !next.isWordByte
  }

  /// Whether the text begins `workbook:` or `workbook hidden`, perhaps misspelt.
  static func isAddressed(_ text: ArraySlice<UInt8>) -> Bool {
    let text = text.drop(while: \.isSpaceOrTab)
    let first = text.prefix { $0.isWordByte }
    let rest = text.dropFirst(first.count)
    return (6...10).contains(first.count)
      && (rest.first == UInt8(ascii: ":")
        || rest.drop(while: \.isSpaceOrTab).starts(with: "hidden".utf8))
      && nearestWord(to: String(decoding: first, as: UTF8.self).lowercased(), among: ["workbook"])
        != nil
  }
}

extension ScannedComment {
  enum Directive { case options, hidden }

  /// What it says to the runner; nil of what is misspelt.
  func directive(in bytes: [UInt8]) -> Directive? {
    let start = directiveStart(in: bytes)
    // `<!-- Workbook: …` is long enough, but misspelt.
    guard start <= lines[0].end, bytes[..<start].suffix(8).elementsEqual("workbook".utf8) else {
      return nil
    }
    let text = bytes[start..<lines[0].end]
    if text.first == UInt8(ascii: ":") { return .options }
    let word = text.drop(while: \.isSpaceOrTab)
    guard word.startIndex > text.startIndex, word.starts(with: "hidden".utf8) else { return nil }
    return word.dropFirst(6).first?.isWordByte == true ? nil : .hidden
  }

  /// The offset behind `<!-- workbook`.
  func directiveStart(in bytes: [UInt8]) -> Int {
    start(in: bytes).dropFirst(4).drop(while: \.isSpaceOrTab).startIndex + "workbook".utf8.count
  }

  func position(in bytes: [UInt8]) -> Position {
    Position(line: line, column: lines[0].column(of: start(in: bytes).startIndex))
  }

  private func start(in bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes[lines[0].start..<lines[0].end].drop(while: \.isSpaceOrTab)
  }

  /// Its lines without `-->` and what follows that; and where they end.
  func body(in bytes: [UInt8]) -> (lines: [SourceLine], end: Int) {
    var lines = lines
    var last = lines.removeLast()
    let text = bytes[last.start..<last.end]
    last.end = text.indices.first { text[$0...].starts(with: "-->".utf8) } ?? last.end
    return (lines + [last], last.end)
  }
}
