import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// A chapter as a page of HTML that needs no script, for a made site and for one that is served.
///
/// It runs nothing: what a run found stands in the `SitePage`; without it each output block shows what
/// is expected, and no verdict. All addresses are relative to the page's folder, which holds the other
/// pages, `style.css`, `script.js`, `search.json`, `search-han.json` and `pictures/`.
///
/// Scripts may count on this markup:
///
/// - `<html lang="LANGUAGE">`, `<main id="main" data-chapter="NAME">`, NAME as in `SitePage.name`;
/// - a cell: `<figure class="cell" id="cell-LINE" data-line="LINE" data-program="NAME"
///   data-kind="run|error|traps|no-run|skip|exercise|declares">`, with `data-continues="NAME"` where its program begins with
///   cells that are first another program's, and `data-also="NAMES"` with the further programs that a
///   shared cell belongs to, and `data-code="JSON"`, the code, where characters of it are shown otherwise; in it `<figcaption>`, `<pre><code class="language-swift">…</code></pre>`,
///   and perhaps `<div class="verdict STATUS">`;
/// - an output block: `<figure class="output" id="output-LINE" data-line="LINE" data-program="NAME">`; in it
///   `<pre><code>…</code></pre>` (of a failed one `<div class="pair">` with `<pre class="expected">` and
///   `<pre class="printed">`, the first difference in a `<mark>`), `<figcaption class="verdict STATUS">`, which is empty before a run, and
///   perhaps `<svg class="curve">`;
/// - STATUS is `passed`, `failed` or `skipped`; LINE is that of the block's opening fence in the Markdown.
struct BookPage {
  let page: SitePage
  let book: SiteBook
  /// What stands in `<main>`.
  let content: String
  let headings: [ChapterHTML.Heading]
  let sections: [ChapterHTML.Section]
  let pictures: [PagePictures.Picture]
  let problems: [SiteProblem]
  /// The addresses of the reference's pages that its terms lead to.
  let symbols: Set<String>

  init(_ page: SitePage, in book: SiteBook, _ files: PageFiles) {
    self.page = page
    self.book = book
    var chapter = ChapterHTML(page, in: book, files)
    content = chapter.render()
    headings = chapter.headings
    sections = chapter.sections
    pictures = chapter.pictures.pictures
    problems = chapter.problems
    symbols = chapter.symbols
  }

  /// The whole page.
  ///
  /// - Parameters:
  ///   - scripts: the addresses of further scripts and styles that the page loads.
  ///   - version: of the chapter's file, where the page is served: `data-version` of `<main>`.
  ///   - template: what the scripts make more of.
  func html(scripts: [String] = [], version: String? = nil, template: String = "") -> String {
    let translation = page.translation?.language
    let words = book.words(of: translation)
    let (previous, next) = book.neighbours(of: page)
    var frame = PageFrame(
      title: "\(page.chapter.title)\(page.mark(in: words)) · \(book.title)",
      translation: translation, book: book)
    frame.scripts = scripts
    frame.current = page.name
    frame.translations = book.translations(of: page).map {
      .init(translation: $0.translation?.language, address: book.address(of: $0), page: $0)
    }
    frame.links = [
      previous.map { "<link rel=\"prev\" href=\"\(htmlAddress(book.address(of: $0)))\">" },
      next.map { "<link rel=\"next\" href=\"\(htmlAddress(book.address(of: $0)))\">" },
    ].compactMap(\.self)
    let parts = headings.filter { $0.level == 2 || $0.level == 3 }
    if parts.count > 1 {
      let items = parts.map { heading in
        let look = heading.level == 3 ? " class=\"sub\"" : ""
        return
          "<li\(look)><a href=\"#\(htmlAddress(heading.id))\">\(htmlEscaped(heading.title))</a></li>"
      }
      frame.aside = """
        <nav class="parts" aria-label="\(words.onThisPage)"><p>\(words.onThisPage)</p>
        <ol>
        \(items.joined(separator: "\n"))
        </ol></nav>

        """
    }
    func link(_ page: SitePage?, _ relation: String, _ text: (String) -> String) -> String {
      page.map {
        "<a rel=\"\(relation)\" href=\"\(htmlAddress(book.address(of: $0)))\">"
          + "\(text(htmlEscaped($0.chapter.title)))\(words.mark($0))</a>"
      } ?? ""
    }
    frame.after = """
      <nav class="neighbours" aria-label="\(words.neighbours)">
      \(link(previous, "prev") { "← \($0)" })
      \(link(next, "next") { "\($0) →" })
      </nav>

      """
    frame.after += template
    // Who makes a site is told.
    let problems = version == nil ? [] : self.problems.filter { $0.severity == .error }
    let items = problems.map { problem in
      let place = "\(problem.location.path):\(problem.location.line):\(problem.location.column)"
      return "<li>\(htmlEscaped("\(place): \(problem.problem.message)"))</li>\n"
    }
    let box =
      items.isEmpty
      ? ""
      : "<div class=\"failed\"><p>\(words.noSiteOfThis)</p>\n<ul>\n\(items.joined())</ul></div>\n"
    let versionMark = version.map { " data-version=\"\($0)\"" } ?? ""
    return frame.html(
      "<main id=\"main\" data-chapter=\"\(htmlEscaped(page.name))\"\(versionMark)>\n\(box)\(content)</main>\n"
    )
  }
}
