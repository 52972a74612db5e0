import Foundation

extension Chapter {
  /// Reads a chapter from the bytes of its file; what the format forbids stands in `failures`.
  ///
  /// - Parameter readsPlainCode: whether indented code, and fences without a language, are cells.
  package init(path: String, bytes: [UInt8], readsPlainCode: Bool = false) {
    self = ChapterReader(path: path, bytes: bytes, readsPlainCode: readsPlainCode).read()
    self.readsPlainCode = readsPlainCode
  }
}

/// Turns the blocks of a Markdown file, or of a Swift file's doc comments, into fences and programs.
struct ChapterReader {
  private let path: String
  private let bytes: [UInt8]
  private let readsPlainCode: Bool
  private var chapter: Chapter
  private var builder: ProgramsBuilder
  private lazy var lines = LineTable(bytes)

  init(path: String, bytes: [UInt8], readsPlainCode: Bool) {
    self.path = path
    self.bytes = bytes
    self.readsPlainCode = readsPlainCode
    let name = (path as NSString).lastPathComponent
    chapter = Chapter(
      path: path, title: (name as NSString).deletingPathExtension, fences: [], programs: [],
      failures: [], warnings: [])
    builder = ProgramsBuilder(path: path)
  }

  consuming func read() -> Chapter {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      reportInvalidUTF8(at: error.byteOffsets.lowerBound)
      return chapter
    }
    if isSwiftFile(path) {
      readDocComments()
    } else {
      let blocks = BlockScanner.scan(bytes)
      if let title = blocks.headings.first.map({ text(of: $0, in: blocks) }), !title.isEmpty {
        chapter.title = title
      }
      read(blocks, program: Program.mainName)
    }
    let (programs, failures, brokenPrograms, warnings) = builder.finish()
    chapter.programs = programs
    chapter.brokenPrograms = brokenPrograms
    chapter.failures += failures
    chapter.failures.sort { $0.location.position < $1.location.position }
    chapter.warnings += warnings
    chapter.warnings.sort { $0.location.line < $1.location.line }
    return chapter
  }

  private mutating func reportInvalidUTF8(at offset: Int) {
    var place = Position(line: 1, column: 1)
    for line in SourceLines(bytes) where line.start <= offset {
      place = Position(line: line.number, column: line.column(of: offset))
    }
    fail(.notUTF8(byte: bytes[offset]), place)
  }

  private func text(of heading: ScannedText, in blocks: BlockScanner) -> String {
    let references = LinkReferences(blocks.texts, in: bytes)
    return InlineParser.inlines(of: heading, in: bytes, references).plain
      .trimmingCharacters(in: .whitespaces)
  }

  /// Reads each doc comment as a chapter of its own, whose program bears the name of what is declared.
  private mutating func readDocComments() {
    var counts: [String: Int] = [:]
    for comment in DocComment.comments(in: bytes) {
      let blocks = comment.scan(bytes)
      let fences = codeBlocks(of: blocks)
      guard !fences.isEmpty || !blocks.comments.isEmpty else { continue }
      var name = comment.declaration(in: bytes)?.name ?? "comment"
      if fences.contains(where: { role(of: $0).role == .cell }) {
        counts[name, default: 0] += 1
        if let count = counts[name], count > 1 { name += "-\(count)" }
      }
      read(blocks, program: name)
    }
  }

  // MARK: - Blocks in order

  private func codeBlocks(of blocks: BlockScanner) -> [ScannedFence] {
    blocks.fences + (readsPlainCode ? blocks.indentedCode : [])
  }

  /// - Parameter program: the one of cells that name none.
  private mutating func read(_ blocks: BlockScanner, program: String) {
    var fences = codeBlocks(of: blocks)
    var optionComments: [ScannedComment] = []
    for comment in blocks.comments {
      let start = comment.position(in: bytes)
      guard comment.isClosed else {
        fail(.unclosedComment, start)
        continue
      }
      switch comment.directive(in: bytes) {
      case .hidden?:
        checkWords(of: comment)
        fences += hiddenFences(of: comment)
      case .options?: optionComments.append(comment)
      case nil: fail(.unknownComment, start)
      }
    }
    for case .html(let lines) in blocks.events { checkComments(inHTML: lines) }
    // Those of hidden comments, and indented code, stand between the others.
    fences.sort { $0.line.number < $1.line.number }

    let roles = fences.map { role(of: $0) }
    let firstCell = zip(fences, roles).first { $1.role == .cell }?.0.line.number ?? .max
    var comments = optionComments[...]
    readDefaults(&comments, before: firstCell, program)
    var prose = commentsInProse(blocks.texts)[...]
    for (fence, role) in zip(fences, roles) {
      while let next = prose.first, next.start < fence.line.first {
        read(prose.removeFirst())
      }
      // Several may stand one above the other.
      var attached: [ScannedComment] = []
      while let next = comments.first, next.endLine < fence.line.number {
        if let last = attached.last, last.endLine != next.line - 1 {
          attached.forEach { failUnattached($0) }
          attached = []
        }
        attached.append(comments.removeFirst())
      }
      if role.role == .other || attached.last?.endLine != fence.line.number - 1 {
        attached.forEach { failUnattached($0) }
        attached = []
      }
      read(fence, role.role, optionsStart: role.optionsStart, attached)
    }
    for comment in prose { read(comment) }
    for comment in comments { failUnattached(comment) }
  }

  /// Takes the comments that set the chapter's defaults out of those before the first cell.
  private mutating func readDefaults(
    _ comments: inout ArraySlice<ScannedComment>, before line: Int, _ program: String
  ) {
    var defaults = Options(of: .chapter)
    var others: [ScannedComment] = []
    for comment in comments {
      if comment.endLine < line, comment.isFollowedByBlankLine {
        parse(comment, into: &defaults)
      } else {
        others.append(comment)
      }
    }
    comments = others[...]
    defaults.checkExclusions()
    for (problem, place) in defaults.problems { fail(problem, place) }
    builder.begin(defaults, program: program)
    chapter.defaults = defaults
  }

  private mutating func read(
    _ scanned: ScannedFence, _ role: Fence.Role, optionsStart: Int, _ comments: [ScannedComment]
  ) {
    let line = scanned.line
    var fence = Fence(
      line: line.number, endLine: scanned.endLine, info: InfoString.unescape(bytes[scanned.info]),
      role: role, program: nil, content: scanned.content)
    if scanned.end == .file {
      chapter.warnings.append(
        Warning(
          .unclosedFence(inComment: isSwiftFile(path)),
          at: Location(path: path, line: line.number, column: scanned.column)))
    }
    if role != .other {
      var options = Options(of: role == .cell ? .cell : .output)
      for comment in comments { parse(comment, into: &options) }
      options.parse(
        bytes[optionsStart..<scanned.info.upperBound],
        at: Position(line: line.number, column: line.column(of: optionsStart)), isFence: true)
      options.checkExclusions()
      fence.options = options
      let place = Position(line: line.number, column: scanned.column)
      fence.program =
        role == .cell
        ? builder.addCell(fence, options, at: place) : builder.addOutput(fence, options, at: place)
    }
    chapter.fences.append(fence)
  }

  /// What the first word of the info string makes of a fence, and where the options begin.
  private func role(of fence: ScannedFence) -> (role: Fence.Role, optionsStart: Int) {
    let word = InfoString.firstWord(of: bytes[fence.info])
    let isPlainCode = readsPlainCode && fence.info.isEmpty
    return (isPlainCode ? .cell : Fence.Role(info: word), word.endIndex)
  }

  // MARK: - Comments

  private mutating func parse(_ comment: ScannedComment, into options: inout Options) {
    checkEnd(of: comment)
    var lines = comment.body(in: bytes).lines
    lines[0].start = min(comment.directiveStart(in: bytes) + 1, lines[0].end)
    for line in lines {
      options.parse(
        bytes[line.start..<line.end],
        at: Position(line: line.number, column: line.column(of: line.start)))
    }
  }

  private mutating func checkEnd(of comment: ScannedComment) {
    let last = comment.lines[comment.lines.count - 1]
    let end = min(comment.body(in: bytes).end + 3, last.end)
    if let rest = bytes[end..<last.end].firstIndex(where: { !$0.isSpaceOrTab }) {
      fail(.textAfterComment, Position(line: last.number, column: last.column(of: rest)))
    }
  }

  /// Options beside a hidden cell would rule nothing; other words may say why it is there.
  private mutating func checkWords(of comment: ScannedComment) {
    checkEnd(of: comment)
    let line = comment.body(in: bytes).lines[0]
    var text = bytes[min(comment.directiveStart(in: bytes), line.end)..<line.end]
    text = text.drop(while: \.isSpaceOrTab).dropFirst("hidden".utf8.count)
    if text.first == UInt8(ascii: ":") { text.removeFirst() }
    let words = Array(OptionWords(text))
    let names = OptionName.allCases.map(\.rawValue)
    if let first = words.first,
      words.allSatisfy({ names.contains($0.name) })
        || words.contains(where: { word in
          word.value != nil && nearestWord(to: word.name, among: names) != nil
            || word.name == OptionName.noRun.rawValue
        })
    {
      fail(
        .optionsOfHiddenComment,
        Position(line: line.number, column: line.column(of: first.start)))
    }
  }

  /// Finds comments to the runner in a block of HTML: no Markdown is read there.
  private mutating func checkComments(inHTML html: [Text.Line]) {
    let ranges = html.compactMap { line -> Range<Int>? in
      guard let start = lines.offset(line: line.line, column: line.column) else { return nil }
      return start..<(lines.line(line.line)?.end ?? start)
    }
    guard ranges.contains(where: hasComment), let first = ranges.first else { return }
    let start = bytes[first].drop(while: \.isSpaceOrTab)
    switch HTMLBlock(startOf: start, interruptsParagraph: false) {
    case .comment? where ScannedComment.isForUs(start): return
    case .comment?:
      if start.dropFirst(4).allSatisfy(\.isSpaceOrTab), ranges.count > 1,
        ScannedComment.isAddressed(bytes[ranges[1]])
      {
        return fail(.unknownComment, lines.place(of: start.startIndex))
      }
    case .literal? where !start.dropFirst().prefix(3).map({ $0 | 0x20 }).elementsEqual("pre".utf8):
      return
    case .element?, .tag?, .literal?: break
    default: return
    }
    for range in InlineComments(ScannedText(lines: ranges, level: 1), in: bytes).ranges
    where ScannedComment.isForUs(bytes[range]) {
      fail(.commentInHTML, lines.place(of: range.lowerBound))
    }
  }

  // MARK: - Numbers and images in prose

  /// A comment to the runner in a paragraph or heading, by offsets.
  private struct CommentInProse {
    /// Where what may hold its number or image begins: behind the comment before it on its line.
    var start: Int
    var range: Range<Int>
  }

  private func commentsInProse(_ texts: [ScannedText]) -> [CommentInProse] {
    var found: [CommentInProse] = []
    for text in texts where text.lines.contains(where: hasComment) {
      var end = 0
      var lines = text.lines[...]
      for range in InlineComments(text, in: bytes).ranges {
        while let next = lines.dropFirst().first, next.lowerBound <= range.lowerBound {
          lines.removeFirst()
        }
        if ScannedComment.isForUs(bytes[range]) {
          found.append(
            CommentInProse(start: max(end, lines[lines.startIndex].lowerBound), range: range))
        }
        end = range.upperBound
      }
    }
    return found
  }

  private func hasComment(_ line: Range<Int>) -> Bool {
    var index = line.lowerBound
    while index < line.upperBound {
      if bytes[index] == UInt8(ascii: "<"), bytes[index..<line.upperBound].starts(with: "<!--".utf8)
      {
        return true
      }
      index += 1
    }
    return false
  }

  private mutating func read(_ comment: CommentInProse) {
    let place = lines.place(of: comment.range.lowerBound)
    let name = bytes[comment.range].dropFirst(4).drop(while: \.isSpaceOrTab)
    guard name.starts(with: "workbook:".utf8) else { return fail(.unknownComment, place) }
    var options = Options(of: .number)
    let text = name.dropFirst("workbook:".utf8.count).dropLast(3)
    options.parse(text, at: lines.place(of: text.startIndex))
    options.checkExclusions()
    for (problem, place) in options.problems { fail(problem, place) }
    guard options.problems.isEmpty else { return }
    let isOneLine = !text.contains { $0 == 10 || $0 == 13 }
    if let program = options.curve {
      guard isOneLine, readImage(before: comment, of: program) else {
        return fail(.curveWithoutImage, place)
      }
    } else {
      guard isOneLine, readNumber(before: comment, options) else {
        return fail(.commentWithoutNumber, place)
      }
    }
  }

  /// False where there is none.
  private mutating func readNumber(before comment: CommentInProse, _ options: Options) -> Bool {
    let before = bytes[comment.start..<comment.range.lowerBound]
    guard let label = options.value,
      let token = Token.tokens(of: before).last(where: LineComparison.isFinite)
    else { return false }
    let range = token.range.lowerBound + comment.start..<token.range.upperBound + comment.start
    builder.addNumber(
      line(of: range), label, options, at: lines.place(of: comment.range.lowerBound))
    return true
  }

  /// False where none stands right before the comment.
  private mutating func readImage(before comment: CommentInProse, of program: String) -> Bool {
    let end = comment.range.lowerBound
    let before = String(decoding: bytes[comment.start..<end], as: UTF8.self)
    guard let match = before.wholeMatch(of: #/.*!\[[^\[\]]*\]\(([^()\s]+)\)/#) else { return false }
    let file = line(of: end - 1 - match.1.utf8.count..<end - 1)
    guard CurveImage.isAllowed(file.text) else {
      fail(.picturePath(file: file.text), Position(line: file.line, column: file.column))
      return true
    }
    builder.addImage(CurveImage(file: file), of: program, at: lines.place(of: end))
    return true
  }

  private mutating func line(of range: Range<Int>) -> Text.Line {
    let place = lines.place(of: range.lowerBound)
    return Text.Line(
      text: String(decoding: bytes[range], as: UTF8.self), line: place.line, column: place.column)
  }

  private func hiddenFences(of comment: ScannedComment) -> [ScannedFence] {
    var scanner = BlockScanner(bytes)
    var lines = comment.body(in: bytes).lines
    lines.removeFirst()
    if let last = lines.last, bytes[last.start..<last.end].allSatisfy(\.isSpaceOrTab) {
      // The line of `-->` alone is not the code's.
      lines.removeLast()
    }
    for line in lines { scanner.scan(line) }
    scanner.finish(isFile: false)
    return scanner.fences
  }

  private mutating func failUnattached(_ comment: ScannedComment) {
    fail(
      .unattachedComment, comment.position(in: bytes))
  }

  /// A failure that belongs to no one program breaks them all.
  private mutating func fail(_ problem: FormatProblem, _ place: Position) {
    chapter.failures.append(
      Failure(
        .format(problem), at: Location(path: path, place)))
    builder.areAllBroken = true
  }
}
