import Foundation
import Synchronization
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// The pages of a book and what they are made with, by their addresses.
struct ServedPages: Sendable {
  let book: ServedBook
  let runner: LiveRunner
  /// Of the chapters that are no translation.
  let language: String
  private let searches = Searches()

  init(book: ServedBook, runner: LiveRunner, language: String) {
    (self.book, self.runner, self.language) = (book, runner, language)
  }

  func words(of translation: String?) -> SiteWords {
    SiteWords(language: translation ?? language)
  }

  /// nil where there is nothing at the address.
  func response(to path: String) async throws -> HTTPResponse? {
    switch path {
    case "/style.css": return .text(SiteStyle.css, type: "text/css")
    case "/script.js": return .text(SiteScript.javaScript, type: "text/javascript")
    case "/live.css": return .text(LiveScript.css, type: "text/css")
    case "/live.js": return .text(LiveScript.javaScript, type: "text/javascript")
    case "/icon.svg": return .text(SiteStyle.icon, type: "image/svg+xml")
    default: break
    }
    let pages = book.pages()
    let site = siteBook(pages)
    let address = path == "/" ? "index.html" : String(path.dropFirst())
    if let page = pages.first(where: { site.address(of: $0.site) == address }) {
      var shown = page.site
      // What is wrong with its format is known before any run.
      shown.failures = page.chapter.failures
      shown.add(runner.knownResults(of: page.chapter.programs))
      let html = BookPage(shown, in: site, PageFiles(SiteFiles(for: shown)))
        .html(
          scripts: ["live.css", "live.js"], version: page.version,
          template: LiveScript.template(
            in: words(of: shown.translation?.language), file: mark(of: shown.path)))
      return .text(html, type: "text/html")
    }
    for translation in site.translations {
      guard let first = site.pages.first(where: { $0.translation?.language == translation }) else {
        continue
      }
      if site.startAddress(of: translation) == address {
        let files = PageFiles(SiteFiles(for: first))
        var site = site
        for index in site.pages.indices {
          site.pages[index].add(runner.knownResults(of: site.pages[index].chapter.programs))
        }
        return .text(site.startPage(of: translation, files), type: "text/html")
      }
      if site.printAddress(of: translation) == address {
        let html = site.printPage(of: translation) { PageFiles(SiteFiles(for: $0)) }
        return .text(html, type: "text/html")
      }
    }
    if address == "search.json" { return .json(search(site, pages).json) }
    if address == "search-han.json" { return .json(search(site, pages).han) }
    return try picture(address, site)
  }

  private func mark(of path: String) -> String {
    var hash = SHA256()
    hash.update(field: path)
    return String(hash.hexadecimal().prefix(16))
  }

  private func siteBook(_ pages: [ServedBook.Page]) -> SiteBook {
    let folder = pages.lazy.compactMap { try? packageFolder(above: $0.chapter.path) }.first
    var book = SiteBook(
      title: folder.map { runner.packageName(in: $0) ?? ($0 as NSString).lastPathComponent }
        ?? "Book",
      pages: pages.map(\.site), symbols: SymbolIndex([]), date: today, packageFolder: folder,
      language: language)
    book.hasRun = false
    return book
  }

  var today: String { day(Date(), in: .current) }

  /// Made anew where a chapter has changed.
  private func search(_ site: SiteBook, _ pages: [ServedBook.Page]) -> (json: Data, han: Data) {
    searches.files(of: pages.map { $0.name + $0.version }) {
      var index = SearchIndex()
      for page in site.pages {
        index.add(BookPage(page, in: site, PageFiles(SiteFiles(for: page))))
      }
      return index.files
    }
  }

  private func picture(_ address: String, _ site: SiteBook) throws -> HTTPResponse? {
    for page in site.pages where address.hasPrefix("pictures/\(page.name)--") {
      let files = SiteFiles(for: page)
      let pictures = BookPage(page, in: site, PageFiles(files)).pictures
      guard let picture = pictures.first(where: { $0.address == address }) else { continue }
      let types = ["svg": "image/svg+xml", "png": "image/png", "gif": "image/gif"]
      let type = types[(address as NSString).pathExtension] ?? "image/jpeg"
      return HTTPResponse(
        headers: [("Content-Type", type)], body: Array(try files.read(picture.path)))
    }
    return nil
  }
}

/// The search's files as they were made last.
private final class Searches: Sendable {
  private let last = Mutex<(versions: [String], files: (json: Data, han: Data))?>(nil)

  func files(
    of versions: [String], _ make: () -> (json: Data, han: Data)
  ) -> (json: Data, han: Data) {
    last.withLock { last in
      if let last, last.versions == versions { return last.files }
      let files = make()
      last = (versions, files)
      return files
    }
  }
}
