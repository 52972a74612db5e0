import Foundation
import WorkbookSystem
import WorkbookCore

/// The text as HTML shows it; line feeds stay.
///
/// Control characters have no place in a page and become their pictures.
func htmlEscaped(_ text: some StringProtocol) -> String {
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count + 16)
  for byte in printable(String(text)).utf8 {
    switch byte {
    case UInt8(ascii: "&"): result += "&amp;".utf8
    case UInt8(ascii: "<"): result += "&lt;".utf8
    case UInt8(ascii: ">"): result += "&gt;".utf8
    case UInt8(ascii: "\""): result += "&quot;".utf8
    default: result.append(byte)
    }
  }
  return String(decoding: result, as: UTF8.self)
}

/// An address for an attribute: what stands in none is percent-encoded, and the rest escaped.
func htmlAddress(_ address: String) -> String {
  var result = ""
  for byte in address.utf8 {
    let isPlain =
      byte.isLetter || byte.isDigit || "-_.~:/?#@!$&'()*+,;=%".utf8.contains(byte)
    result += isPlain ? String(Unicode.Scalar(byte)) : "%" + String(format: "%02X", byte)
  }
  return result.replacing("&", with: "&amp;").replacing("'", with: "&#39;")
}
