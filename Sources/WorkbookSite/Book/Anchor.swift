import Foundation
import WorkbookChapters

/// A heading of a chapter, and the names by which links reach it.
struct Anchor: Hashable {
  /// As text.
  var title: String
  /// What follows `#` in a link on a Git host.
  var gitHost: String
  /// The same on the page, where that is no name of the page's own.
  var id: String

  /// Those of the headings of a text, in order.
  static func anchors(of headings: [[Inline]]) -> [Anchor] {
    var (names, ids) = (Numbering(), Numbering())
    return headings.map { inlines in
      let text = inlines.filter { if case .image = $0 { false } else { true } }
      let name = names.next(name(of: text.plain.trimmingCharacters(in: .whitespaces)))
      let isOurs = name.wholeMatch(of: #/main|search|live|(cell|output)-[0-9]+/#) != nil
      return Anchor(
        title: inlines.plain.trimmingCharacters(in: .whitespaces), gitHost: name,
        id: ids.next(name.isEmpty ? "section" : name, isTaken: isOurs))
    }
  }

  /// The text in lower case, without punctuation, a hyphen for a space.
  static func name(of title: String) -> String {
    let scalars = title.lowercased().unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
      if scalar == " " || scalar == "-" { return "-" }
      let properties = scalar.properties
      return scalar == "_" || properties.isAlphabetic || properties.numericType != nil
        ? scalar : nil
    }
    return String(String.UnicodeScalarView(scalars))
  }
}

/// Gives no name twice: behind one that is taken it puts a number.
private struct Numbering {
  private var taken: Set<String> = []
  private var counts: [String: Int] = [:]

  mutating func next(_ name: String, isTaken: Bool = false) -> String {
    var numbered = name
    while isTaken && numbered == name || !taken.insert(numbered).inserted {
      counts[name, default: 0] += 1
      numbered = "\(name)-\(counts[name] ?? 1)"
    }
    return numbered
  }
}
