import WorkbookSystem
import WorkbookChapters

/// Which chapters use a symbol of the library: in their cells, or in a term that leads to its page.
struct SymbolUses {
  private struct Chapter {
    var page: SitePage
    var links: Set<String>
    var modules: Set<String>
    var names: Set<String>
  }

  private let chapters: [Chapter]

  /// Those of the book's first language.
  init(of pages: [BookPage], in book: SiteBook) {
    let first = book.translations.first ?? nil
    chapters = pages.filter { $0.page.translation?.language == first }.map { page in
      Chapter(
        page: page.page, links: page.symbols,
        modules: Set(page.page.imports.map { $0.lowercased() }),
        names: page.page.usedNames)
    }
  }

  /// - Parameters:
  ///   - address: of the symbol's page, `documentation/module/type/name`.
  ///   - title: the symbol's name, perhaps with arguments; a module's own.
  func chapters(using address: String, _ title: String) -> [SitePage] {
    let parts = address.split(separator: "/")
    guard parts.count > 1 else { return [] }
    let module = String(parts[1])
    let name = String(title.prefix { $0 != "(" }.split(separator: ".").last ?? "")
    return chapters.filter { chapter in
      if chapter.links.contains(address + "/") { return true }
      guard chapter.modules.contains(module) else { return false }
      return parts.count == 2 || chapter.names.contains(name)
    }.map(\.page)
  }
}

extension SitePage {
  /// The names in its cells' code; those that it declares itself are its own.
  var usedNames: Set<String> {
    var names: Set<String> = []
    for fence in chapter.fences where fence.role == .cell {
      var lexer = SwiftLexer()
      for line in fence.content.lines {
        let bytes = Array(line.text.utf8)
        for (part, range) in lexer.parts(of: line) where part == .code {
          for word in bytes[range].split(whereSeparator: { !$0.isWordByte }) {
            names.insert(String(decoding: word, as: UTF8.self))
          }
        }
      }
    }
    return names.subtracting(declaredNames)
  }
}
