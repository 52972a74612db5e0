/// What `adopt` writes into a chapter, by the lines of the cells' opening fences.
package struct Adoption: Hashable, Sendable {
  /// The modules that all programs of a text shall see, by the line of one of its cells.
  package var imports: [Int: [String]] = [:]
  /// Options, as they are written.
  package var options: [Int: String] = [:]
  /// The lines that a cell prints.
  package var outputs: [Int: [String]] = [:]

  package init() {}

  package var isEmpty: Bool { imports.isEmpty && options.isEmpty && outputs.isEmpty }

  /// The word by which comments and blocks are known again.
  static let mark = OptionName.adopted.rawValue

  /// `name="value"` such that the value can stand in a comment.
  package static func option(_ name: String, _ value: String) -> String {
    var text = ""
    for character in value {
      // Three characters would end the comment.
      if "\\\"&".contains(character) || character == ">" && text.hasSuffix("--") { text += "\\" }
      text.append(character.isNewline ? " " : character)
    }
    return "\(name)=\"\(text)\""
  }
}

extension Chapter {
  /// The file with what shall be written; nil where that cannot be: with it another text would be read.
  package func adopting(_ adoption: Adoption, source: [UInt8]) -> [UInt8]? {
    if adoption.isEmpty { return source }
    let text = AdoptableText(path: path, source, readsPlainCode: readsPlainCode)
    guard let bytes = text.adopting(adoption), bytes.count <= Chapter.sizeLimit else { return nil }
    let new = Chapter(path: path, bytes: bytes, readsPlainCode: readsPlainCode)
    let kept = new.fences.filter { !$0.isAdoptedOutput }
    let old = fences.filter { !$0.isAdoptedOutput }
    guard kept.count == old.count, new.fences.count == fences.count + adoption.outputs.count,
      zip(kept, old).allSatisfy({
        $0.info == $1.info && $0.content.lines.map(\.text) == $1.content.lines.map(\.text)
      }),
      Chapter.withoutAdoption(path: path, bytes) == Chapter.withoutAdoption(path: path, source)
    else { return nil }
    return bytes
  }

  /// The file without all that `adopt` wrote into it.
  package static func withoutAdoption(path: String, _ source: [UInt8]) -> [UInt8] {
    AdoptableText(path: path, source).withoutAdoption()
  }

  /// Where comments of `adopt` stand that cannot be taken out: what is beside them is not its own.
  package static func adoptedComments(path: String, _ source: [UInt8]) -> [Location] {
    AdoptableText(path: path, source).adoptedComments.map {
      Location(path: path, $0.position(in: source))
    }
  }

  /// The lines of the cells that a comment can be put above.
  package func adoptableLines(source: [UInt8]) -> Set<Int> {
    AdoptableText(path: path, source, readsPlainCode: readsPlainCode).adoptableLines
  }
}

extension Fence {
  var isAdoptedOutput: Bool { role == .output && options.isAdopted }

  /// Whether an earlier run of `adopt` left it out.
  package var isSkippedByAdoption: Bool { options.isAdopted && options.skip != nil }
  /// Whether an earlier run of `adopt` found that its program does not end well.
  package var isNotRunByAdoption: Bool { options.isAdopted && options.noRun }
  /// Whether it is neither a scope nor declarations by its options.
  package var isPlain: Bool { !options.isScope && !options.declares }

  /// Whether its author left it open which program it belongs to.
  package var mayMove: Bool {
    options.programs == nil && mayBeSkipped && options.solution == nil && !options.noRun
  }
  /// Whether `skip` and `no-run` may stand beside its options.
  package var mayBeSkipped: Bool {
    !options.declares && options.skip == nil && options.error == nil && options.traps == nil
      && options.exercise == nil && options.solution == nil && !options.noRun
  }
}

/// A file, and where in it comments and blocks can stand without changing what else is read.
struct AdoptableText {
  private let source: [UInt8]
  private let file: FenceText
  fileprivate var parts: [Part]

  /// A Markdown file, or a doc comment of a Swift file.
  fileprivate struct Part {
    var blocks: BlockScanner
    var isDocComment: Bool
    /// Behind the fences, the indented code that is read, as if a fence stood where its containers end.
    var fences: [ScannedFence]
    /// The indices of those in no container.
    var topFences: Set<Int> = []
    /// The lines on which blocks in no container begin; of a list the first item's.
    var starts: [Int] = []
  }

  init(path: String, _ source: [UInt8], readsPlainCode: Bool = false) {
    self.source = source
    file = FenceText(source)
    if isSwiftFile(path) {
      parts = DocComment.comments(in: source).map { Part($0.scan(source), isDocComment: true) }
    } else {
      parts = [Part(BlockScanner.scan(source), isDocComment: false)]
    }
    if readsPlainCode {
      for index in parts.indices { parts[index].fences += indentedCode(of: parts[index].blocks) }
    }
  }

  /// The code that four spaces indent; before a tab no comment finds its place.
  private func indentedCode(of blocks: BlockScanner) -> [ScannedFence] {
    blocks.indentedCode.map { code in
      var fence = code
      if let first = code.content.lines.first {
        let start = file.start(of: first)
        let isIndentedBySpaces =
          start - fence.line.first >= 4
          && source[(start - 4)..<start].allSatisfy { $0 == UInt8(ascii: " ") }
        fence.end = isIndentedBySpaces ? .closed : .container
        fence.column = first.column - 4
      }
      return fence
    }
  }

  /// The lines of fences that are closed by another, and of indented code.
  var adoptableLines: Set<Int> {
    Set(parts.flatMap { $0.fences.filter { $0.end == .closed }.map(\.line.number) })
  }

  // MARK: - Writing

  func adopting(_ adoption: Adoption) -> [UInt8]? {
    var insertions: [(offset: Int, bytes: [UInt8])] = []
    for (line, modules) in adoption.imports {
      guard let insertion = defaults(modules, line) else { return nil }
      insertions.append(insertion)
    }
    // Of two at one place, the defaults come first.
    for (line, options) in adoption.options {
      guard let (part, index) = fence(at: line) else { return nil }
      let fence = part.fences[index]
      let offset = fence.line.first + fence.column - 1
      let comment = Array("<!-- workbook: \(Adoption.mark) \(options) -->".utf8)
      insertions.append((offset, comment + file.lineEnd(ofLine: line) + prefix(of: fence)))
    }
    for (line, lines) in adoption.outputs {
      guard let (part, index) = fence(at: line), part.fences[index].end == .closed else {
        return nil
      }
      insertions.append(block(lines, behind: part, index))
    }
    var result: [UInt8] = []
    var end = 0
    for (_, insertion) in insertions.enumerated().sorted(by: {
      ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset)
    }) {
      result += source[end..<insertion.offset] + insertion.bytes
      end = insertion.offset
    }
    return result + source[end...]
  }

  private func fence(at line: Int) -> (Part, Int)? {
    for part in parts {
      if let index = part.fences.firstIndex(where: { $0.line.number == line }) {
        return (part, index)
      }
    }
    return nil
  }

  /// What stands before a fence, as another line of its containers would have it.
  private func prefix(of fence: ScannedFence) -> [UInt8] {
    let (first, start) = (fence.line.first, fence.line.start)
    return source[first..<start] + continued(source[start..<max(start, first + fence.column - 1)])
  }

  /// Marks of containers, as their next lines have them.
  private func continued(_ marks: ArraySlice<UInt8>) -> [UInt8] {
    marks.map { isContinued($0) ? $0 : UInt8(ascii: " ") }
  }

  /// Whether a list item's mark has no such byte.
  private func isContinued(_ byte: UInt8) -> Bool {
    byte.isSpaceOrTab || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }

  /// A comment before the block that the cell is in, with a blank line behind.
  private func defaults(_ modules: [String], _ line: Int) -> (Int, [UInt8])? {
    guard
      let part = parts.last(where: { part in part.starts.first.map { $0 <= line } ?? false }),
      var start = part.starts.last(where: { $0 <= line })
    else { return nil }
    // A comment that belongs to the cell stays with it.
    while let comment = part.blocks.comments.first(where: { $0.endLine == start - 1 }) {
      start = comment.line
    }
    let sourceLine = file.lines[start - 1]
    var offset = sourceLine.first
    if part.isDocComment {
      offset =
        source[sourceLine.start..<sourceLine.end].firstIndex { $0 == UInt8(ascii: "/") }
        .map { $0 + 3 } ?? offset
      if offset < sourceLine.end, source[offset] == UInt8(ascii: " ") { offset += 1 }
    }
    let prefix = Array(source[sourceLine.first..<offset])
    let option = Adoption.option("imports", modules.joined(separator: " "))
    let end = file.lineEnd(ofLine: start)
    let comment = Array("<!-- workbook: \(Adoption.mark) \(option) -->".utf8)
    return (offset, comment + end + file.joined(prefix, []) + end + prefix)
  }

  private func block(_ lines: [String], behind part: Part, _ index: Int) -> (Int, [UInt8]) {
    let fence = part.fences[index]
    let prefix = prefix(of: fence)
    let end = file.lineEnd(ofLine: fence.line.number)
    let ticks = lines.map { line in line.drop { $0 == " " }.prefix { $0 == "`" }.count }.max() ?? 0
    let mark = String(repeating: "`", count: max(3, ticks + 1))
    var bytes = hasBlankLine(part, index) ? end : []
    for line in ["\(mark)output \(Adoption.mark)"] + lines + [mark] {
      bytes += end + file.joined(prefix, Array(line.utf8))
    }
    return (file.lines[fence.endLine - 1].end, bytes)
  }

  /// Whether a blank line goes before an output block: in a list it would change how that looks.
  private func hasBlankLine(_ part: Part, _ index: Int) -> Bool {
    !part.isDocComment && part.topFences.contains(index)
  }

  // MARK: - Taking back

  func withoutAdoption() -> [UInt8] {
    var removals: [Range<Int>] = []
    for part in parts {
      removals += part.blocks.comments.filter(isOurs).compactMap(range)
      for (index, fence) in part.blocks.fences.enumerated()
      where fence.end == .closed && isOurs(fence) {
        var line = fence.line.number - 1
        guard line >= 1 else { continue }
        let previous = file.lines[line - 1]
        if line > 1, hasBlankLine(part, index),
          source[previous.start..<previous.end].allSatisfy(\.isSpaceOrTab)
        {
          line -= 1
        }
        removals.append(file.lines[line - 1].end..<file.lines[fence.endLine - 1].end)
      }
    }
    var result: [UInt8] = []
    var end = 0
    for range in removals.sorted(by: { $0.lowerBound < $1.lowerBound })
    where range.lowerBound >= end {
      result += source[end..<range.lowerBound]
      end = range.upperBound
    }
    return result + source[end...]
  }

  fileprivate var adoptedComments: [ScannedComment] {
    parts.flatMap { $0.blocks.comments.filter(isOurs) }
  }

  private func isOurs(_ comment: ScannedComment) -> Bool {
    guard comment.isClosed, comment.line == comment.endLine,
      comment.directive(in: source) == .options
    else { return false }
    let start = comment.directiveStart(in: source) + 1
    var words = OptionWords(source[start..<comment.lines[0].end])
    return words.next()?.name == Adoption.mark
  }

  private func isOurs(_ fence: ScannedFence) -> Bool {
    let info = source[fence.info]
    guard Fence.Role(info: info) == .output else { return false }
    return OptionWords(info.dropFirst("output".utf8.count)).contains { $0.name == Adoption.mark }
  }

  /// With its line end, of defaults with the blank line; nil where others' words share its line, or would
  /// move into what contains it.
  private func range(of comment: ScannedComment) -> Range<Int>? {
    let line = file.lines[comment.line - 1]
    guard
      source[comment.body(in: source).end..<line.end].dropFirst(3).allSatisfy(\.isSpaceOrTab)
    else { return nil }
    let start = line.first + comment.position(in: source).column - 1
    let prefix = source[line.first..<start]
    let next = file.start(ofLine: comment.line + (comment.isFollowedByBlankLine ? 2 : 1))
    if prefix.allSatisfy(isContinued) { return line.first..<next }
    // The mark of a list item stays, for the next line's text.
    let indent = source[next...].prefix(prefix.count)
    guard indent.count == prefix.count, zip(indent, continued(prefix)).allSatisfy(==) else {
      return nil
    }
    return start..<indent.endIndex
  }
}

extension AdoptableText.Part {
  fileprivate init(_ blocks: BlockScanner, isDocComment: Bool) {
    self.init(blocks: blocks, isDocComment: isDocComment, fences: blocks.fences)
    var depth = 0
    var codeCount = 0
    var isInList = false
    for event in blocks.events {
      var line: Int?
      var isItem = false
      switch event {
      case .quote(let first): line = first
      case .item(let first, _, _): (line, isItem) = (first, true)
      case .text(_, let lines): line = lines.lowerBound
      case .fence(let index):
        line = blocks.fences[index].line.number
        if depth == 0 { topFences.insert(index) }
      case .code(let lines):
        line = lines.first?.line
        if depth == 0 { topFences.insert(blocks.fences.count + codeCount) }
        codeCount += 1
      case .html(let lines): line = lines.first?.line
      case .thematicBreak(let first): line = first
      case .end: depth -= 1
      }
      if let line, depth == 0 {
        // Nothing may stand between the items of a list.
        if !(isItem && isInList) { starts.append(line) }
        isInList = isItem
      }
      switch event {
      case .quote, .item: depth += 1
      default: break
      }
    }
  }
}
