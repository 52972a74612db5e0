/// The seven kinds of HTML blocks, in CommonMark's order.
package enum HTMLBlock: Equatable {
  /// `<pre`, `<script`, `<style` or `<textarea`, up to the closing tag of any of them.
  case literal
  case comment, instruction, declaration, cdata
  /// A tag of a block-level element, up to a blank line.
  case element
  /// Any other complete tag alone on its line, up to a blank line.
  case tag

  /// The kind that begins with a line whose first byte is `<`.
  init?(startOf line: ArraySlice<UInt8>, interruptsParagraph: Bool) {
    let text = line.dropFirst()
    if text.starts(with: "!--".utf8) {
      self = .comment
    } else if text.first == UInt8(ascii: "?") {
      self = .instruction
    } else if text.starts(with: "![CDATA[".utf8) {
      self = .cdata
    } else if text.first == UInt8(ascii: "!"), text.dropFirst().first?.isLetter == true {
      self = .declaration
    } else if Self.isElement(text) {
      self = .element
    } else if Self.isLiteral(text) {
      self = .literal
    } else if !interruptsParagraph, Self.isTag(text) {
      self = .tag
    } else {
      return nil
    }
  }

  var endsAtBlankLine: Bool { self == .element || self == .tag }

  /// Whether the line holds the end of the block.
  func ends(in line: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .literal: Self.holdsLiteralEnd(line)
    case .comment: Self.contains("-->", in: line)
    case .instruction: Self.contains("?>", in: line)
    case .declaration: line.contains(UInt8(ascii: ">"))
    case .cdata: Self.contains("]]>", in: line)
    case .element, .tag: false
    }
  }

  // MARK: - Starts

  private static let literalNames: Set<String> = ["pre", "script", "style", "textarea"]

  private static let elementNames = Set(
    """
    address article aside base basefont blockquote body caption center col colgroup dd details \
    dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 \
    head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p \
    param search section summary table tbody td tfoot th thead title tr track ul
    """.split(separator: " ").map(String.init))

  /// The name, in lower case, that the text begins with, and what follows it.
  private static func name(_ text: ArraySlice<UInt8>) -> (name: String, rest: ArraySlice<UInt8>) {
    // No name that counts is longer than ten bytes.
    let bytes = text.prefix(11).prefix { $0.isLetter || $0.isDigit }
    return (String(decoding: bytes.map { $0 | 0x20 }, as: UTF8.self), text[bytes.endIndex...])
  }

  private static func isLiteral(_ text: ArraySlice<UInt8>) -> Bool {
    let (name, rest) = name(text)
    guard literalNames.contains(name) else { return false }
    return rest.first.map { $0 == UInt8(ascii: ">") || $0.isSpace } ?? true
  }

  private static func isElement(_ text: ArraySlice<UInt8>) -> Bool {
    let (name, rest) = name(text.first == UInt8(ascii: "/") ? text.dropFirst() : text)
    guard elementNames.contains(name) else { return false }
    return rest.first.map { $0 == UInt8(ascii: ">") || $0.isSpace } ?? true
      || rest.starts(with: "/>".utf8)
  }

  /// A complete opening or closing tag, with nothing but spaces behind it.
  private static func isTag(_ text: ArraySlice<UInt8>) -> Bool {
    tagEnd(text).map { text[$0...].allSatisfy(\.isSpace) } ?? false
  }

  /// Where the opening or closing tag ends whose `<` stands before the text; nil where it is none.
  package static func tagEnd(_ text: ArraySlice<UInt8>) -> Int? {
    var rest = text
    let isClosing = rest.first == UInt8(ascii: "/")
    if isClosing { rest.removeFirst() }
    guard rest.first?.isLetter == true else { return nil }
    rest = rest.drop { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
    if !isClosing {
      while skipAttribute(&rest) {}
    }
    rest = rest.drop(while: \.isSpace)
    if !isClosing, rest.first == UInt8(ascii: "/") { rest.removeFirst() }
    return rest.first == UInt8(ascii: ">") ? rest.startIndex + 1 : nil
  }

  private static func skipAttribute(_ text: inout ArraySlice<UInt8>) -> Bool {
    var rest = text.drop(while: \.isSpace)
    guard rest.startIndex > text.startIndex, let first = rest.first,
      first.isLetter || first == UInt8(ascii: "_") || first == UInt8(ascii: ":")
    else { return false }
    rest = rest.drop {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ":")
        || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
    }
    text = rest
    rest = rest.drop(while: \.isSpace)
    guard rest.first == UInt8(ascii: "=") else { return true }
    rest = rest.dropFirst().drop(while: \.isSpace)
    guard let quote = rest.first else { return false }
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      guard let end = rest.dropFirst().firstIndex(of: quote) else { return false }
      text = rest[(end + 1)...]
      return true
    }
    let value = rest.prefix { !$0.isSpace && !"\"'=<>`".utf8.contains($0) }
    guard !value.isEmpty else { return false }
    text = rest[value.endIndex...]
    return true
  }

  // MARK: - Ends

  private static func contains(_ text: StaticString, in line: ArraySlice<UInt8>) -> Bool {
    let pattern = Array(text.description.utf8)
    guard line.count >= pattern.count else { return false }
    return line.indices.dropLast(pattern.count - 1).contains { start in
      line[start] == pattern[0] && line[start...].starts(with: pattern)
    }
  }

  private static func holdsLiteralEnd(_ line: ArraySlice<UInt8>) -> Bool {
    line.indices.contains { start in
      guard line[start] == UInt8(ascii: "<"), line[start...].dropFirst().first == UInt8(ascii: "/")
      else { return false }
      let (name, rest) = name(line[(start + 2)...])
      return literalNames.contains(name) && rest.first == UInt8(ascii: ">")
    }
  }
}
