/// The text behind an opening fence.
package enum InfoString {
  /// The language; other tools' braces may follow at once, as in `swift{1,3}`.
  package static func firstWord(of info: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    info.prefix { !$0.isSpaceOrTab && !",{".utf8.contains($0) }
  }

  /// Resolves backslash escapes and character references as CommonMark says; of the named references
  /// those of XML and of Latin-1 (`&quot;`, `&auml;`), the others stay as written.
  ///
  /// - Parameter hasBackslashes: in HTML a backslash is one.
  package static func unescape(
    _ text: ArraySlice<UInt8>, hasBackslashes: Bool = true
  ) -> String {
    guard text.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "&") }) else {
      return String(decoding: text, as: UTF8.self)
    }
    var result: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      if hasBackslashes, byte == UInt8(ascii: "\\"), let next = rest.first, next.isPunctuation {
        result.append(next)
        rest.removeFirst()
      } else if byte == UInt8(ascii: "&"), let (scalar, length) = reference(rest) {
        result += Array(String(Character(scalar)).utf8)
        rest = rest.dropFirst(length)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The scalar that `quot;`, `#34;` or `#x22;` stands for, and the reference's length.
  private static func reference(_ text: ArraySlice<UInt8>) -> (Unicode.Scalar, length: Int)? {
    guard let end = text.prefix(32).firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = text[..<end]
    let length = name.count + 1
    guard name.first == UInt8(ascii: "#") else {
      return named[String(decoding: name, as: UTF8.self)].map { ($0, length) }
    }
    var digits = name.dropFirst()
    let isHex = digits.first.map { $0 | 0x20 } == UInt8(ascii: "x")
    if isHex { digits.removeFirst() }
    guard !digits.isEmpty, digits.count <= (isHex ? 6 : 7),
      digits.allSatisfy({ $0.isDigit || isHex && ($0 | 0x20) <= UInt8(ascii: "f") && $0.isLetter }),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 10)
    else { return nil }
    return (code == 0 ? "\u{FFFD}" : Unicode.Scalar(code) ?? "\u{FFFD}", length)
  }

  private static let named: [String: Unicode.Scalar] = {
    // U+00A0 to U+00FF in order.
    let latin1 = """
      nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr \
      deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest \
      Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute \
      Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml \
      Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
      igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute \
      ucirc uuml yacute thorn yuml
      """
    var named: [String: Unicode.Scalar] = [
      "quot": "\"", "amp": "&", "apos": "'", "lt": "<", "gt": ">",
    ]
    for (offset, name) in latin1.split(separator: " ").enumerated() {
      named[String(name)] = Unicode.Scalar(UInt8(0xA0 + offset))
    }
    return named
  }()
}
