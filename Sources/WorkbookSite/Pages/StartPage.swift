import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// The pages that no chapter is: where a reader begins, and the whole book on one page.
extension SiteBook {
  /// What the book is, in the words that its first chapter begins with; its main programs on one axis;
  /// the chapters.
  func startPage(of translation: String?, _ files: PageFiles) -> String {
    let words = words(of: translation)
    let pages = pages.filter { $0.translation?.language == translation }
    var frame = PageFrame(title: title, translation: translation, book: self)
    frame.translations = translations.filter { $0 != translation }.map {
      .init(translation: $0, address: startAddress(of: $0))
    }
    var html = "<h1>\(htmlEscaped(title))</h1>\n"
    if let first = pages.first {
      var chapter = ChapterHTML(first, in: self, files)
      html += chapter.abstract + "\n"
      html +=
        "<p><a class=\"start\" href=\"\(htmlAddress(address(of: first)))\">\(words.startReading)</a></p>\n"
    }
    var facts = [
      words.size(
        chapters: pages.count,
        programs: pages.reduce(0) { $0 + $1.chapter.programs.count { $0.exercise == nil } })
    ]
    if hasRun {
      facts.append(words.outcome(failed: pages.count { !$0.failures.isEmpty }, date: date))
    }
    html += "<p>\(htmlEscaped(facts.joined(separator: words == .english ? " " : "")))</p>\n"
    html += comparison(of: translation)
    html += "<h2>\(words.chapters)</h2>\n\(frame.contents)"
    html +=
      "<p><a href=\"\(htmlAddress(printAddress(of: translation)))\">\(words.wholeBook)</a>"
      + (hasPDF ? " · <a href=\"\(htmlAddress(pdfAddress(of: translation)))\">PDF</a>" : "")
      + "</p>\n"
    return frame.html("<main id=\"main\">\n\(html)</main>\n")
  }

  /// All chapters of a language one behind the other, for printing.
  func printPage(of translation: String?, _ files: (SitePage) -> PageFiles) -> String {
    var frame = PageFrame(title: title, translation: translation, book: self)
    frame.translations = translations.filter { $0 != translation }.map {
      .init(translation: $0, address: printAddress(of: $0))
    }
    let chapters = pages.filter { $0.translation?.language == translation }.map { page in
      var chapter = ChapterHTML(page, in: self, files(page), idPrefix: page.name + "--")
      return
        "<section class=\"chapter\" id=\"\(page.name)--main\">\n\(chapter.render())</section>\n"
    }
    return frame.html(
      "<main id=\"main\">\n<h1>\(htmlEscaped(title))</h1>\n\(chapters.joined())</main>\n")
  }

  /// The main programs' curves in one picture, with their ends; empty where fewer than two have one.
  func comparison(of translation: String?) -> String {
    let words = words(of: translation)
    let rows = comparedCurves(of: translation)
    guard rows.count > 1 else { return "" }
    let picture = CurvePicture(rows.map(\.curve), quantity: words.curves.loss, words: words.curves)
    var table = ""
    for (page, curve) in rows {
      guard let first = curve.points.first, let last = curve.points.last else { continue }
      let values = [first, last].map {
        "<td class=\"right\">\(htmlEscaped(words.curves.value(short($0.value, digits: 4), at: $0.step)))</td>"
      }
      table +=
        "<tr><td><a href=\"\(htmlAddress(address(of: page)))\">"
        + "\(htmlEscaped(page.chapter.title))</a>\(words.mark(page))</td>\(values.joined())</tr>\n"
    }
    let header = words.comparisonHeader.map { "<th>\($0)</th>" }.joined()
    return """
      <h2>\(words.comparison)</h2>
      <p>\(words.comparisonText)</p>
      <figure>\(picture.inlineSVG)</figure>
      <div class="wide" tabindex="0"><table>
      <thead><tr>\(header)</tr></thead>
      <tbody>
      \(table)</tbody>
      </table></div>

      """
  }

  private func comparedCurves(of translation: String?) -> [(page: SitePage, curve: Curve)] {
    var rows: [(page: SitePage, curve: Curve)] = []
    for page in groups(of: translation).first?.pages ?? [] {
      let main = page.outputs.sorted { $0.key < $1.key }.map(\.value)
        .filter { $0.program == Program.mainName }
      let printed = main.map(\.printed).joined()
      guard var curve = Curve.curves(in: printed, name: "").first else { continue }
      curve.name = page.chapter.title
      rows.append((page, curve))
    }
    return rows
  }

  /// The pages of one language by their folders below the one that they share, each where its first page stands.
  func groups(of translation: String?) -> [(folder: String, pages: [SitePage])] {
    let pages = pages.filter { $0.translation?.language == translation }
    let folders = pages.map { $0.originalPath.split(separator: "/").dropLast() }
    var shared = folders.first ?? []
    for folder in folders { while !folder.starts(with: shared) { shared.removeLast() } }
    var groups: [(folder: String, pages: [SitePage])] = []
    for (folder, page) in zip(folders, pages) {
      let name = folder.dropFirst(shared.count).joined(separator: "/")
      if let index = groups.firstIndex(where: { $0.folder == name }) {
        groups[index].pages.append(page)
      } else {
        groups.append((name, [page]))
      }
    }
    return groups
  }
}
