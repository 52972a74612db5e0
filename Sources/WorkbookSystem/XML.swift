/// The text for an XML attribute or element.
///
/// What XML 1.0 has no way to write (most control characters) becomes U+FFFD.
package func xmlEscaped(_ text: String) -> String {
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;".utf8
    case "<": result += "&lt;".utf8
    case ">": result += "&gt;".utf8
    case "\"": result += "&quot;".utf8
    case "\t", "\n", "\r": result += "&#\(scalar.value);".utf8
    case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
      result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    default: result += UTF8.encodedReplacementCharacter
    }
  }
  return String(decoding: result, as: UTF8.self)
}
