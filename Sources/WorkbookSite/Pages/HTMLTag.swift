import Foundation

/// HTML in a chapter, of which a page takes the tags that do no harm; the rest is shown as text.
enum HTMLTag {
  /// A tag that a page takes, with the attributes that it takes of it.
  struct Allowed: Hashable {
    var name: String
    var isClosing: Bool
    var attributes: [String: String]
  }

  enum Piece: Hashable {
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
  static func pieces(of html: some StringProtocol) -> [Piece] {
    var pieces: [Piece] = []
    var rest = Substring(html)
    while let start = rest.firstIndex(of: "<") {
      if start > rest.startIndex { pieces.append(.text(String(rest[..<start]))) }
      rest = rest[start...]
      if rest.hasPrefix("<!--"), let end = rest.range(of: "-->") {
        pieces.append(.comment)
        rest = rest[end.upperBound...]
      } else if let match = rest.prefixMatch(
        of:
          #/<(\/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'=<>`]+))?)*)\s*\/?>/#
      ), let allowed = allowed(match.output) {
        pieces.append(.tag(allowed))
        rest = rest[match.range.upperBound...]
      } else {
        let end = rest.dropFirst().firstIndex { $0 == "<" || $0 == ">" } ?? rest.endIndex
        let close = end < rest.endIndex && rest[end] == ">" ? rest.index(after: end) : end
        pieces.append(.refused(String(rest[..<close])))
        rest = rest[close...]
      }
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }

  private static func allowed(
    _ match: (Substring, Substring, Substring, Substring)
  ) -> Allowed? {
    let name = match.2.lowercased()
    guard let known = attributes[name] else { return nil }
    var tag = Allowed(name: name, isClosing: !match.1.isEmpty, attributes: [:])
    if tag.isClosing { return void.contains(name) || !match.3.isEmpty ? nil : tag }
    for attribute in match.3.matches(
      of: #/([A-Za-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/#)
    {
      let key = attribute.1.lowercased()
      // What else it says would only be lost: looks are the page's matter.
      guard known.contains(key) else { continue }
      tag.attributes[key] = String(attribute.2 ?? attribute.3 ?? attribute.4 ?? "")
    }
    return tag
  }
}
