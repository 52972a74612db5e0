/// The link reference definitions (`[label]: /url "title"`) that a paragraph begins with.
package struct LinkDefinitions {
  package struct Definition: Hashable {
    /// Between the brackets.
    package var label: Range<Int>
    /// As written, in pointed brackets or not.
    package var destination: Range<Int>
    /// With its quotes or parentheses.
    package var title: Range<Int>?
  }

  package private(set) var definitions: [Definition] = []
  /// Where the text behind them begins.
  package private(set) var offset = 0

  private let text: [UInt8]

  /// The paragraph, each line ended by a line feed and without its indent.
  package init(_ text: [UInt8]) {
    self.text = text
  }

  /// True if nothing but blanks is left behind them.
  package mutating func skip() -> Bool {
    while let (found, end) = definition() {
      definitions.append(found)
      offset = end
    }
    return text[offset...].allSatisfy { $0.isSpaceOrTab || $0 == UInt8(ascii: "\n") }
  }

  /// The definition at `offset`.
  private func definition() -> (Definition, end: Int)? {
    guard let labelEnd = label(at: offset), byte(at: labelEnd) == UInt8(ascii: ":") else {
      return nil
    }
    let start = skipBlanks(from: labelEnd + 1)
    guard let destinationEnd = destination(at: start) else { return nil }
    var found = Definition(
      label: (offset + 1)..<(labelEnd - 1), destination: start..<destinationEnd)
    let titleStart = skipBlanks(from: destinationEnd)
    if titleStart > destinationEnd, let titleEnd = title(at: titleStart),
      let end = lineEnd(at: titleEnd)
    {
      found.title = titleStart..<titleEnd
      return (found, end)
    }
    return lineEnd(at: destinationEnd).map { (found, $0) }
  }

  private func byte(at offset: Int) -> UInt8 { offset < text.count ? text[offset] : 0 }

  private func skipSpaces(from offset: Int) -> Int {
    var offset = offset
    while byte(at: offset).isSpaceOrTab { offset += 1 }
    return offset
  }

  /// Spaces with at most one line end among them.
  private func skipBlanks(from offset: Int) -> Int {
    let end = skipSpaces(from: offset)
    return byte(at: end) == UInt8(ascii: "\n") ? skipSpaces(from: end + 1) : end
  }

  private func lineEnd(at offset: Int) -> Int? {
    let end = skipSpaces(from: offset)
    if end >= text.count { return end }
    return text[end] == UInt8(ascii: "\n") ? end + 1 : nil
  }

  private func label(at start: Int) -> Int? {
    guard byte(at: start) == UInt8(ascii: "[") else { return nil }
    var end = start + 1
    var isEmpty = true
    while end < text.count, end - start <= 1001 {
      switch text[end] {
      case UInt8(ascii: "["): return nil
      case UInt8(ascii: "]"): return isEmpty ? nil : end + 1
      case UInt8(ascii: "\\") where byte(at: end + 1).isPunctuation: end += 1
      default: break
      }
      if !text[end].isSpaceOrTab, text[end] != UInt8(ascii: "\n") { isEmpty = false }
      end += 1
    }
    return nil
  }

  /// Where the destination ends that begins at an offset.
  package func destination(at start: Int) -> Int? {
    var end = start
    if byte(at: start) == UInt8(ascii: "<") {
      end += 1
      while end < text.count {
        switch text[end] {
        case UInt8(ascii: ">"): return end + 1
        case UInt8(ascii: "<"), UInt8(ascii: "\n"): return nil
        case UInt8(ascii: "\\"): end += 2
        default: end += 1
        }
      }
      return nil
    }
    var parentheses = 0
    scan: while end < text.count {
      switch text[end] {
      case UInt8(ascii: "\\") where byte(at: end + 1).isPunctuation: end += 1
      case UInt8(ascii: "("):
        parentheses += 1
        if parentheses > 32 { return nil }
      case UInt8(ascii: ")"):
        if parentheses == 0 { break scan }
        parentheses -= 1
      case let byte where byte.isSpace: break scan
      default: break
      }
      end += 1
    }
    return end == start || parentheses != 0 ? nil : end
  }

  /// Where the title ends that begins at an offset.
  package func title(at start: Int) -> Int? {
    let closer: UInt8
    switch byte(at: start) {
    case UInt8(ascii: "\""): closer = UInt8(ascii: "\"")
    case UInt8(ascii: "'"): closer = UInt8(ascii: "'")
    case UInt8(ascii: "("): closer = UInt8(ascii: ")")
    default: return nil
    }
    var end = start + 1
    while end < text.count {
      if text[end] == closer { return end + 1 }
      if closer == UInt8(ascii: ")"), text[end] == UInt8(ascii: "(") { return nil }
      if text[end] == UInt8(ascii: "\\"), byte(at: end + 1).isPunctuation { end += 1 }
      end += 1
    }
    return nil
  }
}
