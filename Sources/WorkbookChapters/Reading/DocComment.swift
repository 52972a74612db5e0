/// A documentation comment of a Swift file: lines that begin with `///`, one below the other.
///
/// To the reader it is Markdown that stands behind a prefix, as that of a block quote does.
package struct DocComment {
  /// Of each line what stands behind `///` and one space.
  private(set) var lines: [SourceLine] = []
  /// Where the next comment begins, or the file ends.
  private var end: Int

  private init(end: Int) {
    self.end = end
  }

  /// The comments of a file, in order; what looks like one in a string or another comment is none.
  static func comments(in bytes: [UInt8]) -> [DocComment] {
    var comments: [DocComment] = []
    var isOpen = false
    var lexer = SwiftLexer()
    for line in SourceLines(bytes) {
      let text = bytes[line.start..<line.end].drop(while: \.isSpaceOrTab)
      if lexer.isInCode, text.starts(with: "///".utf8) {
        var content = line
        content.start = text.startIndex + 3
        if content.start < line.end, bytes[content.start] == UInt8(ascii: " ") {
          content.start += 1
        }
        if !isOpen {
          if !comments.isEmpty { comments[comments.count - 1].end = line.first }
          comments.append(DocComment(end: bytes.count))
        }
        comments[comments.count - 1].lines.append(content)
        isOpen = true
      } else {
        isOpen = false
        let code = String(decoding: bytes[line.start..<line.end], as: UTF8.self)
        _ = lexer.read(Text(lines: [Text.Line(text: code, line: line.number, column: 1)]))
      }
    }
    return comments
  }

  /// The blocks of its Markdown.
  func scan(_ bytes: [UInt8]) -> BlockScanner {
    var scanner = BlockScanner(bytes)
    for line in lines { scanner.scan(line) }
    scanner.finish(isFile: true)
    return scanner
  }

  /// What is declared below it; nil where nothing is.
  func declaration(in bytes: [UInt8]) -> Declaration? {
    guard let last = lines.last else { return nil }
    // Long enough for attributes and modifiers.
    let text = bytes[last.end..<end].prefix(4096)
    return Declaration(String(decoding: text, as: UTF8.self))
  }
}

/// The start of a Swift declaration, as far as its name.
struct Declaration: Hashable {
  /// Words such as `public` and `static`.
  private(set) var modifiers: Set<String> = []
  /// The word that introduces it, such as `func`.
  private(set) var kind = ""
  /// `dot`, `+`, `NDArray`; `init` and `subscript` have no other name.
  private(set) var name = ""

  private static let kinds: Set<Substring> = [
    "actor", "associatedtype", "case", "class", "deinit", "enum", "extension", "func", "init",
    "let",
    "macro", "operator", "precedencegroup", "protocol", "struct", "subscript", "typealias", "var",
  ]

  /// Passes over comments, conditions of compilation and attributes; nil where none begins behind them.
  init?(_ text: String) {
    var rest = text[...]
    while true {
      rest = rest.drop(while: \.isWhitespace)
      if rest.hasPrefix("//") || rest.hasPrefix("#") {
        rest = rest.drop { !$0.isNewline }
        continue
      }
      if rest.first == "@" {
        rest = Self.withoutParentheses(rest.dropFirst().drop { $0.isWordCharacter || $0 == "." })
        continue
      }
      let word = rest.prefix(while: \.isWordCharacter)
      guard !word.isEmpty else { return nil }
      rest = rest[word.endIndex...]
      guard Self.kinds.contains(word) else {
        modifiers.insert(String(word))
        rest = Self.withoutParentheses(rest)
        continue
      }
      kind = String(word)
      if ["init", "subscript", "deinit"].contains(word) {
        name = kind
        return
      }
      let next = Self.name(rest.drop(while: \.isWhitespace))
      // `class func` is a kind of `func`.
      if word == "class", Self.kinds.contains(next[...]) {
        modifiers.insert(kind)
        continue
      }
      guard !next.isEmpty else { return nil }
      name = next
      return
    }
  }

  private static func name(_ text: Substring) -> String {
    if text.first == "`" { return String(text.dropFirst().prefix { $0 != "`" && !$0.isNewline }) }
    let word = text.prefix { $0.isWordCharacter || $0 == "." }
    if word.contains(where: \.isWordCharacter) { return String(word) }
    return String(text.prefix { !$0.isWhitespace && $0 != "(" && $0 != ":" })
  }

  /// Without the parentheses that follow, as in `private(set)`.
  private static func withoutParentheses(_ text: Substring) -> Substring {
    guard text.first == "(" else { return text }
    var depth = 0
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      if depth == 0 { return text[text.index(after: index)...] }
    }
    return ""
  }
}

extension Character {
  fileprivate var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}
