import Foundation

/// Looks for what makes a picture in SVG more than a picture: at its own address it is a page of the site,
/// and its scripts are the site's.
struct PictureScripts {
  private let text: [UInt8]
  private var index = 0

  private init(_ text: [UInt8]) {
    self.text = text
  }

  /// Whether the picture may run a script; what browsers might read otherwise than here may.
  static func mayRun(in svg: Data) -> Bool {
    let text = [UInt8](svg)
    guard !text.contains(0), (try? UTF8Span(validating: text.span)) != nil else { return true }
    var scripts = PictureScripts(text)
    return scripts.areFound()
  }

  private static let elements: Set<String> = [
    "script", "handler", "iframe", "frame", "object", "embed", "link", "meta", "base",
  ]

  /// SVG's own, as drawing programs write it.
  private static var documentType: Regex<Substring> {
    #/
    DOCTYPE\s+svg
    (?:\s+PUBLIC\s+["']-//W3C//DTD\ SVG\ [0-9.A-Za-z\ ]+//EN["']\s+["']http://www\.w3\.org/[\w./-]+["'])?\s*
    /#
  }

  private mutating func areFound() -> Bool {
    while let start = text[index...].firstIndex(of: UInt8(ascii: "<")) {
      index = start + 1
      if skip("!--", to: "-->") || skip("![CDATA[", to: "]]>") { continue }
      if take("!") {
        // Any other may declare entities and default values of attributes.
        guard take(until: { $0 == UInt8(ascii: ">") }).wholeMatch(of: Self.documentType) != nil
        else {
          return true
        }
      } else if take("?") {
        let instruction = take(until: { $0 == UInt8(ascii: ">") }).lowercased()
        let isPlain = !instruction.contains("encoding") || instruction.contains("utf-8")
        guard instruction.hasPrefix("xml "), isPlain else { return true }
      } else if isTagFound() {
        return true
      }
    }
    return false
  }

  /// Whether the tag at the index has a name, attribute or value that runs a script; moves behind it.
  private mutating func isTagFound() -> Bool {
    let name = take(until: { $0.isSpace || ">/".utf8.contains($0) })
    if Self.elements.contains(Self.localName(name)) { return true }
    var attribute = ""
    while index < text.count, text[index] != UInt8(ascii: ">") {
      let word = take(until: { $0.isSpace || "=>/\"'".utf8.contains($0) })
      if !word.isEmpty { attribute = Self.localName(word) }
      if attribute.hasPrefix("on") { return true }
      guard index < text.count,
        text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "'")
      else {
        if index < text.count, text[index] != UInt8(ascii: ">") { index += 1 }
        continue
      }
      let quote = text[index]
      index += 1
      let written = take(until: { $0 == quote })
      // XML has no others, unless somebody declares them.
      if written.contains(#/&(?!(?:amp|lt|gt|quot|apos|#\w+);)/#) { return true }
      let value = Self.resolved(written)
      if value.contains("javascript:") || value.contains("<script")
        || attribute == "attributename" && value.hasPrefix("on")
      {
        return true
      }
      index = min(index + 1, text.count)
    }
    return false
  }

  /// In lower case, without the prefix of its namespace.
  private static func localName(_ name: String) -> String {
    (name.split(separator: ":").last.map(String.init) ?? name).lowercased()
  }

  /// A value in lower case, with its character references resolved and without what browsers pass over.
  private static func resolved(_ value: String) -> String {
    // A picture within the picture has none, and is long.
    guard value.utf8.contains(UInt8(ascii: "&")) else { return plain(value) }
    let text = value.replacing(/&#(?:x0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));?/) { match in
      let code = match.1.flatMap { UInt32($0, radix: 16) } ?? match.2.flatMap { UInt32($0) }
      return code.flatMap(Unicode.Scalar.init).map { String($0) } ?? ""
    }
    .replacing("&lt;", with: "<").replacing("&amp;", with: "&")
    return plain(text)
  }

  private static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value > 0x20 })).lowercased()
  }

  private mutating func take(_ word: String) -> Bool {
    guard text[index...].starts(with: word.utf8) else { return false }
    index += word.utf8.count
    return true
  }

  private mutating func take(until isEnd: (UInt8) -> Bool) -> String {
    let start = index
    index = text[start...].firstIndex(where: isEnd) ?? text.count
    return String(decoding: text[start..<index], as: UTF8.self)
  }

  private mutating func skip(_ opener: String, to closer: String) -> Bool {
    guard take(opener) else { return false }
    while index < text.count, !take(closer) { index += 1 }
    return true
  }
}
