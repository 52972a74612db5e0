/// The HTML comments in a paragraph or heading, as CommonMark 0.31 finds them: what looks like one in a code
/// span, an attribute or a link's destination is none.
struct InlineComments {
  /// From the first to behind the last byte, markers included.
  private(set) var ranges: [Range<Int>] = []

  /// The offsets of the paragraph's bytes in the file, each line ended by a line feed at its end.
  private var offsets: [Int] = []
  private var text: [UInt8] = []
  private var openBrackets = 0
  /// Where the runs of backticks begin, by their lengths, the last first.
  private var backticks: [Int: [Int]]?
  /// Where each text that was looked for stands next, or the end.
  private var next: [String: Int] = [:]

  init(_ scanned: ScannedText, in bytes: [UInt8]) {
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
      var definitions = LinkDefinitions(text)
      _ = definitions.skip()
      start = definitions.offset
    }
    scan(from: start)
  }

  private func byte(_ index: Int) -> UInt8 { index < text.count ? text[index] : 0 }

  private mutating func scan(from start: Int) {
    var index = start
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\"): index += byte(index + 1).isPunctuation ? 2 : 1
      case UInt8(ascii: "`"): index = codeSpan(at: index)
      case UInt8(ascii: "<"): index = angle(at: index)
      case UInt8(ascii: "["):
        openBrackets += 1
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
      if opener == "!--" { ranges.append(offsets[start]..<offsets[end]) }
      return end
    }
    if body.first == UInt8(ascii: "!"), byte(start + 2).isLetter {
      return find(">", from: start).map { $0 + 1 } ?? start + 1
    }
    return addressEnd(at: start + 1) ?? HTMLBlock.tagEnd(body) ?? start + 1
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

  /// Where the link ends whose text a bracket closes.
  private mutating func closeBracket(at index: Int) -> Int {
    let end = index + 1
    guard openBrackets > 0 else { return end }
    openBrackets -= 1
    switch byte(end) {
    case UInt8(ascii: "("): return inlineDestinationEnd(at: end + 1) ?? end
    case UInt8(ascii: "["):
      return text[end...].firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? end
    default: return end
    }
  }

  /// `destination "title")`.
  private func inlineDestinationEnd(at start: Int) -> Int? {
    guard let destinationEnd = destinationEnd(at: skipBlanks(start)) else { return nil }
    var end = skipBlanks(destinationEnd)
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
    return byte(end) == UInt8(ascii: ")") ? end + 1 : nil
  }

  private func destinationEnd(at start: Int) -> Int? {
    var end = start
    if byte(start) == UInt8(ascii: "<") {
      while true {
        end += 1
        switch byte(end) {
        case UInt8(ascii: ">"): return end + 1
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
    return end
  }

  private func skipBlanks(_ start: Int) -> Int {
    var index = start
    while byte(index).isSpaceOrTab || byte(index) == UInt8(ascii: "\n") { index += 1 }
    return index
  }
}
