import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// What all pages of the book have around their text: the head, the contents, the search, the languages.
struct PageFrame {
  var title: String
  var translation: String?
  var book: SiteBook
  /// The name of the page, among the contents.
  var current: String?
  var translations: [Translated] = []
  var links: [String] = []
  /// Addresses of further scripts, which are modules, and of styles, which end in `.css`.
  var scripts: [String] = []
  /// The page's own contents.
  var aside = ""
  var after = ""

  /// The same page in another language.
  struct Translated {
    var translation: String?
    var address: String
    /// The chapter, where the page is one's.
    var page: SitePage?
  }

  init(title: String, translation: String?, book: SiteBook) {
    self.title = title
    self.translation = translation
    self.book = book
  }

  private var words: SiteWords { book.words(of: translation) }

  /// The page around its `<main>`.
  func html(_ main: String) -> String {
    let alternates = translations.map { other in
      "<link rel=\"alternate\" hreflang=\"\(htmlEscaped(book.language(of: other.translation)))\" "
        + "href=\"\(htmlAddress(other.address))\">"
    }
    let further = scripts.map { address in
      address.hasSuffix(".css")
        ? "<link rel=\"stylesheet\" href=\"\(htmlAddress(address))\">"
        : "<script src=\"\(htmlAddress(address))\" type=\"module\"></script>"
    }
    let head = [
      "<meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"color-scheme\" content=\"light dark\">",
      "<title>\(htmlEscaped(title))</title>",
      "<link rel=\"icon\" href=\"icon.svg\">",
      "<link rel=\"stylesheet\" href=\"style.css\">",
      "<script src=\"script.js\" defer></script>",
    ]
    return """
      <!doctype html>
      <html lang="\(htmlEscaped(book.language(of: translation)))">
      <head>
      \((head + links + alternates + further).joined(separator: "\n"))
      </head>
      <body>
      <a class="skip" href="#main">\(words.skip)</a>
      \(header)<div class="page">
      \(aside)\(main)</div>
      \(after)</body>
      </html>

      """
  }

  private var header: String {
    let languages = translations.map { other in
      let language = htmlEscaped(book.language(of: other.translation))
      return "<a class=\"language\" lang=\"\(language)\" hreflang=\"\(language)\" "
        + "href=\"\(htmlAddress(other.address))\">\(htmlEscaped(SiteWords.name(of: language)))</a>"
        + (other.page.map(words.mark) ?? "")
    }
    return """
      <header>
      <a class="book" href="\(htmlAddress(book.startAddress(of: translation)))">\(htmlEscaped(book.title))</a>
      <details class="contents"><summary>\(words.contents)</summary><nav aria-label="\(words.contents)">
      \(contents)</nav></details>
      <form class="search" role="search" hidden><label for="search">\(words.search)</label>\
      <input id="search" type="search" autocomplete="off" placeholder="\(words.search)" \
      data-none="\(htmlEscaped(book.hasRun ? words.foundNothing : words.foundNothingInChapters))">\
      <ol class="found" aria-live="polite"></ol></form>
      \(languages.joined(separator: "\n"))
      </header>

      """
  }

  /// The chapters of the language, in their folders.
  var contents: String {
    var html = ""
    for (folder, pages) in book.groups(of: translation) {
      if !folder.isEmpty { html += "<p>\(htmlEscaped(folder))</p>\n" }
      let items = pages.map { page in
        let here = page.name == current ? " aria-current=\"page\"" : ""
        return "<li><a\(here) href=\"\(htmlAddress(book.address(of: page)))\">"
          + "\(htmlEscaped(page.chapter.title))</a>\(words.mark(page))</li>"
      }
      html += "<ol>\n\(items.joined(separator: "\n"))\n</ol>\n"
    }
    if let reference = book.referenceAddress {
      html += "<p><a href=\"\(htmlAddress(reference))\">\(words.library)</a></p>\n"
    }
    return html
  }

}

extension SiteWords {
  /// What stands behind the name of a chapter that failed.
  func mark(_ page: SitePage) -> String {
    page.failures.isEmpty ? "" : " <strong class=\"mark\">✗ \(failed)</strong>"
  }
}
