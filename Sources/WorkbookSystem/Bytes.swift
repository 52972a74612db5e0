// Classes of bytes of UTF-8.
extension UInt8 {
  /// White space of ASCII, ends of lines too.
  package var isSpace: Bool { self == UInt8(ascii: " ") || (self >= 9 && self <= 13) }
  package var isSpaceOrTab: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  package var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
  package var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
  /// ASCII letters, digits and `_`, and every byte of a scalar beyond ASCII.
  package var isWordByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") || self >= 0x80 }
  /// CommonMark's ASCII punctuation.
  package var isPunctuation: Bool { self > 0x20 && self < 0x7F && !isLetter && !isDigit }
}
