import Foundation
import WorkbookSystem
import WorkbookCore

/// The text as a page shows it.
///
/// Control characters, which HTML cannot hold, become their pictures, and so does what turns the order of
/// characters round, with which code reads otherwise than it runs. Line feeds and tabs stay, and so do the marks
/// of direction that prose in Arabic or Hebrew has.
func shownInHTML(_ text: String) -> String {
  pictured(text) { scalar in
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

/// The text as HTML.
func htmlEscaped(_ text: some StringProtocol) -> String {
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count + 16)
  for byte in shownInHTML(String(text)).utf8 {
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
