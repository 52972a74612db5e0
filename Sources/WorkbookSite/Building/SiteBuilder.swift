import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// Makes a site of a book: the reference with DocC, the pages around it, and checks what came of it.
struct SiteBuilder {
  var book: SiteBook
  var library: SymbolGraphs
  /// Of the library's doc comments.
  var examples: ExampleRuns
  /// What makes PDFs of the whole book; nil where none is wanted.
  var printer: PDFPrinter?
  /// Where the catalog, the symbol graphs and the site are made.
  var folder: String
  /// Held from before anything is written there until the site has been taken from there.
  var lock: FileLock
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
  mutating func build() async throws(Fault) -> [SiteProblem] {
    let foreign = try foreignChapters()
    guard foreign.isEmpty else { return foreign }
    var problems = try await makeReference()
    let pages = book.pages.map { BookPage($0, in: book, PageFiles(SiteFiles(for: $0))) }
    problems += pages.flatMap(\.problems)
    if !problems.contains(where: { $0.severity == .error }) {
      book.hasPDF = printer != nil
      try write(pages)
      try await makePDFs()
      try writeList()
      problems += try findings()
    }
    return problems.sorted { a, b in
      (a.location.path, a.location.line, a.location.column)
        < (b.location.path, b.location.line, b.location.column)
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

  // MARK: - Reference

  /// Has DocC make the reference of the libraries, where there are any.
  private mutating func makeReference() async throws(Fault) -> [SiteProblem] {
    try writeCatalog()
    guard !library.modules.isEmpty else {
      try? FileManager.default.removeItem(atPath: site)
      try makeFolder(site)
      return []
    }
    let diagnostics = try await docC.convert(to: site)
    let pages = filesBelow(site + "/data").filter { $0.hasSuffix(".json") }
    book.referencePages = ReferencePages(pages.map { String($0.dropLast(".json".count)) })
    return library.undocumented
      + diagnostics.filter { $0.severity != "note" }.map { diagnostic in
        let start = diagnostic.range?.start
        let location = Location(
          path: diagnostic.file.map(shownPath) ?? "the site", line: start?.line ?? 1,
          column: start?.column ?? 1)
        return SiteProblem(
          severity: diagnostic.severity == "error" ? .error : .warning, location: location,
          problem: .docC(diagnostic.message))
      }
  }

  /// The reference's own start.
  private func writeCatalog() throws(Fault) {
    let catalog = docC.catalog
    try? FileManager.default.removeItem(atPath: catalog)
    try makeFolder(catalog)
    // The pages ask for it; without it the browser tells of a missing file.
    try writeFile("{}\n", to: catalog + "/theme-settings.json")
    let modules = library.modules.map { "- ``\($0)``\n" }.joined()
    let topics = modules.isEmpty ? "" : "\n## Topics\n\n### Modules\n\n\(modules)"
    let title = htmlEscaped(book.title).replacing("`", with: "")
    try writeFile(
      "# \(title)\n\n@Metadata {\n  @TechnologyRoot\n}\n\nThe reference.\n\(topics)",
      to: catalog + "/book.md")
  }

  // MARK: - Pages

  private func write(_ pages: [BookPage]) throws(Fault) {
    var search = SearchIndex()
    for page in pages {
      try writeFile(page.html(), to: "\(site)/\(book.address(of: page.page))")
      let files = SiteFiles(for: page.page)
      if !page.pictures.isEmpty { try makeFolder(site + "/pictures") }
      for picture in page.pictures {
        try writeFile(try files.read(picture.path), to: "\(site)/\(picture.address)")
      }
      search.add(page)
    }
    for translation in book.translations {
      if let first = book.pages.first(where: { $0.translation?.language == translation }) {
        let start = book.startPage(of: translation, PageFiles(SiteFiles(for: first)))
        try writeFile(start, to: "\(site)/\(book.startAddress(of: translation))")
      }
      let whole = book.printPage(of: translation) { PageFiles(SiteFiles(for: $0)) }
      try writeFile(whole, to: "\(site)/\(book.printAddress(of: translation))")
    }
    try fillReference(pages, &search)
    try writeFile(SiteStyle.css, to: site + "/style.css")
    try writeFile(SiteScript.javaScript, to: site + "/script.js")
    try writeFile(SiteStyle.icon, to: site + "/icon.svg")
    let (index, han) = search.files
    try writeFile(index, to: site + "/search.json")
    try writeFile(han, to: site + "/search-han.json")
  }

  private func makePDFs() async throws(Fault) {
    guard let printer else { return }
    for translation in book.translations {
      try await printer.print(
        "\(site)/\(book.printAddress(of: translation))",
        to: "\(site)/\(book.pdfAddress(of: translation))", profile: folder + "/browser")
    }
  }

  private func writeList() throws(Fault) {
    // By these a later run knows the folder for a site, and what in it is none.
    let names = (names(in: site) ?? []) + [SiteFolder.listName]
    try writeFile(SiteFolder.list(of: names), to: "\(site)/\(SiteFolder.listName)")
  }

  /// Gives every page of the reference its way back to the chapters, its title, and its content for readers
  /// without scripts.
  private func fillReference(_ pages: [BookPage], _ search: inout SearchIndex) throws(Fault) {
    if library.modules.isEmpty { return }
    for page in pages {
      // Where DocC had the chapters once.
      let old = "\(site)/documentation/book/\(page.page.name)"
      try makeFolder(old)
      let address = htmlAddress("\(basePath)/\(book.address(of: page.page))")
      try writeFile(
        """
        <!doctype html>
        <meta charset="utf-8">
        <meta http-equiv="refresh" content="0; url=\(address)">
        <title>\(htmlEscaped(page.page.chapter.title))</title>
        <a href="\(address)">\(htmlEscaped(page.page.chapter.title))</a>

        """, to: old + "/index.html")
    }
    let uses = SymbolUses(of: pages, in: book)
    for file in filesBelow(site + "/data") where file.hasSuffix(".json") {
      let address = String(file.dropLast(".json".count))
      let html = "\(site)/\(address)/index.html"
      guard let json = FileManager.default.contents(atPath: "\(site)/data/\(file)"),
        var page = ReferencePage(json: json, basePath: basePath),
        let text = FileManager.default.contents(atPath: html)
      else { continue }
      // What every page of the reference says leads to none of them.
      let searched = page.text
      page.addProof(of: page.symbol.map { examples[$0] } ?? [], in: book)
      page.addWaysBack(to: uses.chapters(using: address, page.title), in: book)
      // DocC does not escape all that it writes: so browsers read what was understood here.
      try writeFile(page.json, to: "\(site)/data/\(file)")
      try writeFile(page.fill(String(decoding: text, as: UTF8.self)), to: html)
      search.add(
        SearchIndex.Entry(
          address: address + "/", title: page.title, place: page.trailText, language: "en"),
        text: searched)
    }
  }

  private func findings() throws(Fault) -> [SiteProblem] {
    try SiteCheck(folder: site, basePath: basePath).findings().map { finding in
      SiteProblem(severity: .error, location: location(of: finding), problem: finding.problem)
    }
  }

  /// Where the author wrote what was found, as far as it stands there in the same words.
  private func location(of finding: SiteCheck.Finding) -> Location {
    if let page = book.pages.first(where: { finding.page == "/" + book.address(of: $0) }) {
      let offset = Data(page.source).range(of: Data(finding.target.utf8))?.lowerBound
      let place = LineTable(page.source).place(of: offset ?? 0)
      return Location(path: page.chapter.path, place)
    }
    return library.location(ofText: finding.target)
      ?? Location(path: finding.page, line: 1, column: 1)
  }
}

extension SearchIndex {
  /// All sections of a chapter.
  mutating func add(_ page: BookPage) {
    let address = page.book.address(of: page.page)
    for section in page.sections where !section.title.isEmpty || !section.text.isEmpty {
      let isTitle = section.id.isEmpty || section.id == page.headings.first?.id
      let entry = Entry(
        address: isTitle ? address : "\(address)#\(section.id)",
        title: section.title.isEmpty ? page.page.chapter.title : section.title,
        place: page.page.chapter.title
          + page.page.mark(in: page.book.words(of: page.page.translation?.language)),
        language: page.book.language(of: page.page.translation?.language))
      add(entry, text: section.text)
    }
  }
}
