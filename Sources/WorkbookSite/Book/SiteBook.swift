import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// What all pages of a book say about it.
struct SiteBook {
  var title: String
  /// In the book's order.
  var pages: [SitePage]
  var symbols: SymbolIndex
  /// The day of the run: `2026-11-23`.
  var date: String
  /// Links that begin with a slash start here.
  var packageFolder: String?
  /// Whether all its programs have run, and their results stand in `pages`.
  var hasRun = true
  /// Whether the whole book is there as a PDF, too.
  var hasPDF = false
  /// Of the chapters that are no translation.
  var language = "en"
  /// What the chapters' repository stood at when they ran.
  var commit: String?
  /// What compiled them.
  var toolchain: String?
  /// The pages of the reference, by their addresses in the site in lower case.
  var referencePages = ReferencePages()

  /// What ran, and what compiled it, as far as they are known.
  func proofFacts(in words: SiteWords) -> [String] {
    [commit.map(words.commit), toolchain].compactMap(\.self)
  }

  /// The pages before and after one, in its language.
  func neighbours(of page: SitePage) -> (previous: SitePage?, next: SitePage?) {
    let pages = pages.filter { $0.translation?.language == page.translation?.language }
    guard let index = pages.firstIndex(where: { $0.name == page.name }) else { return (nil, nil) }
    return (
      index > 0 ? pages[index - 1] : nil, index + 1 < pages.count ? pages[index + 1] : nil
    )
  }

  // MARK: - Addresses

  /// Of a chapter; in the page of the whole book, where ids have a prefix, of its part.
  func address(of page: SitePage, _ idPrefix: String = "") -> String {
    idPrefix.isEmpty ? page.name + ".html" : "#\(page.name)--main"
  }

  /// Of the page that a reader begins at.
  func startAddress(of translation: String?) -> String {
    guard let translation, translation != translations.first else { return "index.html" }
    return translation.lowercased() + ".html"
  }

  /// Of the page of the whole book.
  func printAddress(of translation: String?) -> String {
    guard let translation, translation != translations.first else { return "print.html" }
    return "print-\(translation.lowercased()).html"
  }

  /// Of the whole book as a PDF.
  func pdfAddress(of translation: String?) -> String {
    printAddress(of: translation).replacing("print", with: "book", maxReplacements: 1)
      .replacing(".html", with: ".pdf")
  }

  var referenceAddress: String? {
    referencePages.isEmpty ? nil : "documentation/book/"
  }

  /// Of the symbol that a code term names, where the reference has it.
  func address(ofSymbol code: String, imports: Set<String>) -> String? {
    guard !referencePages.isEmpty, let link = symbols.link(for: code, imports: imports) else {
      return nil
    }
    return referencePages.address(of: link)
  }
}

/// The pages that the reference has.
struct ReferencePages {
  /// Below the site's root and without a slash at their ends, in order.
  private var addresses: [String] = []

  init(_ addresses: some Sequence<String> = []) {
    self.addresses = addresses.sorted()
  }

  var isEmpty: Bool { addresses.isEmpty }

  /// Of the symbol at `/Module/Type/name`; of several overloads the first.
  func address(of link: String) -> String? {
    let wanted = "documentation" + link.lowercased()
    var (low, high) = (0, addresses.count)
    while low < high {
      let middle = (low + high) / 2
      if addresses[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    guard low < addresses.count else { return nil }
    let found = addresses[low]
    return found == wanted || found.hasPrefix(wanted + "-") ? found + "/" : nil
  }
}
