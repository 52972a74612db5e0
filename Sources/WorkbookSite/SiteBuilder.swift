import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// Makes a site of a book: writes the catalog, has DocC convert it, and checks what came of it.
struct SiteBuilder {
  var book: SiteBook
  var library: SymbolGraphs
  /// Where the catalog, the symbol graphs and the site are made.
  var folder: String
  var toolchain: Toolchain
  /// What stands before the site's addresses, without a slash at its end.
  var basePath: String

  var docC: DocC {
    DocC(
      toolchain: toolchain, catalog: folder + "/Book.docc", symbolGraphs: Self.symbols(in: folder),
      basePath: basePath)
  }
  var site: String { folder + "/site" }

  static func symbols(in folder: String) -> String { folder + "/symbols" }

  /// Makes the site; where a problem is an error, there is none.
  func build() async throws(Fault) -> [SiteProblem] {
    let foreign = try foreignChapters()
    guard foreign.isEmpty else { return foreign }
    var articles = articles(refusedLinks: [])
    try write(articles)
    var diagnostics = try await docC.convert(to: site)
    let refusedLinks = refusedLinks(articles, diagnostics)
    if !refusedLinks.isEmpty {
      // Links that only we thought of are given up rather than told of.
      articles = self.articles(refusedLinks: refusedLinks)
      try write(articles)
      diagnostics = try await docC.convert(to: site)
    }
    var problems = articles.flatMap(\.problems) + library.undocumented
    let refused = refusedPictures(problems)
    for diagnostic in diagnostics where diagnostic.severity != "note" {
      if let problem = problem(of: diagnostic, articles), !isTold(problem, by: refused) {
        problems.append(problem)
      }
    }
    if !problems.contains(where: { $0.severity == .error }) {
      try fillPages()
      problems += try findings()
    }
    return problems.sorted { a, b in
      (a.location.path, a.location.line, a.location.column)
        < (b.location.path, b.location.line, b.location.column)
    }
  }

  // MARK: - Catalog

  private func articles(refusedLinks: Set<String>) -> [Article] {
    book.pages.map { page in
      let files = SiteFiles(for: page)
      return Article(page, in: book, refusedLinks: refusedLinks) { files.kind(of: $0) }
    }
  }

  /// The chapters that are not the book's, by whatever name.
  private func foreignChapters() throws(Fault) -> [SiteProblem] {
    var problems: [SiteProblem] = []
    for page in book.pages {
      let files = SiteFiles(for: page)
      if files.kind(of: page.path) == .outside {
        let location = Location(path: page.chapter.path, line: 1, column: 1)
        problems.append(
          SiteProblem(severity: .error, location: location, problem: .chapterLeadsOut))
      } else if try files.read(page.path) != Data(page.source) {
        throw .system(doing: "read \(page.chapter.path)", reason: "it was changed meanwhile")
      }
    }
    return problems
  }

  private func write(_ articles: [Article]) throws(Fault) {
    let catalog = docC.catalog
    try? FileManager.default.removeItem(atPath: catalog)
    try makeFolder(catalog)
    // The pages ask for it; without it the browser tells of a missing file.
    try writeFile("{}\n", to: catalog + "/theme-settings.json")
    for translation in book.translations {
      let contents = book.contents(of: translation, modules: library.modules)
      try writeFile(contents, to: "\(catalog)/\(book.contentsName(of: translation)).md")
      guard let comparison = book.comparison(of: translation) else { continue }
      let name = book.comparisonName(of: translation)
      try writeFile(comparison.markdown, to: "\(catalog)/\(name).md")
      for picture in comparison.picture.files(named: name + "-curves") {
        try write(picture, to: catalog)
      }
    }
    try makeFolder(catalog + "/modules")
    for module in library.modules {
      try writeFile(book.page(ofModule: module), to: "\(catalog)/modules/\(module).md")
    }
    for (page, article) in zip(book.pages, articles) {
      let text = String(decoding: article.markdown, as: UTF8.self)
      try writeFile(text, to: "\(catalog)/\(article.name).md")
      let files = SiteFiles(for: page)
      for picture in article.pictures { try write(picture, to: catalog, files) }
    }
  }

  private func write(
    _ picture: Article.Picture, to catalog: String, _ files: SiteFiles? = nil
  ) throws(Fault) {
    let target = "\(catalog)/\(picture.name)"
    switch picture.content {
    case .svg(let text): try writeFile(text, to: target)
    case .copy(let path): if let files { try writeFile(files.read(path), to: target) }
    }
  }

  // MARK: - Problems

  private func article(_ file: String?, _ articles: [Article]) -> Article? {
    guard let file, file.contains("/Book.docc/") else { return nil }
    let name = URL(filePath: file).deletingPathExtension().lastPathComponent
    return articles.first { $0.name == name }
  }

  private func refusedLinks(
    _ articles: [Article], _ diagnostics: [DocCDiagnostics.Diagnostic]
  ) -> Set<String> {
    var refused: Set<String> = []
    for diagnostic in diagnostics {
      guard let article = article(diagnostic.file, articles), let start = diagnostic.range?.start,
        case .symbolLink(let link) = article.subject(line: start.line, column: start.column)
      else { continue }
      refused.insert(link)
    }
    return refused
  }

  /// In a chapter an error, elsewhere a warning; nil where DocC misreads what is right.
  private func problem(
    of diagnostic: DocCDiagnostics.Diagnostic, _ articles: [Article]
  ) -> SiteProblem? {
    let start = diagnostic.range?.start
    guard let article = article(diagnostic.file, articles) else {
      let location = Location(
        path: diagnostic.file.map(shownPath) ?? "the site", line: start?.line ?? 1,
        column: start?.column ?? 1)
      return SiteProblem(
        severity: diagnostic.severity == "error" ? .error : .warning, location: location,
        problem: .docC(diagnostic.message))
    }
    guard
      case .place(let location) = article.subject(
        line: start?.line ?? 1, column: start?.column ?? 1)
    else { return nil }
    return SiteProblem(severity: .error, location: location, problem: .docC(diagnostic.message))
  }

  /// The pictures that are told of, each behind its chapter's path: DocC does not find them either.
  private func refusedPictures(_ problems: [SiteProblem]) -> Set<[String]> {
    Set(
      problems.compactMap { problem in
        problem.problem.pictureTarget.map { [problem.location.path, $0] }
      })
  }

  private func isTold(_ problem: SiteProblem, by refusedPictures: Set<[String]>) -> Bool {
    guard case .docC(let message) = problem.problem,
      let match = message.firstMatch(of: /^Resource '(.*)' couldn't be found/)
    else { return false }
    return refusedPictures.contains([problem.location.path, String(match.1)])
  }

  // MARK: - Pages

  /// Gives every page its title and its content for readers without scripts, and the site its start.
  private func fillPages() throws(Fault) {
    let languages = SiteLanguages(
      first: book.language(of: book.translations.first ?? nil), others: book.foreignPages)
    for file in filesBelow(site + "/data") where file.hasSuffix(".json") {
      let address = file.dropLast(".json".count)
      let html = "\(site)/\(address)/index.html"
      guard let json = FileManager.default.contents(atPath: "\(site)/data/\(file)"),
        let page = StaticPage(json: json, basePath: basePath),
        let text = FileManager.default.contents(atPath: html)
      else { continue }
      // DocC does not escape all that it writes: so browsers read what was understood here.
      try writeFile(page.json, to: "\(site)/data/\(file)")
      let filled = page.fill(String(decoding: text, as: UTF8.self))
      let name = address.split(separator: "/").last.map(String.init) ?? ""
      try writeFile(languages.mark(filled, name: name), to: html)
    }
    let start = "\(basePath)/documentation/book/"
    try writeFile(
      """
      <!doctype html>
      <html lang="\(languages.first)">
      <meta charset="utf-8">
      <meta http-equiv="refresh" content="0; url=\(xmlEscaped(start))">
      <title>\(xmlEscaped(book.title))</title>
      <a href="\(xmlEscaped(start))">\(xmlEscaped(book.title))</a>
      </html>

      """, to: site + "/index.html")
  }

  private func findings() throws(Fault) -> [SiteProblem] {
    try SiteCheck(folder: site, basePath: basePath).findings().map { finding in
      SiteProblem(severity: .error, location: location(of: finding), problem: finding.problem)
    }
  }

  /// Where the author wrote what was found, as far as it stands there in the same words.
  private func location(of finding: SiteCheck.Finding) -> Location {
    let address = finding.page.lowercased()
    if let page = book.pages.first(where: { address == "/documentation/book/\($0.name)" }) {
      let offset = Data(page.source).range(of: Data(finding.target.utf8))?.lowerBound
      let place = LineTable(page.source).place(of: offset ?? 0)
      return Location(path: page.chapter.path, place)
    }
    return library.location(ofText: finding.target)
      ?? Location(path: finding.page, line: 1, column: 1)
  }
}
