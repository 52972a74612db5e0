/// HTML in a chapter, of which a page takes the tags that do no harm; the rest is shown as text.
package enum HTMLTag {
  /// A tag that a page takes, with the attributes that it takes of it.
  package struct Allowed: Hashable {
    package var name: String
    package var isClosing: Bool
    package var attributes: [String: String]
  }

  package enum Piece: Hashable {
    case text(String)
    case comment
    case tag(Allowed)
    /// Shown as it is written.
    case refused(String)
  }

  private static let attributes: [String: Set<String>] = [
    "details": ["open"], "summary": [], "br": [], "sub": [], "sup": [], "kbd": [], "picture": [],
    "source": ["srcset", "media"], "img": ["src", "alt", "width", "height"],
  ]
  /// Those without an end.
  static let void: Set<String> = ["br", "source", "img"]

  /// The pieces of a stretch of HTML, in order.
  package static func pieces(of html: String) -> [Piece] {
    let bytes = Array(html.utf8)
    var pieces: [Piece] = []
    var index = 0
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    while index < bytes.count {
      let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
      if start > index { pieces.append(.text(text(index..<start))) }
      index = start
      guard start < bytes.count else { break }
      if bytes[start...].starts(with: "<!--".utf8) {
        pieces.append(.comment)
        // One that nothing closes goes on to the end.
        index =
          bytes[start...].indices.first { bytes[$0...].starts(with: "-->".utf8) }.map { $0 + 3 }
          ?? bytes.count
      } else if let end = HTMLBlock.tagEnd(bytes[(start + 1)...]) {
        let tag = text(start..<end)
        pieces.append(allowed(tag).map { .tag($0) } ?? .refused(tag))
        index = end
      } else {
        pieces.append(.refused("<"))
        index = start + 1
      }
    }
    return pieces
  }

  /// What of it stands in the text of a page.
  static func refused(in html: String) -> String {
    pieces(of: html).map { if case .refused(let text) = $0 { text } else { "" } }.joined()
  }

  private static func allowed(_ tag: String) -> Allowed? {
    guard let match = tag.prefixMatch(of: #/<(\/?)([A-Za-z][A-Za-z0-9-]*)/#) else { return nil }
    let name = match.2.lowercased()
    guard let known = attributes[name] else { return nil }
    let rest = tag[match.range.upperBound...]
    var tag = Allowed(name: name, isClosing: !match.1.isEmpty, attributes: [:])
    if tag.isClosing { return void.contains(name) ? nil : tag }
    for attribute in rest.matches(
      of: #/([A-Za-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/#)
    {
      let key = attribute.1.lowercased()
      // What else it says would only be lost: looks are the page's matter.
      guard known.contains(key) else { continue }
      let value = attribute.2 ?? attribute.3 ?? attribute.4 ?? ""
      tag.attributes[key] = InfoString.unescape(Array(value.utf8)[...], hasBackslashes: false)
    }
    return tag
  }
}
