/// A number in a line, or what stands between numbers and spaces.
struct Token: Hashable {
  enum Kind: Hashable {
    case text, integer
    /// With a point or an exponent.
    case decimal
    case nan, infinity
  }

  var kind: Kind
  /// Offsets in the line.
  var range: Range<Int>
  /// White space, or the line's start, stands before it.
  var followsSpace: Bool

  /// The tokens of a line.
  ///
  /// A number is digits with perhaps a point, behind which a digit must stand, an exponent and a sign.
  /// Neither a letter, a digit, `_` nor a further point with a digit touches it: `v1.5`, `1.2.3`, `0x1F`,
  /// `12ms` and `1_000` are words. A sign belongs to it only behind white space, at the start or behind
  /// punctuation other than a closing bracket: `3-4` are two numbers without a sign.
  static func tokens(of line: ArraySlice<UInt8>) -> [Token] {
    var scanner = TokenScanner(line)
    return scanner.scan()
  }
}

private struct TokenScanner {
  private let line: ArraySlice<UInt8>
  private var tokens: [Token] = []
  private var textStart: Int?
  private var followsSpace = true
  /// What the byte before allows.
  private var mayStartPoint = true
  private var mayStartSign = true

  init(_ line: ArraySlice<UInt8>) {
    self.line = line
  }

  mutating func scan() -> [Token] {
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      if byte.isSpace {
        endText(at: index)
        followsSpace = true
        mayStartPoint = true
        mayStartSign = true
        index += 1
      } else {
        index = scanToken(at: index)
      }
    }
    endText(at: index)
    return tokens
  }

  private mutating func scanToken(at index: Int) -> Int {
    var start = index
    let isSign = line[index] == UInt8(ascii: "-") || line[index] == UInt8(ascii: "+")
    if isSign, mayStartSign { start += 1 }
    let wordEnd = wordEnd(at: start)
    if wordEnd > start || byte(at: start) == UInt8(ascii: ".") && mayStartPoint {
      if let (end, kind) = number(at: start) ?? special(start..<wordEnd) {
        endText(at: index)
        tokens.append(
          Token(
            kind: kind, range: (index - line.startIndex)..<(end - line.startIndex),
            followsSpace: followsSpace))
        followsSpace = false
        mayStartPoint = true
        mayStartSign = false
        return end
      }
    }
    if textStart == nil { textStart = index }
    if wordEnd > start {
      mayStartSign = false
      return wordEnd
    }
    let byte = line[index]
    mayStartPoint = byte != UInt8(ascii: ".")
    mayStartSign = ![UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(byte)
    return index + scalarLength(at: index)
  }

  private mutating func endText(at end: Int) {
    guard let start = textStart else { return }
    tokens.append(
      Token(
        kind: .text, range: (start - line.startIndex)..<(end - line.startIndex),
        followsSpace: followsSpace))
    textStart = nil
    followsSpace = false
  }

  private func byte(at index: Int) -> UInt8 { index < line.endIndex ? line[index] : 0 }

  // MARK: - Words and numbers

  /// The end of letters, digits and `_`, with single points between them, that begin at the index.
  private func wordEnd(at start: Int) -> Int {
    var end = start
    while true {
      let length = wordScalarLength(at: end)
      if length > 0 {
        end += length
      } else if end > start, byte(at: end) == UInt8(ascii: "."), wordScalarLength(at: end + 1) > 0 {
        end += 1
      } else {
        return end
      }
    }
  }

  private func number(at start: Int) -> (end: Int, Token.Kind)? {
    var end = start
    var kind = Token.Kind.integer
    while byte(at: end).isDigit { end += 1 }
    if byte(at: end) == UInt8(ascii: "."), byte(at: end + 1).isDigit {
      kind = .decimal
      end += 1
      while byte(at: end).isDigit { end += 1 }
    }
    guard end > start else { return nil }
    if byte(at: end) | 0x20 == UInt8(ascii: "e") {
      var exponentEnd = end + 1
      if [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte(at: exponentEnd)) {
        exponentEnd += 1
      }
      if byte(at: exponentEnd).isDigit {
        while byte(at: exponentEnd).isDigit { exponentEnd += 1 }
        kind = .decimal
        end = exponentEnd
      }
    }
    let touchesWord =
      wordScalarLength(at: end) > 0
      || byte(at: end) == UInt8(ascii: ".") && wordScalarLength(at: end + 1) > 0
    if touchesWord || kind == .decimal && DecimalNumber(line[start..<end]) == nil { return nil }
    return (end, kind)
  }

  private func special(_ word: Range<Int>) -> (end: Int, Token.Kind)? {
    guard word.count == 3 || word.count == 8 else { return nil }
    switch String(decoding: line[word], as: UTF8.self) {
    case "nan", "NaN", "NAN": return (word.upperBound, .nan)
    case "inf", "Inf", "INF", "infinity", "Infinity": return (word.upperBound, .infinity)
    default: return nil
    }
  }

  /// The bytes of the letter, digit or `_` at the index; 0 where none is.
  private func wordScalarLength(at index: Int) -> Int {
    let byte = byte(at: index)
    if byte < 0x80 { return byte.isWordByte ? 1 : 0 }
    let length = scalarLength(at: index)
    let scalar = String(decoding: line[index..<(index + length)], as: UTF8.self).unicodeScalars
      .first
    return scalar?.isOfWord == true ? length : 0
  }

  private func scalarLength(at index: Int) -> Int {
    let length =
      switch line[index] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    // An invalid sequence ends where a byte does not go on with it.
    return line[(index + 1)...].prefix(length - 1).prefix { $0 & 0xC0 == 0x80 }.count + 1
  }
}

extension Unicode.Scalar {
  /// Whether it is a letter, a digit or `_`.
  var isOfWord: Bool { self == "_" || properties.isAlphabetic || properties.numericType != nil }
}
