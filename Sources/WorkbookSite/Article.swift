import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// A chapter as an article for DocC, and what could not be taken over.
struct Article {
  /// A file beside the article.
  struct Picture: Hashable {
    enum Content: Hashable {
      case copy(of: String)
      case svg(String)
    }
    /// With its extension.
    var name: String
    var content: Content
  }

  var name: String
  var markdown: [UInt8]
  var pictures: [Picture]
  var problems: [SiteProblem]
  /// Of each byte of `markdown`, where it comes from in the chapter.
  private let origins: [Int]
  private let lines: LineTable
  private let sourceLines: LineTable
  private let path: String
  /// The symbols that code spans were linked to, by where they stand in the chapter.
  private let symbolLinks: [(range: ClosedRange<Int>, link: String)]
  /// Code with backticks in it, which DocC takes for a symbol's name.
  private let quotedCode: [Range<Int>]

  /// - Parameters:
  ///   - refusedLinks: symbols that DocC cannot find although they are there.
  ///   - kind: what is at an absolute path.
  init(
    _ page: SitePage, in book: SiteBook, refusedLinks: Set<String> = [],
    kind: (String) -> SiteFiles.Kind
  ) {
    var writer = ArticleWriter(page, book, refusedLinks)
    writer.write(kind)
    name = page.name
    (markdown, origins) = writer.text.render()
    pictures = writer.pictures
    problems = writer.problems
    lines = LineTable(markdown)
    sourceLines = LineTable(page.source)
    path = page.chapter.path
    symbolLinks = writer.symbolLinks
    quotedCode = writer.quotedCode
  }

  /// What a diagnostic at a place of the article is about.
  enum Subject: Equatable {
    case place(Location)
    /// A symbol link that the chapter's author did not write.
    case symbolLink(String)
    /// Nothing: DocC misreads what is right.
    case nothing
  }

  func subject(line: Int, column: Int) -> Subject {
    guard let offset = lines.offset(line: line, column: column), !origins.isEmpty else {
      return .place(Location(path: path, line: 1, column: 1))
    }
    let origin = origins[min(offset, origins.count - 1)]
    if let link = symbolLinks.first(where: { $0.range.contains(origin) })?.link {
      return .symbolLink(link)
    }
    if quotedCode.contains(where: { $0.contains(origin) }) { return .nothing }
    let place = sourceLines.place(of: origin)
    return .place(Location(path: path, place))
  }
}

/// What an article says about the book around it.
struct SiteBook {
  var title: String
  /// In the book's order.
  var pages: [SitePage]
  var symbols: SymbolIndex
  /// `2026-11-23`.
  var date: String
  /// Links that begin with a slash start here.
  var packageFolder: String?
  /// Of the chapters that are no translation.
  var language = "en"

  /// The pages before and after one, in its language.
  func neighbours(of page: SitePage) -> (previous: SitePage?, next: SitePage?) {
    let pages = pages.filter { $0.translation?.language == page.translation?.language }
    guard let index = pages.firstIndex(where: { $0.name == page.name }) else { return (nil, nil) }
    return (
      index > 0 ? pages[index - 1] : nil, index + 1 < pages.count ? pages[index + 1] : nil
    )
  }
}
