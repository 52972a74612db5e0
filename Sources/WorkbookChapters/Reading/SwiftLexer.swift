/// Reads Swift as far as comments, literals and brackets go, cell after cell of one program.
///
/// Knows nested comments, raw and multi-line strings, interpolations and extended regular expressions
/// (`#/…/#`); a bare `/…/` is taken for operators, as it is in language mode 5.
package struct SwiftLexer {
  /// A `// Prints "…"` comment.
  struct Prints: Hashable {
    /// The quoted text; nil without a closing quote.
    var text: Text.Line?
    var line: Int
    var column: Int
  }

  package init() {}

  private enum Frame: Equatable {
    /// `(`, `[` or `{`, by its closing byte.
    case bracket(UInt8)
    case interpolation
    case string(hashes: Int, isMultiline: Bool)
    case regex(hashes: Int)
    case comment
  }

  private var frames: [Frame] = []
  /// The last byte of code was an operator with a space before it, or a comma.
  private var endsInOperator = false

  /// No compiler follows this far, and copies of the reader stay small.
  private static let depthLimit = 1000

  private mutating func open(_ frame: Frame) {
    if frames.count < Self.depthLimit { frames.append(frame) }
  }

  /// Whether all brackets, comments and literals are closed.
  var isAtTopLevel: Bool { frames.isEmpty && !endsInOperator }

  /// How many of them are open.
  var depth: Int { frames.count }

  /// Whether what comes next is code rather than part of a literal or comment.
  package var isInCode: Bool {
    switch frames.last {
    case .string, .regex, .comment: false
    case nil, .bracket, .interpolation: true
    }
  }

  /// Reads on; gives the `// Prints` comments.
  mutating func read(_ code: Text) -> [Prints] {
    var prints: [Prints] = []
    for line in code.lines { read(line, &prints) }
    return prints
  }

  /// What a stretch of a line is to who compares programs.
  package enum Part { case code, comment, words }

  /// Reads a line on; gives its stretches, which together are the line.
  ///
  /// Words are the text of string literals, without quotes, escapes and interpolations: those are code.
  package mutating func parts(of line: Text.Line) -> [(part: Part, range: Range<Int>)] {
    let bytes = Array(line.text.utf8)
    var parts: [(part: Part, range: Range<Int>)] = []
    var index = 0
    while index < bytes.count {
      // Kept by itself: a copy of all would be made anew at each bracket.
      let (before, depth) = (frames.last, frames.count)
      var ignored: [Prints] = []
      var end = step(bytes, index, line, &ignored)
      var part = Part.code
      switch before {
      case .comment: part = .comment
      case .string where frames.count == depth && end == index + 1: part = .words
      case .string
      where frames.count == depth && bytes[min(end, bytes.count) - 1] == UInt8(ascii: "u"):
        // The number of `\u{1F600}`, of up to eight digits, belongs to the escape.
        end = bytes[end...].prefix(10).firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? end
      case .string, .regex: break
      case nil, .bracket, .interpolation:
        if bytes[index...].starts(with: "//".utf8) || bytes[index...].starts(with: "/*".utf8) {
          part = .comment
        }
      }
      end = min(end, bytes.count)
      if let last = parts.last, last.part == part {
        parts[parts.count - 1].range = last.range.lowerBound..<end
      } else {
        parts.append((part, index..<end))
      }
      index = end
    }
    endLine()
    return parts
  }

  /// Whether the code's first token can only go on with a statement: `else`, `.method`, `+ 1`.
  static func continuesStatement(_ code: Text) -> Bool {
    var lexer = SwiftLexer()
    for line in code.lines {
      let bytes = Array(line.text.utf8)
      var index = 0
      while index < bytes.count {
        if lexer.frames.isEmpty, !bytes[index].isSpace,
          !bytes[index...].starts(with: "//".utf8), !bytes[index...].starts(with: "/*".utf8)
        {
          return continuesStatement(bytes[index...])
        }
        var ignored: [Prints] = []
        index = lexer.step(bytes, index, line, &ignored)
      }
    }
    return false
  }

  static func continuesStatement(_ text: ArraySlice<UInt8>) -> Bool {
    let word = text.prefix(while: \.isWordByte)
    if !word.isEmpty {
      return ["else", "catch"].contains(String(decoding: word, as: UTF8.self))
    }
    if ".,:{)]}".utf8.contains(text[text.startIndex]) { return true }
    let operators = text.prefix(while: isOperator)
    guard !operators.isEmpty else { return false }
    return text[operators.endIndex...].first?.isSpace ?? true
  }

  // MARK: - Bytes

  private mutating func read(_ line: Text.Line, _ prints: inout [Prints]) {
    let bytes = Array(line.text.utf8)
    var index = 0
    while index < bytes.count {
      index = step(bytes, index, line, &prints)
    }
    endLine()
  }

  /// A literal of one line ends with it, closed or not.
  private mutating func endLine() {
    switch frames.last {
    case .string(_, isMultiline: false), .regex: frames.removeLast()
    default: break
    }
  }

  /// Reads what begins at the index; gives the index behind it.
  private mutating func step(
    _ bytes: [UInt8], _ index: Int, _ line: Text.Line, _ prints: inout [Prints]
  ) -> Int {
    switch frames.last {
    case .comment: return stepInComment(bytes, index)
    case .string(let hashes, let isMultiline):
      return stepInString(bytes, index, hashes: hashes, isMultiline: isMultiline)
    case .regex(let hashes):
      guard bytes[index] == UInt8(ascii: "/"), Self.hashes(bytes, index + 1) >= hashes else {
        return index + (bytes[index] == UInt8(ascii: "\\") ? 2 : 1)
      }
      frames.removeLast()
      return index + 1 + hashes
    case nil, .bracket, .interpolation: break
    }

    let byte = bytes[index]
    if byte == UInt8(ascii: "/"), index + 1 < bytes.count {
      if bytes[index + 1] == UInt8(ascii: "/") {
        if let comment = Self.prints(bytes, index, line) { prints.append(comment) }
        return bytes.count
      }
      if bytes[index + 1] == UInt8(ascii: "*") {
        open(.comment)
        return index + 2
      }
    }
    if byte.isSpace { return index + 1 }

    endsInOperator =
      byte == UInt8(ascii: ",")
      || Self.isOperator(byte) && (endsInOperator || index == 0 || bytes[index - 1].isSpace)
        && !Self.isDeclared(bytes[..<index])
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "#"):
      return openLiteral(bytes, index)
    case UInt8(ascii: "("): open(.bracket(UInt8(ascii: ")")))
    case UInt8(ascii: "["): open(.bracket(UInt8(ascii: "]")))
    case UInt8(ascii: "{"): open(.bracket(UInt8(ascii: "}")))
    case UInt8(ascii: ")") where frames.last == .interpolation: frames.removeLast()
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      if frames.last == .bracket(byte) { frames.removeLast() }
    case UInt8(ascii: "`"):
      let end = bytes[(index + 1)...].firstIndex(of: UInt8(ascii: "`"))
      return end.map { $0 + 1 } ?? index + 1
    default: break
    }
    return index + 1
  }

  /// Whether an operator stands behind the word that declares it, as in `prefix operator +++`.
  private static func isDeclared(_ before: ArraySlice<UInt8>) -> Bool {
    let words = before.reversed().drop { $0.isSpace }
    return words.count < before.count && words.starts(with: "operator".utf8.reversed())
  }

  private mutating func openLiteral(_ bytes: [UInt8], _ index: Int) -> Int {
    let hashes = Self.hashes(bytes, index)
    let start = index + hashes
    guard start < bytes.count else { return bytes.count }
    if bytes[start] == UInt8(ascii: "\"") {
      let isMultiline = bytes[start...].starts(with: "\"\"\"".utf8)
      // `#"""#` is the raw string of one quote.
      let isQuote = isMultiline && hashes > 0 && Self.hashes(bytes, start + 3) >= hashes
      open(.string(hashes: hashes, isMultiline: isMultiline && !isQuote))
      return start + (isMultiline && !isQuote ? 3 : 1)
    }
    if bytes[start] == UInt8(ascii: "/"), hashes > 0 {
      open(.regex(hashes: hashes))
      return start + 1
    }
    return start
  }

  private mutating func stepInString(
    _ bytes: [UInt8], _ index: Int, hashes: Int, isMultiline: Bool
  ) -> Int {
    if bytes[index] == UInt8(ascii: "\\") {
      guard Self.hashes(bytes, index + 1) >= hashes else { return index + 1 }
      let next = index + 1 + hashes
      if next < bytes.count, bytes[next] == UInt8(ascii: "(") { open(.interpolation) }
      return next + 1
    }
    let quotes = isMultiline ? 3 : 1
    if bytes[index...].starts(with: repeatElement(UInt8(ascii: "\""), count: quotes)),
      Self.hashes(bytes, index + quotes) >= hashes
    {
      frames.removeLast()
      return index + quotes + hashes
    }
    return index + 1
  }

  private mutating func stepInComment(_ bytes: [UInt8], _ index: Int) -> Int {
    if bytes[index...].starts(with: "*/".utf8) {
      frames.removeLast()
      return index + 2
    }
    if bytes[index...].starts(with: "/*".utf8) {
      open(.comment)
      return index + 2
    }
    return index + 1
  }

  private static func hashes(_ bytes: [UInt8], _ index: Int) -> Int {
    var end = index
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    return end - index
  }

  /// One of `=+-*/%<>&|^~?!`, as the bits of these numbers say: in a debug build a search takes a quarter of all
  /// reading.
  static func isOperator(_ byte: UInt8) -> Bool {
    let mask: UInt64 = byte < 64 ? 0xF000_AC62_0000_0000 : 0x5000_0000_4000_0000
    return byte < 128 && mask &>> UInt64(byte & 63) & 1 == 1
  }

  // MARK: - Prints

  /// `// Prints "…"` at the index, if that is what stands there.
  private static func prints(_ bytes: [UInt8], _ index: Int, _ line: Text.Line) -> Prints? {
    let comment = bytes[(index + 2)...].drop(while: \.isSpace)
    guard comment.starts(with: "Prints \"".utf8) else { return nil }
    var prints = Prints(text: nil, line: line.line, column: line.column + index)
    var end = comment.endIndex
    while end > comment.startIndex, bytes[end - 1].isSpace { end -= 1 }
    if bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    let start = comment.startIndex + "Prints \"".utf8.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\"") {
      prints.text = Text.Line(
        text: String(decoding: bytes[start..<(end - 1)], as: UTF8.self), line: line.line,
        column: line.column + start)
    }
    return prints
  }
}
