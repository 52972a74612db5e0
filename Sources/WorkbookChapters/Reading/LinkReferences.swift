import WorkbookSystem

/// The link reference definitions of a text, by their labels.
package struct LinkReferences {
  private var targets: [String: (destination: String, title: String?)] = [:]

  package init(_ texts: [ScannedText], in bytes: [UInt8]) {
    for text in texts where text.level == 0 || text.lines.count > 1 {
      guard let first = text.lines.first, bytes[first].first == UInt8(ascii: "[") else { continue }
      let joined = text.lines.flatMap { bytes[$0] + [UInt8(ascii: "\n")] }
      var found = LinkDefinitions(joined)
      _ = found.skip()
      for definition in found.definitions {
        let label = Self.normalized(joined[definition.label])
        guard targets[label] == nil else { continue }
        let title = definition.title.map { InfoString.unescape(joined[$0].dropFirst().dropLast()) }
        targets[label] = (Self.unbracketed(joined[definition.destination]), title)
      }
    }
  }

  subscript(label: ArraySlice<UInt8>) -> (destination: String, title: String?)? {
    targets.isEmpty ? nil : targets[Self.normalized(label)]
  }

  private static func normalized(_ label: ArraySlice<UInt8>) -> String {
    let words = String(decoding: label, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    // As Unicode folds case: `ẞ` is `SS`.
    return words.joined(separator: " ").lowercased().uppercased()
  }

  /// A destination without its pointed brackets and escapes.
  static func unbracketed(_ written: ArraySlice<UInt8>) -> String {
    written.first == UInt8(ascii: "<")
      ? InfoString.unescape(written.dropFirst().dropLast()) : InfoString.unescape(written)
  }

  /// Where the bracket stands that closes a label that begins at an index.
  static func labelEnd(_ text: [UInt8], _ start: Int) -> Int? {
    var end = start
    while end < text.count, end - start < 1000 {
      switch text[end] {
      case UInt8(ascii: "]"): return end
      case UInt8(ascii: "["): return nil
      case UInt8(ascii: "\\"): end += 2
      default: end += 1
      }
    }
    return nil
  }
}
