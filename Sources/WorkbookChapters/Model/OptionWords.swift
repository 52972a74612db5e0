/// One `name` or `name=value`.
package struct OptionWord {
  package var name: String
  package var value: String?
  /// Offsets of the name and of the value.
  var start: Int
  var valueStart: Int
  /// What makes it no option, and where.
  var problem: FormatProblem?
  var problemStart: Int
}

/// Splits options at spaces and commas; a value may be quoted, or a list in brackets.
///
/// Braces around words, as in other tools' `{.line-numbers}`, belong to none of them.
package struct OptionWords: Sequence, IteratorProtocol {
  private var text: ArraySlice<UInt8>
  private var isInBraces = false

  package init(_ text: ArraySlice<UInt8>) {
    self.text = text
  }

  package mutating func next() -> OptionWord? {
    while let byte = text.first, byte == UInt8(ascii: "{") || isEnd(byte) {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        isInBraces = byte == UInt8(ascii: "{")
      }
      text.removeFirst()
    }
    guard let first = text.first else { return nil }
    let start = text.startIndex
    let name = text.prefix { !isEnd($0) && $0 != UInt8(ascii: "=") }
    text = text[name.endIndex...]
    // `=value` has no name: as a whole it is an unknown option.
    var word = OptionWord(
      name: InfoString.unescape(name), value: nil, start: start, valueStart: start, problem: nil,
      problemStart: start)
    guard text.first == UInt8(ascii: "=") else { return word }
    text.removeFirst()
    word.valueStart = text.startIndex
    if first == UInt8(ascii: "=") { word.name = "=" }
    switch text.first {
    case UInt8(ascii: "\"")?: takeEnclosed(UInt8(ascii: "\""), &word)
    case UInt8(ascii: "'")?: takeEnclosed(UInt8(ascii: "'"), &word)
    case UInt8(ascii: "[")?: takeEnclosed(UInt8(ascii: "]"), &word)
    default:
      let value = text.prefix { !isEnd($0) }
      text = text[value.endIndex...]
      word.value = InfoString.unescape(value)
    }
    return word
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte.isSpaceOrTab || byte == UInt8(ascii: ",") || isInBraces && byte == UInt8(ascii: "}")
  }

  private mutating func takeEnclosed(_ closer: UInt8, _ word: inout OptionWord) {
    var end = text.startIndex + 1
    while end < text.endIndex, text[end] != closer {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < text.endIndex else {
      word.problem = .unclosedValue(closer: Character(Unicode.Scalar(closer)))
      word.problemStart = text.startIndex
      text = []
      return
    }
    word.value = InfoString.unescape(text[(text.startIndex + 1)..<end])
    text = text[(end + 1)...]
    if let next = text.first, !isEnd(next) {
      word.problem = .textAfterValue(option: word.name)
      word.problemStart = text.startIndex
      text = text.drop { !isEnd($0) }
    }
  }
}
