/// A piece of a paragraph's text, in order; what opens is closed.
package enum Inline: Hashable {
  package enum Style: String, Hashable { case em, strong, del }

  case text(String)
  case softBreak, hardBreak
  case open(Style), close(Style)
  /// The code, and where it stands in the file.
  case code(String, offset: Int)
  /// One between two dollars stands on a line of its own.
  case math(String, isBlock: Bool, offset: Int)
  /// A tag, as written.
  case html(String, offset: Int)
  /// The destination and title without escapes.
  case link(destination: String, title: String?, offset: Int)
  case endLink
  case image(destination: String, title: String?, alternative: String, offset: Int)
}

extension [Inline] {
  /// The text alone, as who cannot see gets it.
  package var plain: String {
    map { inline in
      switch inline {
      case .text(let text), .code(let text, _), .math(let text, _, _): text
      case .softBreak, .hardBreak: " "
      case .image(_, _, let alternative, _): alternative
      case .html(let html, _): HTMLTag.refused(in: html)
      case .open, .close, .link, .endLink: ""
      }
    }.joined()
  }
}
