/// The comments of a cell that give the value of the statement before them: `1 + 1 // 2`, and `// => 2` behind
/// or below it.
///
/// Of the first kind those count that begin as a literal does; others are prose.
struct ValueComments {
  /// The values as the program will print them.
  private(set) var values: [Text.Line] = []
  /// What prints them.
  private(set) var insertions: [Insertion] = []
  /// Where `// =>` gives the value of nothing.
  private(set) var unbound: [Position] = []
  /// Of the values that an arrow gives, where it stands.
  private var arrows: [Position?] = []

  /// A statement that is closed: where it begins and ends, and its code without the words of literals.
  private struct Statement {
    var start: (line: Int, offset: Int)
    var end: (line: Int, offset: Int)
    var code: [UInt8] = []
    /// How many there were before it.
    var values, insertions: Int
  }

  private enum Kind {
    case expression, printing
    case binding(name: String)
  }

  init(in code: Text) {
    var lexer = SwiftLexer()
    var last: Statement?
    for (number, line) in code.lines.enumerated() {
      let bytes = Array(line.text.utf8)
      let startsStatement = lexer.isAtTopLevel
      let parts = lexer.parts(of: line)
      var comment: Range<Int>?
      if let part = parts.last, part.part == .comment, bytes[part.range].starts(with: "//".utf8) {
        comment = part.range
      }
      let code = parts.filter { $0.part != .comment }.flatMap(\.range).filter { !bytes[$0].isSpace }
      if let start = code.first, let end = code.last {
        if last != nil, !startsStatement || SwiftLexer.continuesStatement(bytes[start...]) {
          forget(since: last)
        } else {
          last = Statement(
            start: (number, start), end: (number, end + 1), values: values.count,
            insertions: insertions.count)
        }
        last?.end = (number, end + 1)
        for (part, range) in parts where part == .code { last?.code += bytes[range] }
        last?.code.append(UInt8(ascii: " "))
      }
      if let comment {
        read(
          bytes, comment, of: line, behind: lexer.isAtTopLevel ? last : nil,
          isOnItsLine: !code.isEmpty)
      }
      // What stands below an empty line has nothing to do with it.
      if code.isEmpty, comment == nil, lexer.isAtTopLevel { last = nil }
    }
  }

  private mutating func read(
    _ bytes: [UInt8], _ comment: Range<Int>, of line: Text.Line, behind statement: Statement?,
    isOnItsLine: Bool
  ) {
    var text = bytes[comment].dropFirst(2).drop(while: \.isSpace)
    let hasArrow = text.starts(with: "=>".utf8)
    let arrow =
      hasArrow ? Position(line: line.line, column: line.column + comment.lowerBound) : nil
    if hasArrow { text = text.dropFirst(2).drop(while: \.isSpace) }
    while text.last?.isSpace == true { text.removeLast() }
    guard hasArrow || isOnItsLine && Self.beginsLiteral(text) else { return }
    guard !text.isEmpty, let statement, let kind = Self.kind(of: statement) else {
      if let arrow { unbound.append(arrow) }
      return
    }
    forget(since: statement)
    let isQuoted = text.first == UInt8(ascii: "\"") && text.last == UInt8(ascii: "\"")
    switch kind {
    case .printing:
      if isQuoted, text.count > 1 { text = text.dropFirst().dropLast() }
    case .binding(let name):
      guard hasArrow else { return }
      insert("; \(isQuoted ? "debugPrint" : "print")(\(name) as Any)", at: statement.end)
    case .expression:
      // The compiler warns of an optional that is printed, but for one that is said to be anything.
      insert(isQuoted ? "debugPrint((" : "print((", at: statement.start)
      insert(") as Any)", at: statement.end)
    }
    // A case of an enumeration is printed without its dot.
    if text.first == UInt8(ascii: "."), text.dropFirst().first.map(\.isDigit) == false {
      text.removeFirst()
    }
    values.append(
      Text.Line(
        text: String(decoding: text, as: UTF8.self), line: line.line,
        column: line.column + text.startIndex))
    arrows.append(arrow)
  }

  /// A statement that goes on has its value at its end, and a later comment is right.
  private mutating func forget(since statement: Statement?) {
    guard let statement else { return }
    unbound += arrows[statement.values...].compactMap(\.self)
    arrows.removeLast(arrows.count - statement.values)
    values.removeLast(values.count - statement.values)
    insertions.removeLast(insertions.count - statement.insertions)
  }

  private mutating func insert(_ text: String, at place: (line: Int, offset: Int)) {
    insertions.append(Insertion(line: place.line, offset: place.offset, text: text))
  }

  /// Such as `2`, `-0.5`, `"a"`, `[1]`, `(1, 2)`, `.north`, `true`, `nil`, `Optional(2)`.
  private static func beginsLiteral(_ text: ArraySlice<UInt8>) -> Bool {
    let rest = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
    guard let first = rest.first else { return false }
    if first.isDigit { return true }
    guard rest.startIndex == text.startIndex else { return false }
    if "\"[(".utf8.contains(first) { return true }
    if first == UInt8(ascii: ".") { return rest.dropFirst().first?.isWordByte == true }
    let word = rest.prefix(while: \.isWordByte)
    if ["true", "false", "nil"].contains(String(decoding: word, as: UTF8.self)) {
      return word.endIndex == rest.endIndex || !rest[word.endIndex].isSpace
    }
    return !word.isEmpty && rest[word.endIndex...].first == UInt8(ascii: "(")
  }

  /// nil of what has no value.
  private static func kind(of statement: Statement) -> Kind? {
    let code = String(decoding: statement.code, as: UTF8.self)
    if code.hasPrefix("print(") || code.hasPrefix("debugPrint(") { return .printing }
    if let match = code.prefixMatch(of: #/(?:let|var)\s+(\w+)\s*(?::[^=]*)?=(?!=)/#) {
      // Which of several would be meant?
      let isOne = !code[match.range.upperBound...].contains(#/,\s*\w+\s*(?::[^=,]*)?=(?!=)/#)
      return isOne ? .binding(name: String(match.1)) : nil
    }
    let word = code.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let isStatement =
      statementWords.contains(word)
      || modifierWords.contains(word)
        && code[word.endIndex...].prefixMatch(of: #/(?:\s*\(\w*\))?\s*[\w@]/#) != nil
      || code.hasPrefix("@") || code.hasPrefix("}") || code.hasPrefix("#if")
      || code.hasPrefix("#e")
    return isStatement || assigns(statement.code) ? nil : .expression
  }

  private static let statementWords: Set<Substring> = [
    "break", "case", "class", "continue", "default", "defer", "deinit", "do", "else", "enum",
    "extension", "fallthrough", "fileprivate", "for", "func", "guard", "if", "import", "init",
    "internal", "let", "operator", "private", "protocol", "public", "repeat", "return", "static",
    "struct", "subscript", "switch", "throw", "typealias", "var", "while",
  ]
  /// Those that are names elsewhere: where no other word follows.
  private static let modifierWords: Set<Substring> = [
    "actor", "async", "final", "indirect", "infix", "lazy", "macro", "mutating", "nonisolated",
    "open", "package", "postfix", "precedencegroup", "prefix", "unowned", "weak",
  ]

  /// Whether it assigns something, or is several statements, outside of brackets.
  private static func assigns(_ code: [UInt8]) -> Bool {
    var depth = 0
    var index = 0
    while index < code.count {
      let byte = code[index]
      if "([{".utf8.contains(byte) { depth += 1 }
      if ")]}".utf8.contains(byte) { depth -= 1 }
      if depth == 0, byte == UInt8(ascii: ";") { return true }
      let word = code[index...].prefix(while: SwiftLexer.isOperator)
      if depth == 0, word.last == UInt8(ascii: "="),
        !["==", "!=", "<=", ">=", "===", "!==", "~="].contains(
          String(decoding: word, as: UTF8.self))
      {
        return true
      }
      index += max(1, word.count)
    }
    return false
  }
}
