/// Finds the fenced blocks of a Markdown text: CommonMark 0.31's block structure, without inlines.
///
/// The algorithm is the specification's ("Phase 1: block structure") as cmark carries it out. Every
/// line costs time in proportion to its own length, however deep the containers stand.
package struct BlockScanner {
  /// In the order of their opening lines.
  package private(set) var fences: [ScannedFence] = []
  /// Indented code, as fences without an info string.
  package private(set) var indentedCode: [ScannedFence] = []
  /// The comments that speak to the runner.
  package private(set) var comments: [ScannedComment] = []
  /// Paragraphs and headings, in order: what holds inlines.
  package private(set) var texts: [ScannedText] = []
  /// The lines on which HTML other than a comment begins.
  package private(set) var htmlBlocks: [SourceLine] = []
  /// All blocks in order, for who shows the text.
  package private(set) var events: [BlockEvent] = []

  /// The lines of YAML at the start of the file, and where it ends; CommonMark takes it for a rule and a heading.
  package var frontMatter: (lines: Int, end: Int) {
    var lines = SourceLines(cursor.bytes)
    func isLine(_ line: SourceLine, _ words: [String]) -> Bool {
      words.contains { cursor.bytes[line.start..<line.end].elementsEqual($0.utf8) }
    }
    guard let first = lines.next(), isLine(first, ["---"]) else { return (0, 0) }
    while let line = lines.next() {
      if isLine(line, ["---", "..."]) { return (line.number, line.end) }
      // Behind a rule.
      if line.number == 2, line.start == line.end { break }
    }
    return (0, 0)
  }

  /// The headings, without a last line of YAML.
  package var headings: [ScannedText] {
    let start = frontMatter.end
    return texts.filter { $0.level > 0 && ($0.lines.first?.lowerBound ?? 0) >= start }
  }

  private var cursor: LineCursor
  private var containers: [Container] = []
  /// The indices in `containers` of the block quotes.
  private var quotes: [Int] = []
  private var leaf = Leaf.none
  /// Where the lines of an open paragraph stand, without their indent.
  private var paragraph: [Range<Int>] = []
  private var paragraphLines = 0...0
  /// Of open HTML or indented code.
  private var literal: [Text.Line] = []
  /// Whether the item that an open paragraph stands in had a child before it.
  private var hadChildBeforeParagraph = false
  private var lastCommentAwaitsNextLine = false
  /// The level that an underline makes the open paragraph a heading of.
  private var nextTextLevel = 0

  private struct Container {
    var isQuote: Bool
    /// The columns that a line must be indented by to belong to a list item.
    var width = 0
    var hasChild = false
    /// Of a quote, also where nothing stands behind its mark.
    var lastLine = 0
  }

  private enum Leaf: Equatable {
    case none, paragraph, indentedCode
    case html(HTMLBlock, isForUs: Bool)
    case fence(marker: UInt8, length: Int, indent: Int)
  }

  init(_ bytes: [UInt8]) {
    cursor = LineCursor(bytes)
  }

  /// The blocks of a whole file, which is UTF-8.
  package static func scan(_ bytes: [UInt8]) -> BlockScanner {
    var scanner = BlockScanner(bytes)
    var lines = SourceLines(bytes)
    while let line = lines.next() { scanner.scan(line) }
    scanner.finish(isFile: true)
    return scanner
  }

  /// Takes the next line.
  mutating func scan(_ line: SourceLine) {
    cursor.begin(line)
    defer {
      if lastCommentAwaitsNextLine, comments[comments.count - 1].endLine < line.number {
        comments[comments.count - 1].isFollowedByBlankLine = cursor.isBlank
        lastCommentAwaitsNextLine = false
      }
    }

    let depth = matchContainers()
    if depth == containers.count {
      if case .fence(let marker, let length, let indent) = leaf {
        scanFenceLine(marker: marker, length: length, indent: indent)
        return
      }
      if leafContinues() { return }
    }
    openBlocks(in: depth)
  }

  /// Ends the text.
  mutating func finish(isFile: Bool) {
    if case .fence = leaf, isFile, containers.isEmpty {
      fences[fences.count - 1].end = .file
    }
    closeUnmatched(0)
  }

  // MARK: - Open blocks

  /// How many of the open containers the line belongs to; moves behind their markers.
  private mutating func matchContainers() -> Int {
    var depth = 0
    var nextQuote = 0
    while depth < containers.count {
      cursor.findNonspace()
      if containers[depth].isQuote {
        guard cursor.indent < 4, cursor.nextByte == UInt8(ascii: ">") else { break }
        cursor.advancePastQuoteMarker()
        containers[depth].lastLine = cursor.line.number
        depth += 1
      } else if cursor.indent >= containers[depth].width {
        cursor.advance(columns: containers[depth].width)
        depth += 1
      } else if cursor.isBlank {
        // A blank line belongs to every item up to the next quote, but never starts a list item.
        cursor.advanceToNonspace()
        while nextQuote < quotes.count, quotes[nextQuote] < depth { nextQuote += 1 }
        if nextQuote < quotes.count { return quotes[nextQuote] }
        return containers[containers.count - 1].hasChild ? containers.count : containers.count - 1
      } else {
        break
      }
    }
    cursor.findNonspace()
    return depth
  }

  /// Gives a line that belongs to an open HTML block or indented code to it.
  private mutating func leafContinues() -> Bool {
    switch leaf {
    case .html(let block, let isForUs):
      if block.endsAtBlankLine {
        if cursor.isBlank { return false }
        literal.append(cursor.restAsText())
      } else {
        literal.append(cursor.restAsText())
        if isForUs { addCommentLine() }
        if block.ends(in: cursor.rest) { closeComment(isForUs) }
      }
      return true
    case .indentedCode:
      guard cursor.indent >= 4 || cursor.isBlank else { return false }
      cursor.skipSpaces(upTo: 4)
      literal.append(cursor.restAsText())
      return true
    case .none, .paragraph, .fence: return false
    }
  }

  private mutating func scanFenceLine(marker: UInt8, length: Int, indent: Int) {
    let last = fences.count - 1
    if cursor.indent < 4, cursor.nextByte == marker {
      let (run, isAlone) = cursor.closingFence(marker)
      if isAlone, run >= length {
        fences[last].end = .closed
        fences[last].endLine = cursor.line.number
        leaf = .none
        return
      }
    }
    cursor.skipSpaces(upTo: indent)
    fences[last].content.lines.append(cursor.restAsText())
    fences[last].endLine = cursor.line.number
  }

  private mutating func closeUnmatched(_ depth: Int) {
    closeLeaf()
    for container in containers[depth...].reversed() {
      events.append(.end(lastLine: container.lastLine))
    }
    containers.removeLast(containers.count - depth)
    while let last = quotes.last, last >= depth { quotes.removeLast() }
  }

  private mutating func closeLeaf() {
    switch leaf {
    case .paragraph:
      events.append(.text(texts.count, lines: paragraphLines))
      texts.append(ScannedText(lines: paragraph, level: nextTextLevel))
      nextTextLevel = 0
      if dropLinkDefinitions(), !containers.isEmpty {
        containers[containers.count - 1].hasChild = hadChildBeforeParagraph
      }
      paragraph.removeAll(keepingCapacity: true)
    case .html(_, let isForUs):
      events.append(.html(literal))
      // Only the end of its container closes it: the runner tells.
      if isForUs { lastCommentAwaitsNextLine = false }
    case .indentedCode:
      events.append(.code(literal))
      let isBlank = { (line: Text.Line) in line.text.utf8.allSatisfy(\.isSpaceOrTab) }
      let lines = literal[...(literal.lastIndex { !isBlank($0) } ?? 0)]
      indentedCode[indentedCode.count - 1].content.lines = Array(lines)
      indentedCode[indentedCode.count - 1].endLine = lines[lines.count - 1].line
    case .none, .fence: break
    }
    leaf = .none
  }

  // MARK: - New blocks

  /// Opens what begins on this line, in the containers that it belongs to, and hands over its text.
  private mutating func openBlocks(in matched: Int) {
    var depth = matched
    var isParagraphOpen = leaf == .paragraph && depth == containers.count && !cursor.isBlank
    var mayContinueLazily = leaf == .paragraph
    var thematicBreakFails = 0

    while true {
      cursor.findNonspace()
      guard !cursor.isBlank else { break }
      let rest = cursor.rest
      if cursor.indent >= 4 {
        if mayContinueLazily { break }
        closeUnmatched(depth)
        addChild(.indentedCode)
        cursor.skipSpaces(upTo: 4)
        literal = [cursor.restAsText()]
        indentedCode.append(
          ScannedFence(
            line: cursor.line, column: cursor.column(of: cursor.nonspace),
            info: cursor.line.start..<cursor.line.start))
        return
      }
      let byte = cursor.nextByte
      if byte == UInt8(ascii: ">") {
        closeUnmatched(depth)
        markChild()
        events.append(.quote(line: cursor.line.number))
        cursor.advancePastQuoteMarker()
        quotes.append(containers.count)
        containers.append(Container(isQuote: true))
      } else if openLeaf(
        byte, in: depth, isParagraphOpen, isLazy: mayContinueLazily, &thematicBreakFails)
      {
        return
      } else if let item = cursor.listItem(interruptsParagraph: isParagraphOpen) {
        closeUnmatched(depth)
        markChild()
        let digits = rest.prefix(while: \.isDigit)
        events.append(
          .item(
            line: cursor.line.number, marker: rest[digits.endIndex],
            number: Int(String(decoding: digits, as: UTF8.self))))
        containers.append(Container(isQuote: false, width: item))
      } else {
        break
      }
      depth = containers.count
      isParagraphOpen = false
      mayContinueLazily = false
    }

    if cursor.isBlank {
      closeUnmatched(depth)
    } else if mayContinueLazily {
      paragraph.append(cursor.rest.indices)
      paragraphLines = paragraphLines.lowerBound...cursor.line.number
    } else {
      closeUnmatched(depth)
      hadChildBeforeParagraph = containers.last?.hasChild ?? false
      addChild(.paragraph)
      paragraph.append(cursor.rest.indices)
      paragraphLines = cursor.line.number...cursor.line.number
    }
  }

  /// Opens a heading, fence, HTML block or thematic break, if one begins here.
  private mutating func openLeaf(
    _ byte: UInt8, in depth: Int, _ isParagraphOpen: Bool, isLazy: Bool,
    _ thematicBreakFails: inout Int
  ) -> Bool {
    switch byte {
    case UInt8(ascii: "#"):
      guard let text = cursor.atxHeading() else { return false }
      closeUnmatched(depth)
      addChild(.none)
      events.append(.text(texts.count, lines: cursor.line.number...cursor.line.number))
      texts.append(
        ScannedText(lines: [text], level: cursor.rest.prefix { $0 == UInt8(ascii: "#") }.count))
      return true
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      guard let fence = cursor.openingFence() else { return false }
      closeUnmatched(depth)
      addChild(.fence(marker: byte, length: fence.length, indent: fence.indent))
      events.append(.fence(fences.count))
      fences.append(
        ScannedFence(
          line: cursor.line, column: cursor.column(of: cursor.nonspace), info: fence.info))
      return true
    case UInt8(ascii: "<"):
      guard let block = HTMLBlock(startOf: cursor.rest, interruptsParagraph: isLazy) else {
        return false
      }
      closeUnmatched(depth)
      let isForUs = block == .comment && ScannedComment.isForUs(cursor.rest)
      addChild(.html(block, isForUs: isForUs))
      literal = [cursor.restAsText()]
      if isForUs {
        comments.append(ScannedComment(line: cursor.line.number))
        addCommentLine()
      }
      if block.ends(in: cursor.rest) { closeComment(isForUs) }
      if block != .comment { htmlBlocks.append(cursor.line) }
      return true
    default: break
    }
    if isParagraphOpen, byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-"),
      cursor.isSetextUnderline(byte)
    {
      if dropLinkDefinitions() {
        // Nothing is left to be a heading: the underline is the paragraph's text.
        events.append(.text(texts.count, lines: paragraphLines))
        texts.append(ScannedText(lines: paragraph, level: 0))
        paragraph = [cursor.rest.indices]
        paragraphLines = cursor.line.number...cursor.line.number
      } else {
        nextTextLevel = byte == UInt8(ascii: "=") ? 1 : 2
        paragraphLines = paragraphLines.lowerBound...cursor.line.number
        closeUnmatched(depth)
      }
      return true
    }
    if thematicBreakFails <= cursor.nonspace, cursor.isThematicBreak(byte, &thematicBreakFails) {
      closeUnmatched(depth)
      addChild(.none)
      events.append(.thematicBreak(line: cursor.line.number))
      return true
    }
    return false
  }

  private mutating func markChild() {
    if !containers.isEmpty { containers[containers.count - 1].hasChild = true }
  }

  private mutating func addChild(_ leaf: Leaf) {
    markChild()
    self.leaf = leaf
  }

  /// Removes the link reference definitions at the start of the paragraph; true if nothing else is left.
  private mutating func dropLinkDefinitions() -> Bool {
    let bytes = cursor.bytes
    guard let first = paragraph.first, bytes[first.lowerBound] == UInt8(ascii: "[") else {
      return false
    }
    var text: [UInt8] = []
    for line in paragraph {
      text += bytes[line]
      text.append(UInt8(ascii: "\n"))
    }
    var definitions = LinkDefinitions(text)
    return definitions.skip()
  }

  private mutating func addCommentLine() {
    comments[comments.count - 1].lines.append(
      SourceLine(
        number: cursor.line.number, first: cursor.line.first, start: cursor.offset,
        end: cursor.line.end))
    comments[comments.count - 1].endLine = cursor.line.number
  }

  private mutating func closeComment(_ isForUs: Bool) {
    closeLeaf()
    if isForUs {
      comments[comments.count - 1].isClosed = true
      lastCommentAwaitsNextLine = true
    }
  }
}
