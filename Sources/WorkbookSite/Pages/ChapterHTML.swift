import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// Turns a chapter's Markdown into the HTML that stands in a page's `<main>`.
struct ChapterHTML {
  /// A heading as the page's own contents list it.
  struct Heading: Hashable {
    var level: Int
    var id: String
    var title: String
  }

  /// The text below a heading, for who searches.
  struct Section: Hashable {
    /// Empty above the first heading.
    var id: String
    var title: String
    var text: String
  }

  let page: SitePage
  let book: SiteBook
  let words: SiteWords
  /// What the ids of this page begin with, where it stands beside others.
  let idPrefix: String

  private(set) var headings: [Heading] = []
  private(set) var sections: [Section] = [Section(id: "", title: "", text: "")]
  private(set) var problems: [SiteProblem] = []
  var pictures: PagePictures
  /// The addresses of the reference's pages that it links to.
  private(set) var symbols: Set<String> = []

  private let references: LinkReferences
  private let lines: LineTable
  let pages: [String: SitePage]
  /// The offsets of the images that are left out, as the page draws the curves of its outputs itself.
  private let drawnImages: Set<Int>
  private let imports: Set<String>
  private let declared: Set<String>
  private var linkedInSection: Set<String> = []
  var openTags: [String] = []
  private(set) var isInLink = false
  private var hasTitle = false
  /// Whether what is rendered stands on a page that is not the chapter's.
  private(set) var isExcerpt = false
  let figures: PageFigures

  init(_ page: SitePage, in book: SiteBook, _ files: PageFiles, idPrefix: String = "") {
    self.page = page
    self.book = book
    self.idPrefix = idPrefix
    words = book.words(of: page.translation?.language)
    pictures = PagePictures(of: page.name, files)
    references = LinkReferences(BlockScanner.scan(page.source).texts, in: page.source)
    let lines = LineTable(page.source)
    self.lines = lines
    drawnImages = Set(
      page.chapter.programs.flatMap(\.curveImages).compactMap {
        lines.offset(line: $0.file.line, column: $0.file.column)
      })
    pages = Dictionary(book.pages.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    imports = page.imports
    declared = page.declaredNames
    figures = PageFigures(page, in: book, idPrefix: idPrefix)
  }

  /// The whole text.
  mutating func render() -> String {
    let blocks = blocks
    var html = ""
    if titled(blocks) == nil {
      html += "<h1>\(htmlEscaped(page.chapter.title))</h1>\n" + figures.failures
      hasTitle = true
    }
    return html + render(blocks)
  }

  /// The first two paragraphs behind the title, as far as nothing else stands there.
  var abstract: String {
    mutating get {
      isExcerpt = true
      return render(
        Array(
          (titled(blocks) ?? []).dropFirst().prefix(2)
            .prefix { if case .paragraph = $0.kind { true } else { false } }))
    }
  }

  private var blocks: [MarkdownBlock] {
    MarkdownTree.blocks(of: page.source).filter { $0.lines.upperBound > page.frontMatterLines }
  }

  /// The blocks that a reader sees, where they begin with a title.
  private func titled(_ blocks: [MarkdownBlock]) -> [MarkdownBlock]? {
    let blocks = blocks.filter { block in
      guard case .html(let lines) = block.kind else { return true }
      return HTMLTag.pieces(of: lines.map(\.text).joined(separator: "\n")).contains { piece in
        if case .text(let text) = piece { return !text.allSatisfy(\.isWhitespace) }
        return piece != .comment
      }
    }
    guard case .heading(level: 1, _) = blocks.first?.kind else { return nil }
    return blocks
  }

  // MARK: - Blocks

  /// The blocks of one container; tags that are left open in it end with it.
  private mutating func render(_ blocks: [MarkdownBlock]) -> String {
    let depth = openTags.count
    var html = ""
    for block in blocks { html += render(block) + "\n" }
    while openTags.count > depth { html += "</\(openTags.removeLast())>" }
    return html
  }

  private mutating func render(_ block: MarkdownBlock) -> String {
    switch block.kind {
    case .heading(let level, let text): return heading(level, text)
    case .paragraph(let text):
      let html = inlines(text)
      return html.isEmpty ? "" : "<p>\(html)</p>"
    case .table(let table): return self.table(table)
    case .quote(let blocks): return quote(blocks)
    case .list(let list): return self.list(list)
    case .fence(let fence): return self.fence(fence)
    case .code(let lines):
      var lines = lines.map(\.text)
      while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
      return code(lines.joined(separator: "\n"), language: nil)
    case .html(let lines):
      let offset = self.lines.offset(line: lines[0].line, column: lines[0].column) ?? 0
      return tags(lines.map(\.text).joined(separator: "\n"), at: offset)
    case .thematicBreak: return "<hr>"
    }
  }

  private mutating func heading(_ level: Int, _ text: ScannedText) -> String {
    if level <= 2 { linkedInSection = [] }
    let inlines = self.inlines(of: text)
    let isTitle = level == 1 && !hasTitle
    hasTitle = hasTitle || isTitle
    let line = lines.place(of: text.lines[0].lowerBound).line
    let id = idPrefix + (page.anchor(at: line)?.id ?? "section")
    let title = inlines.plain
    sections.append(Section(id: id, title: title, text: ""))
    // One title a page: what claims to be another is a part of it.
    let level = isTitle ? 1 : max(2, level)
    headings.append(Heading(level: level, id: id, title: title))
    let html = render(inlines, linksSymbols: false)
    if isTitle { return "<h1 id=\"\(htmlEscaped(id))\">\(html)</h1>\n\(figures.failures)" }
    let label = htmlEscaped(words.link(to: title))
    return "<h\(level) id=\"\(htmlEscaped(id))\">\(html) <a class=\"anchor\" "
      + "href=\"#\(htmlAddress(id))\" aria-label=\"\(label)\">#</a></h\(level)>"
  }

  private mutating func quote(_ blocks: [MarkdownBlock]) -> String {
    var blocks = blocks
    // An alert as Git hosts write it.
    if case .paragraph(var text) = blocks.first?.kind, let first = text.lines.first,
      let alert = words.alert(String(decoding: page.source[first], as: UTF8.self))
    {
      text.lines.removeFirst()
      blocks[0].kind = .paragraph(text)
      if text.lines.isEmpty { blocks.removeFirst() }
      return
        "<blockquote class=\"alert\"><p><strong>\(alert)</strong></p>\n\(render(blocks))</blockquote>"
    }
    return "<blockquote>\n\(render(blocks))</blockquote>"
  }

  private mutating func list(_ list: MarkdownList) -> String {
    let name = list.start == nil ? "ul" : "ol"
    let start = list.start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
    let isTight = list.isTight
    var html = "<\(name)\(start)>\n"
    for item in list.items {
      var content = ""
      let depth = openTags.count
      for (index, block) in item.blocks.enumerated() {
        if isTight, case .paragraph(let text) = block.kind {
          content += (index > 0 && !content.hasSuffix("\n") ? "\n" : "") + inlines(text)
        } else {
          if !content.hasSuffix("\n") { content += "\n" }
          content += render(block) + "\n"
        }
      }
      while openTags.count > depth { content += "</\(openTags.removeLast())>" }
      html += "<li>\(content)</li>\n"
    }
    return html + "</\(name)>"
  }

  private mutating func table(_ table: MarkdownTable) -> String {
    func row(_ cells: [ScannedText], _ name: String) -> String {
      let cells = zip(cells, table.alignments).map { cell, alignment in
        let html = inlines(cell, isCell: true)
        // An empty heading would name nothing.
        let name = html.isEmpty ? "td" : name
        let look = alignment.map { " class=\"\($0.rawValue)\"" } ?? ""
        return "<\(name)\(look)>\(html)</\(name)>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    var html = "<div class=\"wide\" tabindex=\"0\"><table>\n<thead>\n" + row(table.header, "th")
    html += "</thead>\n"
    if !table.rows.isEmpty {
      html += "<tbody>\n"
      for cells in table.rows { html += row(cells, "td") }
      html += "</tbody>\n"
    }
    return html + "</table></div>"
  }

  private mutating func fence(_ fence: ScannedFence) -> String {
    if let figure = figures.figure(at: fence.line.number) {
      note(fence.content.string)
      return figure
    }
    let word = InfoString.unescape(InfoString.firstWord(of: page.source[fence.info]))
    let language = word.isEmpty ? nil : word
    if language == "math" {
      return math(fence.content.string, isBlock: true, at: fence.line.first)
    }
    note(fence.content.string)
    return code(fence.content.lines.map(\.text).joined(separator: "\n"), language: language)
  }

  private func code(_ text: String, language: String?) -> String {
    let look = language.map { " class=\"language-\(htmlEscaped($0))\"" } ?? ""
    return "<pre tabindex=\"0\"><code\(look)>\(htmlEscaped(text))\n</code></pre>"
  }

  private mutating func math(_ formula: String, isBlock: Bool, at offset: Int) -> String {
    do throws(MathProblem) {
      return try MathML.html(formula, isBlock: isBlock)
    } catch {
      report(.error, .formula(error), at: offset)
      return "<code>\(htmlEscaped(formula))</code>"
    }
  }

  // MARK: - Inlines

  private func inlines(of text: ScannedText, isCell: Bool = false) -> [Inline] {
    InlineParser.inlines(of: text, in: page.source, references, isCell: isCell)
  }

  private mutating func inlines(_ text: ScannedText, isCell: Bool = false) -> String {
    let inlines = inlines(of: text, isCell: isCell)
    note(inlines.plain)
    return render(inlines, linksSymbols: true)
  }

  mutating func note(_ text: String) { sections[sections.count - 1].text += text + "\n" }

  private mutating func render(_ inlines: [Inline], linksSymbols: Bool) -> String {
    var html = ""
    /// What each open link ends with; nothing where it leads nowhere.
    var links: [String] = []
    for inline in inlines {
      switch inline {
      case .text(let text): html += htmlEscaped(text)
      case .softBreak: html += "\n"
      case .hardBreak: html += "<br>\n"
      case .open(let style): html += "<\(style.rawValue)>"
      case .close(let style): html += "</\(style.rawValue)>"
      case .code(let code, _):
        let element = "<code>\(htmlEscaped(code))</code>"
        let address = linksSymbols && links.isEmpty ? symbol(code) : nil
        html += address.map { "<a href=\"\(htmlAddress($0))\">\(element)</a>" } ?? element
      case .math(let formula, let isBlock, let offset):
        html += math(formula, isBlock: isBlock, at: offset)
      case .html(let tag, let offset): html += tags(tag, at: offset)
      case .link(let destination, let title, let offset):
        let address = address(destination, at: offset).flatMap { isReached($0) ? $0 : nil }
        isInLink = address != nil
        links.append(address == nil ? "" : "</a>" + markOfChapter(destination))
        guard let address else { continue }
        let note = title.map { " title=\"\(htmlEscaped($0))\"" } ?? ""
        html += "<a href=\"\(htmlAddress(address))\"\(note)>"
      case .endLink:
        html += links.popLast() ?? ""
        isInLink = false
      case .image(_, _, _, let offset) where drawnImages.contains(offset): break
      case .image(let destination, let title, let alternative, let offset):
        html += image(destination, title, alternative, at: offset)
      }
    }
    return html
  }

  /// The reference's page of the symbol that a code term names, once a section.
  private mutating func symbol(_ code: String) -> String? {
    guard !declared.contains(code), let address = book.address(ofSymbol: code, imports: imports),
      isReached(address), linkedInSection.insert(address).inserted
    else { return nil }
    symbols.insert(address)
    return address
  }

  // MARK: - Problems

  mutating func report(
    _ severity: SiteProblem.Severity, _ problem: PublishingProblem, at offset: Int
  ) {
    let location = Location(path: page.chapter.path, lines.place(of: offset))
    let found = SiteProblem(severity: severity, location: location, problem: problem)
    if problems.last != found { problems.append(found) }
  }
}
