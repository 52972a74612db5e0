import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// Edits a chapter into an article: titles, fences, comments, links, pictures and code terms.
struct ArticleWriter {
  private(set) var text: EditedMarkdown
  private(set) var pictures: [Article.Picture] = []
  /// The names in the catalog of the files that were taken along, by their paths.
  private var pictureNames: [String: String] = [:]
  private var takenNames: Set<String> = []
  private var nameCounts: [String: Int] = [:]
  private(set) var problems: [SiteProblem] = []
  private(set) var symbolLinks: [(range: ClosedRange<Int>, link: String)] = []
  private(set) var quotedCode: [Range<Int>] = []

  private let page: SitePage
  private let book: SiteBook
  private let refusedLinks: Set<String>
  private let blocks: BlockScanner
  private let lines: LineTable
  /// By the lines of their fences.
  private let roles: [Int: Fence.Role]
  private let cellChecks: [Int: Check]
  private let pages: [String: SitePage]
  /// By the lines of their output blocks, numbered in order.
  private let curves: [Int: (index: Int, curves: [Curve])]
  private var earlierCurves: [CurveKind: [Curve]] = [:]

  private struct CurveKind: Hashable {
    var isLoss: Bool
    var steps: [Int]
  }

  private var bytes: [UInt8] { page.source }
  private var words: SiteWords { book.words(of: page.translation?.language) }

  init(_ page: SitePage, _ book: SiteBook, _ refusedLinks: Set<String>) {
    self.page = page
    self.book = book
    self.refusedLinks = refusedLinks
    text = EditedMarkdown(page.source)
    blocks = BlockScanner.scan(page.source)
    lines = LineTable(page.source)
    roles = Dictionary(
      page.chapter.fences.map { ($0.line, $0.role) }, uniquingKeysWith: { first, _ in first })
    cellChecks = Dictionary(
      page.cellChecks.filter { $0.kind == .error || $0.kind == .traps }.map { ($0.line, $0) },
      uniquingKeysWith: { first, _ in first })
    pages = Dictionary(
      book.pages.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let numbered = page.curves.enumerated().map { ($1.line, (index: $0, curves: $1.curves)) }
    curves = Dictionary(uniqueKeysWithValues: numbered)
  }

  mutating func write(_ kind: (String) -> SiteFiles.Kind) {
    writeTitle()
    for comment in blocks.comments {
      for line in comment.lines { text.replace(line.start..<line.end, with: "") }
    }
    for fence in blocks.fences { write(fence) }
    for line in blocks.htmlBlocks { warn(.htmlIsNotShown, at: line.start) }
    writeTexts(kind)
    writeTranslations()
    writeNavigation()
  }

  // MARK: - Title and end

  /// DocC wants a title first, and its settings behind it.
  private mutating func writeTitle() {
    var settings = """
      @Metadata {
        @TitleHeading(\(quoted(book.title)))
      }

      @Options {
        @AutomaticArticleSubheading(disabled)
        @AutomaticSeeAlso(disabled)
      }

      """
    if !page.failures.isEmpty {
      settings += "\n> Warning: \(words.failure(date: book.date))\n"
      for failure in page.failures {
        let place = "\(failure.location.path):\(failure.location.line):\(failure.location.column)"
        let message = failure.message.split(whereSeparator: \.isNewline).joined(separator: " ")
        settings += "> - \(escapedMarkdown("\(place): \(failure.kind.rawValue): \(message)"))\n"
      }
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if start > 0 { text.replace(0..<start, with: "") }
    if let end = titleEnd() {
      text.insert("\n\n" + settings, at: end)
    } else {
      text.insert("# \(escapedMarkdown(page.chapter.title))\n\n\(settings)\n", at: start)
    }
  }

  /// Where the heading ends that the file begins with; nil where it begins with something else.
  private func titleEnd() -> Int? {
    guard let title = blocks.texts.first, title.level == 1, let first = title.lines.first,
      let last = title.lines.last
    else { return nil }
    let line = lines.place(of: first.lowerBound).line
    let isFirst =
      !blocks.fences.contains { $0.line.number < line }
      && !blocks.htmlBlocks.contains { $0.number < line }
    guard isFirst, let start = lines.line(line) else { return nil }
    let mark = bytes[start.start..<start.end].drop(while: \.isSpaceOrTab).first
    if mark == UInt8(ascii: "#") { return start.end }
    let isInContainer = [">", "-", "*", "+"].contains { mark == UInt8(ascii: $0) }
    return isInContainer ? nil : lines.line(lines.place(of: last.lowerBound).line + 1)?.end
  }

  /// Links to the page in other languages, below its first paragraph: that one stands in lists of pages.
  private mutating func writeTranslations() {
    let links = book.languageLinks(
      book.translations(of: page).map { ($0.translation?.language, $0.name) })
    guard !links.isEmpty else { return }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    text.insert(
      "\n\n\(links)\n\n", at: abstractEnd() ?? titleEnd() ?? start)
  }

  /// Where the paragraph ends that follows the title; nil where something else does.
  private func abstractEnd() -> Int? {
    guard titleEnd() != nil, blocks.texts.count > 1, blocks.texts[1].level == 0,
      let first = blocks.texts[1].lines.first, let last = blocks.texts[1].lines.last
    else { return nil }
    let line = lines.place(of: first.lowerBound).line
    let isFirst =
      !blocks.fences.contains { $0.line.number < line }
      && !blocks.htmlBlocks.contains { $0.number < line }
    // Elsewhere it begins behind the mark of a quote or list.
    guard isFirst, lines.line(line)?.first == first.lowerBound else { return nil }
    return lines.line(lines.place(of: last.lowerBound).line)?.end
  }

  private mutating func writeNavigation() {
    let (previous, next) = book.neighbours(of: page)
    let neighbours = Set([previous, next].compactMap { $0?.name })
    // A chapter that leads to its neighbours itself is not told twice.
    if !neighbours.isEmpty, neighbours.isSubset(of: pagesLinkedAtTheEnd) { return }
    let contents = book.contentsName(of: page.translation?.language)
    var links = ["[\(escapedMarkdown(book.title))](<doc:\(contents)>)"]
    if let previous {
      links.insert("← [\(escapedMarkdown(previous.chapter.title))](<doc:\(previous.name)>)", at: 0)
    }
    if let next { links.append("[\(escapedMarkdown(next.chapter.title))](<doc:\(next.name)>) →") }
    text.insert("\n\n---\n\n\(links.joined(separator: " · "))\n", at: bytes.count)
  }

  /// The names of the pages that the chapter's last paragraph links to.
  private var pagesLinkedAtTheEnd: Set<String> {
    guard let last = blocks.texts.last, let end = last.lines.last?.upperBound,
      bytes[end...].allSatisfy({ $0 <= UInt8(ascii: " ") })
    else { return [] }
    return Set(
      InlineScanner(last, in: bytes).inlines.compactMap { inline in
        guard case .link(let range) = inline.kind, !range.isEmpty,
          case .file(let file, _) = LinkTarget(written(range))
        else { return nil }
        return pages[absolute(file)]?.name
      })
  }

  // MARK: - Fences

  private mutating func write(_ scanned: ScannedFence) {
    let role = roles[scanned.line.number] ?? .other
    text.replace(scanned.info, with: DocCFence.info(bytes[scanned.info], role))
    guard let end = lines.line(scanned.endLine)?.end else { return }

    let line = scanned.line
    let markStart = line.first + scanned.column - 1
    let prefix = String(
      decoding: bytes[line.first..<markStart].map { byte in
        byte == UInt8(ascii: ">") || byte == UInt8(ascii: "\t") ? byte : UInt8(ascii: " ")
      }, as: UTF8.self)
    var behind: [String] = []
    if scanned.end != .closed {
      let mark = bytes[markStart]
      let count = bytes[markStart...].prefix { $0 == mark }.count
      behind.append(String(repeating: Character(Unicode.Scalar(mark)), count: count))
    }
    behind += notes(under: line.number, role)
    guard !behind.isEmpty else { return }
    let isClosed = scanned.end == .closed
    // A note stands in a paragraph of its own; a closing fence directly below the code.
    let separated = behind.enumerated().map { index, note in
      (index == 0 && !isClosed ? "" : "\n\(prefix)") + "\n" + prefix + note
    }
    text.insert(separated.joined() + "\n\(prefix)", at: end)
  }

  /// What the run said about the block, and its curves.
  private mutating func notes(under line: Int, _ role: Fence.Role) -> [String] {
    if role == .cell {
      guard let check = cellChecks[line] else { return [] }
      let verification = Verification(check: check, expectation: nil)
      return ["*\(verification.sentence(date: book.date, in: words))*"]
    }
    guard role == .output, let output = page.outputs[line] else { return [] }
    let verification = Verification(check: output.check, expectation: output.expectation)
    return ["*\(escapedMarkdown(verification.sentence(date: book.date, in: words)))*"]
      + curveNote(line, output)
  }

  private mutating func curveNote(_ line: Int, _ output: SitePage.Output) -> [String] {
    guard let (index, own) = curves[line] else { return [] }
    var shown = own
    if own.count == 1 {
      // Beside it the chapter's earlier curves of the same kind over the same steps, as many as there are
      // colours to tell them by.
      let kind = CurveKind(isLoss: output.isLoss, steps: own[0].points.map(\.step))
      earlierCurves[kind, default: []] += own
      shown = earlierCurves[kind, default: []].suffix(8)
    }
    let picture = CurvePicture(
      shown, quantity: output.isLoss ? words.loss : words.numberPrinted, words: words)
    let name = "\(page.name)-curve-\(index + 1)"
    pictures += picture.files(named: name)
    return ["![\(escapedMarkdown(picture.alternative))](\(name))"]
  }

  // MARK: - Paragraphs and headings

  private mutating func writeTexts(_ kind: (String) -> SiteFiles.Kind) {
    let imports = page.imports
    let declared = page.declaredNames
    var linked: Set<String> = []
    for scanned in blocks.texts {
      if scanned.level == 1 || scanned.level == 2 { linked = [] }
      let scanner = InlineScanner(scanned, in: bytes)
      for range in scanner.definitions { rewrite(range, isPicture: false, removal: nil, kind) }
      for inline in scanner.inlines {
        switch inline.kind {
        case .comment: text.replace(inline.range, with: "")
        case .html: warn(.htmlIsNotShown, at: inline.range.lowerBound)
        case .address:
          if case .refused = LinkTarget(written(inline.range)) {
            fail(.refused(target: written(inline.range)), at: inline.range.lowerBound)
          }
        case .link(let destination) where !destination.isEmpty:
          rewrite(destination, isPicture: false, removal: inline, kind)
        case .image(let destination) where !destination.isEmpty:
          rewrite(destination, isPicture: true, removal: nil, kind)
        case .link, .image: break
        case .code(let ticks, let content):
          if ticks > 1,
            bytes[content].contains(where: { $0 == UInt8(ascii: "`") || $0.isSpaceOrTab })
          {
            quotedCode.append(content)
          }
          let code = String(decoding: bytes[content], as: UTF8.self)
          guard ticks == 1, scanned.level == 0, !inline.isInLink, !declared.contains(code),
            let link = book.symbols.link(for: code, imports: imports),
            !refusedLinks.contains(link), linked.insert(link).inserted
          else { continue }
          text.insert("[", at: inline.range.lowerBound)
          text.insert("](<doc:\(link)>)", at: inline.range.upperBound)
          symbolLinks.append((inline.range.lowerBound...inline.range.upperBound, link))
        }
      }
      if scanned.level == 0 { writeStarts(of: scanned) }
    }
  }

  /// What means something to DocC at the start of a line, and nothing to Markdown.
  private mutating func writeStarts(of scanned: ScannedText) {
    for line in scanned.lines where bytes[line].first == UInt8(ascii: "@") {
      text.insert("\\", at: line.lowerBound)
    }
    guard let first = scanned.lines.first else { return }
    let line = String(decoding: bytes[first], as: UTF8.self).trimmingCharacters(in: .whitespaces)
    let alerts = [
      "[!NOTE]": "Note", "[!TIP]": "Tip", "[!IMPORTANT]": "Important", "[!WARNING]": "Warning",
      "[!CAUTION]": "Warning",
    ]
    // An alert as Git hosts write it.
    if let word = alerts[line.uppercased()] { text.replace(first, with: word + ":") }
  }

  /// Rewrites a destination; where the site has no such page and there is a `removal`, removes the link.
  private mutating func rewrite(
    _ range: Range<Int>, isPicture: Bool, removal link: InlineScanner.Inline?,
    _ kind: (String) -> SiteFiles.Kind
  ) {
    let written = written(range)
    guard !written.isEmpty, case .file(let target, let fragment) = LinkTarget(written) else {
      if LinkTarget(written) == .refused { fail(.refused(target: written), at: range.lowerBound) }
      return
    }
    let path = absolute(target)

    let isPictureFile = Self.pictureFormats.contains((path as NSString).pathExtension.lowercased())
    if isPicture || isPictureFile && link == nil {
      do throws(PublishingProblem) {
        let name = try add(path, written, kind)
        text.replace(range, with: "<\(name)>")
      } catch {
        fail(error, at: range.lowerBound)
      }
    } else if let target = target.isEmpty ? page : pages[path] {
      var destination = "doc:" + target.name
      if let fragment, !fragment.isEmpty {
        guard let anchor = target.anchor(for: fragment) else {
          // Beyond these nobody reads on.
          let names = problems.count < 100 ? target.anchors.map(\.gitHost) : []
          let nearest = nearestWord(to: fragment, among: names)
          let problem = PublishingProblem.noSuchHeading(
            anchor: fragment, in: target.chapter.path, nearest: nearest)
          return fail(problem, at: range.lowerBound)
        }
        // The title's own anchor is the page.
        if anchor != target.anchors.first || anchor.title != target.chapter.title {
          destination += "#" + anchor.docC
        }
      }
      text.replace(range, with: "<\(destination)>")
    } else if kind(path) == .missing {
      fail(.noSuchFile(target: written), at: range.lowerBound)
    } else if kind(path) == .outside {
      fail(.leadsOut(target: written), at: range.lowerBound)
    } else if let link {
      warn(.outsideSite(target: written), at: range.lowerBound)
      text.replace(link.range.lowerBound..<link.label.lowerBound, with: "")
      text.replace(link.label.upperBound..<link.range.upperBound, with: "")
    } else {
      fail(.outsideSite(target: written), at: range.lowerBound)
    }
  }

  /// A destination without its brackets, escapes and character references.
  private func written(_ range: Range<Int>) -> String {
    var text = bytes[range]
    if text.first == UInt8(ascii: "<"), text.last == UInt8(ascii: ">") {
      text = text.dropFirst().dropLast()
    }
    return InfoString.unescape(text)
  }

  private static let pictureFormats: Set<String> = ["svg", "png", "jpg", "jpeg", "gif"]

  private func absolute(_ target: String) -> String {
    if target.hasPrefix("/") { return absolutePath((book.packageFolder ?? "") + target) }
    return absolutePath((page.path as NSString).deletingLastPathComponent + "/" + target)
  }

  /// Takes the picture along, and its dark sister (`name~dark.svg`) too; returns its name in the catalog.
  private mutating func add(
    _ path: String, _ written: String, _ kind: (String) -> SiteFiles.Kind
  ) throws(PublishingProblem) -> String {
    let file = (path as NSString).lastPathComponent as NSString
    let format = file.pathExtension
    let stem = String(
      file.deletingPathExtension.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "-" })
    // Two hyphens stand in no page's name: so no other page's picture or curve is called that.
    let base = "\(page.name)--\(stem.prefix(60))"
    if let name = pictureNames[path] { return name }
    var name = base
    while !takenNames.insert(name).inserted {
      nameCounts[base, default: 1] += 1
      name = "\(base)--\(nameCounts[base] ?? 2)"
    }
    let dark = "\((path as NSString).deletingPathExtension)~dark.\(format)"
    for (suffix, path) in [("", path), ("~dark", dark)] {
      switch kind(path) {
      case .file: break
      case .missing where !suffix.isEmpty: continue
      case .missing: throw .noSuchPicture(target: written)
      case .outside: throw .leadsOut(target: written)
      case .other: throw .noPicture(target: written)
      case .tooLarge: throw .pictureSize(target: written)
      case .scripted: throw .pictureScript(target: written)
      }
      guard Self.pictureFormats.contains(format.lowercased()) else {
        throw .pictureFormat(target: written)
      }
      let picture = Article.Picture(
        name: "\(name)\(suffix).\(format)", content: .copy(of: path))
      pictures.append(picture)
    }
    pictureNames[path] = name
    return name
  }

  // MARK: - Problems

  private mutating func fail(_ problem: PublishingProblem, at offset: Int) {
    report(.error, problem, at: offset)
  }

  private mutating func warn(_ problem: PublishingProblem, at offset: Int) {
    report(.warning, problem, at: offset)
  }

  private mutating func report(
    _ severity: SiteProblem.Severity, _ problem: PublishingProblem, at offset: Int
  ) {
    let place = lines.place(of: offset)
    let location = Location(path: page.chapter.path, place)
    problems.append(SiteProblem(severity: severity, location: location, problem: problem))
  }
}

/// The text as Markdown that shows it, in one line.
func escapedMarkdown(_ text: String) -> String {
  String(
    printable(text).flatMap { character -> [Character] in
      "\\`*_[]<>&#|~@$".contains(character)
        ? ["\\", character] : [character.isNewline ? " " : character]
    })
}

/// The text as the value of an argument of DocC's directives, which end with their line.
func quoted(_ text: String) -> String {
  let characters = text.map { $0 == "\"" ? "'" : $0.isNewline || $0 == "\\" ? " " : $0 }
  return "\"\(String(characters))\""
}
