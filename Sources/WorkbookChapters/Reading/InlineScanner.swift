/// Code spans, links, pictures and HTML in a paragraph or heading, as CommonMark 0.31 finds them.
package struct InlineScanner {
  package enum Kind: Equatable {
    /// The number of backticks, and where the code between them stands.
    case code(ticks: Int, content: Range<Int>)
    /// The destination as written, in pointed brackets or not; empty for a reference to a definition.
    case link(destination: Range<Int>)
    case image(destination: Range<Int>)
    /// An address in pointed brackets, with them.
    case address
    /// A tag such as `<b>`.
    case html
    case comment
  }

  package struct Inline: Equatable {
    package var kind: Kind
    /// From the first to behind the last byte, markers included.
    package var range: Range<Int>
    /// The text of a link or picture: what stands between the brackets.
    package var label = 0..<0
    /// Whether it stands in the text of a link.
    package var isInLink = false
  }

  package private(set) var inlines: [Inline] = []
  /// The destinations of the link definitions (`[label]: destination`) that the text begins with.
  package private(set) var definitions: [Range<Int>] = []

  private let bytes: [UInt8]
  /// The offsets of the paragraph's bytes in the file, each line ended by a line feed at its end.
  private var offsets: [Int] = []
  private var text: [UInt8] = []
  private var brackets: [(isImage: Bool, start: Int)] = []
  /// Where the runs of backticks begin, by their lengths, the last first.
  private var backticks: [Int: [Int]]?
  /// Where each text that was looked for stands next, or the end.
  private var next: [String: Int] = [:]

  package init(_ scanned: ScannedText, in bytes: [UInt8]) {
    self.bytes = bytes
    for line in scanned.lines {
      text += bytes[line]
      offsets += line
      text.append(UInt8(ascii: "\n"))
      offsets.append(line.upperBound)
    }
    offsets.append(offsets.last ?? 0)
    var start = 0
    // An underlined heading may begin with definitions, too.
    if scanned.level == 0 || scanned.lines.count > 1 {
      var found = LinkDefinitions(text)
      _ = found.skip()
      definitions = found.definitions.map { range($0.destination) }
      start = found.offset
    }
    scan(from: start)
    inlines.sort { $0.range.lowerBound < $1.range.lowerBound }
    var linkEnd = 0
    for index in inlines.indices {
      let range = inlines[index].range
      inlines[index].isInLink = range.lowerBound < linkEnd
      if case .link = inlines[index].kind { linkEnd = max(linkEnd, range.upperBound) }
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
    let contentStart = text[start...].firstIndex { $0 != UInt8(ascii: "`") } ?? text.count
    let length = contentStart - start
    if backticks == nil { backticks = backtickRuns(from: start) }
    while let run = backticks?[length]?.last, run < contentStart {
      backticks?[length]?.removeLast()
    }
    guard let end = backticks?[length]?.last else { return contentStart }
    let kind = Kind.code(ticks: length, content: range(contentStart..<end))
    inlines.append(Inline(kind: kind, range: range(start..<(end + length))))
    return end + length
  }

  private func backtickRuns(from start: Int) -> [Int: [Int]] {
    var runs: [Int: [Int]] = [:]
    var index = text.count
    while index > start {
      index -= 1
      guard text[index] == UInt8(ascii: "`") else { continue }
      let end = index + 1
      while index > start, text[index - 1] == UInt8(ascii: "`") { index -= 1 }
      runs[end - index, default: []].append(index)
    }
    return runs
  }

  /// An address, a comment or a tag in pointed brackets.
  private mutating func angle(at start: Int) -> Int {
    let body = text[(start + 1)...]
    for (opener, closer) in [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")]
    where body.starts(with: opener.utf8) {
      // `<!-->` is a comment.
      let from = opener == "!--" ? start + 2 : start + 1 + opener.utf8.count
      guard let end = find(closer, from: from).map({ $0 + closer.utf8.count }) else {
        return start + 1
      }
      if opener == "!--" { inlines.append(Inline(kind: .comment, range: range(start..<end))) }
      return end
    }
    if body.first == UInt8(ascii: "!"), byte(start + 2).isLetter {
      return find(">", from: start).map { $0 + 1 } ?? start + 1
    }
    if let end = addressEnd(at: start + 1) {
      inlines.append(Inline(kind: .address, range: range(start..<end)))
      return end
    }
    guard let end = HTMLBlock.tagEnd(body) else { return start + 1 }
    inlines.append(Inline(kind: .html, range: range(start..<end)))
    return end
  }

  /// Where `https://a.b>` or `a@b.c>` ends.
  private func addressEnd(at start: Int) -> Int? {
    let body = text[start...].prefix {
      $0 > 0x20 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
    }
    let scheme = body.prefix { $0.isLetter || $0.isDigit || "+.-".utf8.contains($0) }
    guard byte(body.endIndex) == UInt8(ascii: ">"),
      scheme.count > 1 && byte(start).isLetter && byte(scheme.endIndex) == UInt8(ascii: ":")
        || body.contains(UInt8(ascii: "@"))
    else { return nil }
    return body.endIndex + 1
  }

  /// Where the text stands next; who asks for one text does so further and further on.
  private mutating func find(_ pattern: String, from start: Int) -> Int? {
    let bytes = Array(pattern.utf8)
    var index = max(next[pattern] ?? 0, start)
    while index < text.count, !text[index...].starts(with: bytes) { index += 1 }
    next[pattern] = index
    return index < text.count ? index : nil
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
    guard let destination = destination(at: skipBlanks(start)) else { return nil }
    var end = skipBlanks(destination.upperBound)
    if byte(end) != UInt8(ascii: ")") {
      let closer = byte(end) == UInt8(ascii: "(") ? UInt8(ascii: ")") : byte(end)
      guard
        closer == UInt8(ascii: "\"") || closer == UInt8(ascii: "'") || closer == UInt8(ascii: ")")
      else { return nil }
      end += 1
      while end < text.count, text[end] != closer {
        // None stands in another: so text of unclosed ones takes no time.
        if closer == UInt8(ascii: ")"), text[end] == UInt8(ascii: "(") { return nil }
        end += text[end] == UInt8(ascii: "\\") ? 2 : 1
      }
      end = skipBlanks(end + 1)
    }
    return byte(end) == UInt8(ascii: ")") ? (destination, end + 1) : nil
  }

  private func destination(at start: Int) -> Range<Int>? {
    var end = start
    if byte(start) == UInt8(ascii: "<") {
      while true {
        end += 1
        switch byte(end) {
        case UInt8(ascii: ">"): return start..<(end + 1)
        case UInt8(ascii: "<"), UInt8(ascii: "\n"), 0: return nil
        case UInt8(ascii: "\\") where byte(end + 1).isPunctuation: end += 1
        default: break
        }
      }
    }
    // No more than CommonMark asks for: so text of unclosed ones takes no time.
    var depth = 0
    while byte(end) > 0x20 {
      if byte(end) == UInt8(ascii: "\\"), byte(end + 1).isPunctuation {
        end += 1
      } else if byte(end) == UInt8(ascii: "(") {
        depth += 1
        if depth > 32 { return nil }
      } else if byte(end) == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      }
      end += 1
    }
    return start..<end
  }

  private func skipBlanks(_ start: Int) -> Int {
    var index = start
    while byte(index).isSpaceOrTab || byte(index) == UInt8(ascii: "\n") { index += 1 }
    return index
  }
}
