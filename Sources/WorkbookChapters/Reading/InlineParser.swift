import Foundation
import WorkbookSystem

/// Reads the inlines of a paragraph or heading: CommonMark 0.31, and `~~`, `$…$`, `$$…$$` as Git hosts have
/// them.
package struct InlineParser {
  /// An inline, or a run of `*`, `_` or `~` that may still become the marks of emphasis.
  struct Item {
    var inline: Inline
    var mark: UInt8 = 0
    var count = 0
    var length = 0
    var canOpen = false
    var canClose = false
    var before: [Inline] = []
    var after: [Inline] = []
  }

  private struct Bracket {
    var item: Int
    var isImage: Bool
    var isActive = true
    /// Behind the bracket.
    var start: Int
    /// How many runs of marks stand before it.
    var marks: Int
  }

  private let references: LinkReferences
  private(set) var text: [UInt8] = []
  /// Where the bytes of `text` stand in the file.
  private var offsets: [Int] = []
  var items: [Item] = []
  private var brackets: [Bracket] = []
  var marks: [Int] = []
  var index = 0
  private var plain: [UInt8] = []
  /// The lengths of runs of backticks that nothing closes from here on, and ends of HTML that do not come.
  private var hasNoCloser: Set<Int> = []
  private var isMissing: Set<String> = []
  private let isCell: Bool

  /// - Parameter isCell: in a table `\|` is a bar, in code too.
  package static func inlines(
    of scanned: ScannedText, in bytes: [UInt8], _ references: LinkReferences, isCell: Bool = false
  ) -> [Inline] {
    var parser = InlineParser(scanned, bytes, references, isCell)
    return parser.parse()
  }

  private init(
    _ scanned: ScannedText, _ bytes: [UInt8], _ references: LinkReferences, _ isCell: Bool
  ) {
    self.references = references
    self.isCell = isCell
    for line in scanned.lines {
      for offset in line {
        if isCell, bytes[offset] == UInt8(ascii: "\\"), offset + 1 < line.upperBound,
          bytes[offset + 1] == UInt8(ascii: "|")
        {
          continue
        }
        text.append(bytes[offset])
        offsets.append(offset)
      }
      text.append(UInt8(ascii: "\n"))
      offsets.append(line.upperBound)
    }
    while text.last.map({ $0.isSpace }) ?? false { text.removeLast() }
    if scanned.level == 0 || scanned.lines.count > 1 {
      var definitions = LinkDefinitions(text + [UInt8(ascii: "\n")])
      _ = definitions.skip()
      index = min(definitions.offset, text.count)
    }
  }

  private func byte(_ index: Int) -> UInt8 { index < text.count ? text[index] : 0 }
  private func string(_ range: Range<Int>) -> String {
    String(decoding: text[range], as: UTF8.self)
  }

  private mutating func parse() -> [Inline] {
    while index < text.count { step() }
    flush()
    processMarks(from: 0)
    return items.flatMap { item in
      var inlines = item.before
      if item.mark == 0 {
        inlines.append(item.inline)
      } else if item.count > 0 {
        inlines.append(
          .text(String(repeating: Character(Unicode.Scalar(item.mark)), count: item.count)))
      }
      return inlines + item.after
    }
  }

  mutating func flush() {
    guard !plain.isEmpty else { return }
    items.append(Item(inline: .text(String(decoding: plain, as: UTF8.self))))
    plain = []
  }

  private mutating func add(_ inline: Inline) {
    flush()
    items.append(Item(inline: inline))
  }

  private mutating func step() {
    let byte = text[index]
    switch byte {
    case UInt8(ascii: "\\"):
      if self.byte(index + 1) == UInt8(ascii: "\n") {
        lineBreak(isHard: true, from: index + 1)
      } else {
        if self.byte(index + 1).isPunctuation { index += 1 }
        plain.append(text[index])
        index += 1
      }
    case UInt8(ascii: "\n"):
      let spaces = plain.reversed().prefix { $0 == UInt8(ascii: " ") }.count
      while plain.last?.isSpaceOrTab == true { plain.removeLast() }
      lineBreak(isHard: spaces >= 2, from: index)
    case UInt8(ascii: "`"): code()
    case UInt8(ascii: "&"):
      let end = text[index...].prefix(33).firstIndex(of: UInt8(ascii: ";")).map { $0 + 1 }
      let written = text[index..<(end ?? index + 1)]
      plain += InfoString.unescape(written).utf8
      index = written.endIndex
    case UInt8(ascii: "<"): angle()
    case UInt8(ascii: "$"): math()
    case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): markRun(byte)
    case UInt8(ascii: "!") where self.byte(index + 1) == UInt8(ascii: "["):
      openBracket(isImage: true)
    case UInt8(ascii: "["): openBracket(isImage: false)
    case UInt8(ascii: "]"): closeBracket()
    default:
      plain.append(byte)
      index += 1
    }
  }

  private mutating func lineBreak(isHard: Bool, from end: Int) {
    add(isHard ? .hardBreak : .softBreak)
    index = end + 1
    while byte(index).isSpaceOrTab { index += 1 }
  }

  // MARK: - Code, formulas, tags

  func runEnd(_ mark: UInt8, at start: Int) -> Int {
    var end = start
    while byte(end) == mark { end += 1 }
    return end
  }

  /// Where a run of as many backticks begins.
  private mutating func closer(of length: Int, from start: Int) -> Int? {
    if hasNoCloser.contains(length) { return nil }
    var end = start
    while end < text.count {
      guard text[end] == UInt8(ascii: "`") else {
        end += 1
        continue
      }
      let run = runEnd(UInt8(ascii: "`"), at: end)
      if run - end == length { return end }
      end = run
    }
    hasNoCloser.insert(length)
    return nil
  }

  private mutating func code() {
    let start = runEnd(UInt8(ascii: "`"), at: index)
    guard let end = closer(of: start - index, from: start) else {
      plain += text[index..<start]
      index = start
      return
    }
    add(.code(codeText(start..<end), offset: offsets[index]))
    index = end + (start - index)
  }

  private func codeText(_ range: Range<Int>) -> String {
    var code = text[range].map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
    if code.count > 1, code.first == UInt8(ascii: " "), code.last == UInt8(ascii: " "),
      code.contains(where: { $0 != UInt8(ascii: " ") })
    {
      code = Array(code.dropFirst().dropLast())
    }
    return String(decoding: code, as: UTF8.self)
  }

  /// `` $`a`$ ``, or `$a$` without spaces inside and without a digit behind.
  private mutating func math() {
    let start = index + 1
    if byte(start) == UInt8(ascii: "`") {
      let run = runEnd(UInt8(ascii: "`"), at: start)
      if let end = closer(of: run - start, from: run), byte(end + run - start) == UInt8(ascii: "$")
      {
        add(.math(codeText(run..<end), isBlock: false, offset: offsets[index]))
        index = end + (run - start) + 1
        return
      }
    } else if byte(start) == UInt8(ascii: "$") {
      if let end = blockMathEnd(from: start + 1) {
        let formula = string((start + 1)..<end)
        add(.math(formula, isBlock: true, offset: offsets[index]))
        index = end + 2
        return
      }
    } else if !byte(start).isSpace,
      let end = text[start...].prefix(1000).indices.first(where: {
        text[$0] == UInt8(ascii: "$") && text[$0 - 1] != UInt8(ascii: "\\")
      }), end > start, !text[end - 1].isSpace, !byte(end + 1).isDigit
    {
      add(.math(string(start..<end), isBlock: false, offset: offsets[index]))
      index = end + 1
      return
    }
    plain.append(text[index])
    index += 1
  }

  /// Where the two dollars stand that close a formula.
  ///
  /// One that does not begin its line is as tight as `$a$`.
  private mutating func blockMathEnd(from start: Int) -> Int? {
    guard !isMissing.contains("$$") else { return nil }
    let end = text[start...].indices.first {
      byte($0) == UInt8(ascii: "$") && byte($0 + 1) == UInt8(ascii: "$")
        && text[$0 - 1] != UInt8(ascii: "\\")
    }
    guard let end else {
      isMissing.insert("$$")
      return nil
    }
    let isTight = !byte(start).isSpace && !text[end - 1].isSpace
    let beginsLine = plain.isEmpty && (items.last.map { $0.inline == .softBreak } ?? true)
    let isEmpty = text[start..<end].allSatisfy(\.isSpace)
    return isEmpty || !isTight && !beginsLine ? nil : end
  }

  private mutating func angle() {
    let body = text[(index + 1)...]
    for (opener, closer) in [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")]
    where body.starts(with: opener.utf8) {
      if opener == "!--", body.starts(with: "!-->".utf8) || body.starts(with: "!--->".utf8) {
        flush()
        index = (body.firstIndex(of: UInt8(ascii: ">")) ?? index) + 1
        return
      }
      let pattern = Array(closer.utf8)
      guard !isMissing.contains(closer) else { break }
      guard
        let end = body.indices.dropFirst(opener.utf8.count).first(where: {
          text[$0...].starts(with: pattern)
        })
      else {
        isMissing.insert(closer)
        break
      }
      if opener != "!--" {
        add(.html(string(index..<(end + pattern.count)), offset: offsets[index]))
      }
      index = end + pattern.count
      return
    }
    if body.first == UInt8(ascii: "!"), byte(index + 2).isLetter, !isMissing.contains(">") {
      guard let end = body.firstIndex(of: UInt8(ascii: ">")) else {
        isMissing.insert(">")
        plain.append(UInt8(ascii: "<"))
        index += 1
        return
      }
      add(.html(string(index..<(end + 1)), offset: offsets[index]))
      index = end + 1
    } else if let address = address(body) {
      let destination = (address.isMail ? "mailto:" : "") + address.text
      add(.link(destination: destination, title: nil, offset: offsets[index]))
      add(.text(address.text))
      add(.endLink)
      index += address.text.utf8.count + 2
    } else if let end = HTMLBlock.tagEnd(body) {
      add(.html(string(index..<end), offset: offsets[index]))
      index = end
    } else {
      plain.append(UInt8(ascii: "<"))
      index += 1
    }
  }

  /// What `<https://a.b>` or `<a@b.c>` holds.
  private func address(_ body: ArraySlice<UInt8>) -> (text: String, isMail: Bool)? {
    let content = body.prefix {
      $0 > 0x20 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
    }
    guard byte(content.endIndex) == UInt8(ascii: ">") else { return nil }
    let scheme = content.prefix { $0.isLetter || $0.isDigit || "+.-".utf8.contains($0) }
    let text = String(decoding: content, as: UTF8.self)
    if (2...32).contains(scheme.count), content.first?.isLetter == true,
      byte(scheme.endIndex) == UInt8(ascii: ":")
    {
      return (text, false)
    }
    let isMail =
      text.wholeMatch(
        of: #/[A-Za-z0-9.!\#$%&'*+\/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*/#) != nil
    return isMail ? (text, true) : nil
  }

  // MARK: - Links

  private mutating func openBracket(isImage: Bool) {
    let end = index + (isImage ? 2 : 1)
    add(.text(isImage ? "![" : "["))
    brackets.append(
      Bracket(item: items.count - 1, isImage: isImage, start: end, marks: marks.count))
    index = end
  }

  private mutating func closeBracket() {
    guard let bracket = brackets.popLast() else { return literalBracket() }
    guard bracket.isActive, let target = target(of: bracket) else { return literalBracket() }
    flush()
    processMarks(from: bracket.marks)
    let offset = offsets[target.place]
    if bracket.isImage {
      let inlines = items[(bracket.item + 1)...].flatMap { $0.mark == 0 ? [$0.inline] : [] }
      items.removeLast(items.count - bracket.item)
      add(
        .image(
          destination: target.destination, title: target.title, alternative: inlines.plain,
          offset: offset))
    } else {
      items[bracket.item].inline = .link(
        destination: target.destination, title: target.title, offset: offset)
      add(.endLink)
      // No link stands in another.
      for index in brackets.indices.reversed() where !brackets[index].isImage {
        if !brackets[index].isActive { break }
        brackets[index].isActive = false
      }
    }
    index = target.end
  }

  private mutating func literalBracket() {
    plain.append(UInt8(ascii: "]"))
    index += 1
  }

  private typealias Target = (destination: String, title: String?, place: Int, end: Int)

  private func target(of bracket: Bracket) -> Target? {
    if byte(index + 1) == UInt8(ascii: "("), let target = inlineTarget(at: index + 2) {
      return target
    }
    var label = bracket.start..<index
    var end = index + 1
    if byte(end) == UInt8(ascii: "["), let close = LinkReferences.labelEnd(text, end + 1) {
      if close > end + 1 { label = (end + 1)..<close }
      end = close + 1
    }
    guard label.count < 1000, let found = references[text[label]] else { return nil }
    return (found.destination, found.title, bracket.start - 1, end)
  }

  private func inlineTarget(at start: Int) -> Target? {
    let first = skipBlanks(start)
    // What `[a](` goes on with is the rest of a definition `[a]:`.
    guard
      let destination = LinkDefinitions(text).destination(at: first)
        ?? (byte(first) == UInt8(ascii: ")") ? first : nil)
    else { return nil }
    var end = skipBlanks(destination)
    var title: String?
    if end > destination, let titleEnd = LinkDefinitions(text).title(at: end) {
      title = InfoString.unescape(text[(end + 1)..<(titleEnd - 1)])
      end = skipBlanks(titleEnd)
    }
    guard byte(end) == UInt8(ascii: ")") else { return nil }
    return (LinkReferences.unbracketed(text[first..<destination]), title, first, end + 1)
  }

  private func skipBlanks(_ start: Int) -> Int {
    var index = start
    while byte(index).isSpaceOrTab || byte(index) == UInt8(ascii: "\n") { index += 1 }
    return index
  }
}
