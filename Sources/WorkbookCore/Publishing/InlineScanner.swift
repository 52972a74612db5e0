/// Code spans, links, pictures and HTML in a paragraph or heading, as CommonMark 0.31 finds them.
struct InlineScanner {
  enum Kind: Equatable {
    /// The number of backticks, and where the code between them stands.
    case code(ticks: Int, content: Range<Int>)
    /// The destination as written, in pointed brackets or not; empty for a reference to a definition.
    case link(destination: Range<Int>)
    case image(destination: Range<Int>)
    /// A tag such as `<b>`; no address in pointed brackets and no comment.
    case html
  }

  struct Inline: Equatable {
    var kind: Kind
    /// From the first to behind the last byte, markers included.
    var range: Range<Int>
    /// The text of a link or picture: what stands between the brackets.
    var label = 0..<0
    /// Whether it stands in the text of a link.
    var isInLink = false
  }

  private(set) var inlines: [Inline] = []
  /// The destinations of link definitions (`[label]: destination`) that the paragraph begins with.
  private(set) var definitions: [Range<Int>] = []

  private let bytes: [UInt8]
  /// The offsets of the paragraph's bytes in the file, each line ended by a line feed at its end.
  private var offsets: [Int] = []
  private var text: [UInt8] = []
  private var brackets: [(isImage: Bool, start: Int)] = []

  init(_ scanned: ScannedText, in bytes: [UInt8]) {
    self.bytes = bytes
    for line in scanned.lines {
      text += bytes[line]
      offsets += line
      text.append(UInt8(ascii: "\n"))
      offsets.append(line.upperBound)
    }
    offsets.append(offsets.last ?? 0)
    var start = 0
    if scanned.level == 0 {
      while let end = definition(at: start) { start = end }
    }
    scan(from: start)
    inlines.sort { $0.range.lowerBound < $1.range.lowerBound }
    let links = inlines.filter { if case .link = $0.kind { true } else { false } }.map(\.range)
    for index in inlines.indices {
      let range = inlines[index].range
      inlines[index].isInLink = links.contains { $0 != range && $0.contains(range.lowerBound) }
    }
  }

  private func byte(_ index: Int) -> UInt8 { index < text.count ? text[index] : 0 }

  private func range(_ range: Range<Int>) -> Range<Int> {
    offsets[range.lowerBound]..<offsets[range.upperBound]
  }

  // MARK: - Inlines

  private mutating func scan(from start: Int) {
    var index = start
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\"): index += byte(index + 1).isPunctuation ? 2 : 1
      case UInt8(ascii: "`"): index = codeSpan(at: index)
      case UInt8(ascii: "<"): index = angle(at: index)
      case UInt8(ascii: "!") where byte(index + 1) == UInt8(ascii: "["):
        brackets.append((true, index))
        index += 2
      case UInt8(ascii: "["):
        brackets.append((false, index))
        index += 1
      case UInt8(ascii: "]"): index = closeBracket(at: index)
      default: index += 1
      }
    }
  }

  private mutating func codeSpan(at start: Int) -> Int {
    func runEnd(_ start: Int) -> Int {
      var end = start
      while byte(end) == UInt8(ascii: "`") { end += 1 }
      return end
    }
    let contentStart = runEnd(start)
    var index = contentStart
    while index < text.count {
      guard text[index] == UInt8(ascii: "`") else {
        index += 1
        continue
      }
      let end = runEnd(index)
      if end - index == contentStart - start {
        let kind = Kind.code(ticks: end - index, content: range(contentStart..<index))
        inlines.append(Inline(kind: kind, range: range(start..<end)))
        return end
      }
      index = end
    }
    return contentStart
  }

  /// An address, a comment or a tag in pointed brackets.
  private mutating func angle(at start: Int) -> Int {
    guard let end = text[start...].firstIndex(of: UInt8(ascii: ">")) else { return start + 1 }
    let body = text[(start + 1)..<end]
    if body.first == UInt8(ascii: "!") { return end + 1 }
    let name = body.first == UInt8(ascii: "/") ? body.dropFirst() : body
    guard name.first?.isLetter == true else { return start + 1 }
    let word = name.prefix { $0.isLetter || $0.isDigit || "+.-".utf8.contains($0) }
    let next = name.dropFirst(word.count).first
    if next == UInt8(ascii: ":") || body.contains(UInt8(ascii: "@")) {
      return body.contains(where: \.isSpaceOrTab) ? start + 1 : end + 1
    }
    let isTag =
      next.map { $0.isSpaceOrTab || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "/") } ?? true
    guard isTag else { return start + 1 }
    inlines.append(Inline(kind: .html, range: range(start..<(end + 1))))
    return end + 1
  }

  private mutating func closeBracket(at index: Int) -> Int {
    guard let bracket = brackets.popLast() else { return index + 1 }
    var destination = index..<index
    var end = index + 1
    if byte(end) == UInt8(ascii: "("), let (found, after) = inlineDestination(at: end + 1) {
      destination = found
      end = after
    } else if byte(end) == UInt8(ascii: "["),
      let close = text[end...].firstIndex(of: UInt8(ascii: "]"))
    {
      end = close + 1
    }
    let place = range(destination)
    inlines.append(
      Inline(
        kind: bracket.isImage ? .image(destination: place) : .link(destination: place),
        range: range(bracket.start..<end),
        label: range((bracket.start + (bracket.isImage ? 2 : 1))..<index)))
    return end
  }

  /// `destination "title")`.
  private func inlineDestination(at start: Int) -> (destination: Range<Int>, end: Int)? {
    guard let destination = destination(at: skipBlanks(start), isInline: true) else { return nil }
    var end = skipBlanks(destination.upperBound)
    if byte(end) != UInt8(ascii: ")") {
      let closer = byte(end) == UInt8(ascii: "(") ? UInt8(ascii: ")") : byte(end)
      guard
        closer == UInt8(ascii: "\"") || closer == UInt8(ascii: "'") || closer == UInt8(ascii: ")")
      else { return nil }
      end += 1
      while end < text.count, text[end] != closer { end += text[end] == UInt8(ascii: "\\") ? 2 : 1 }
      end = skipBlanks(end + 1)
    }
    return byte(end) == UInt8(ascii: ")") ? (destination, end + 1) : nil
  }

  private func destination(at start: Int, isInline: Bool) -> Range<Int>? {
    if byte(start) == UInt8(ascii: "<") {
      let end = text[start...].firstIndex { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "\n") }
      guard let end, text[end] == UInt8(ascii: ">") else { return nil }
      return start..<(end + 1)
    }
    var depth = 0
    var end = start
    while end < text.count, !text[end].isSpaceOrTab, text[end] != UInt8(ascii: "\n") {
      if text[end] == UInt8(ascii: "\\") { end += 1 }
      if byte(end) == UInt8(ascii: "(") { depth += 1 }
      if byte(end) == UInt8(ascii: ")") {
        if depth == 0, isInline { break }
        depth -= 1
      }
      end += 1
    }
    return start..<min(end, text.count)
  }

  private func skipBlanks(_ start: Int) -> Int {
    var index = start
    while byte(index).isSpaceOrTab || byte(index) == UInt8(ascii: "\n") { index += 1 }
    return index
  }

  // MARK: - Definitions

  /// Where the definition on the line at `start` ends; one that spans lines is left to DocC.
  private mutating func definition(at start: Int) -> Int? {
    guard byte(start) == UInt8(ascii: "[") else { return nil }
    guard let lineEnd = text[start...].firstIndex(of: UInt8(ascii: "\n")),
      let close = text[start..<lineEnd].firstIndex(of: UInt8(ascii: "]")), close > start + 1,
      byte(close + 1) == UInt8(ascii: ":")
    else { return nil }
    let begin = skipBlanks(close + 2)
    guard begin < lineEnd, let found = destination(at: begin, isInline: false) else { return nil }
    definitions.append(range(found))
    return lineEnd + 1
  }
}
