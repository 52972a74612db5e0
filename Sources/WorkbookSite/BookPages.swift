import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// The pages that no chapter is: the table of contents, and all curves of the book on one axis.
extension SiteBook {
  /// The chapters of one language in order; the first language's is the root of the site for DocC, and
  /// lists the libraries too.
  func contents(of translation: String?, modules: [String]) -> String {
    let words = words(of: translation)
    let pages = pages.filter { $0.translation?.language == translation }
    let others = translations.filter { $0 != translation }
    let isRoot = translation == translations.first ?? nil
    let name = SiteWords.name(of: language(of: translation))
    var text = """
      # \(escapedMarkdown(isRoot ? title : "\(title) · \(name)"))

      @Metadata {
        \(isRoot ? "@TechnologyRoot" : "@TitleHeading(\(quoted(title)))")
      }

      @Options {
        @TopicsVisualStyle(list)
        @AutomaticArticleSubheading(disabled)
        @AutomaticSeeAlso(disabled)
      }

      \(words.outcome(
        chapters: pages.count, programs: pages.reduce(0) { $0 + $1.chapter.programs.count },
        failed: pages.count { !$0.failures.isEmpty }, date: date))

      """
    if !others.isEmpty {
      text += "\n\(languageLinks(others.map { ($0, contentsName(of: $0)) }))\n"
    }
    text += "\n## Topics\n"
    for (folder, pages) in groups(of: translation) {
      text += "\n### \(folder.isEmpty ? words.chapters : escapedMarkdown(folder))\n\n"
      for page in pages { text += "- <doc:\(page.name)>\n" }
    }
    if comparedCurves(of: translation).count > 1 {
      text += "\n### \(words.all)\n\n- <doc:\(comparisonName(of: translation))>\n"
    }
    guard isRoot else { return text }
    if !others.isEmpty {
      text += "\n### \(words.translations)\n\n"
      for other in others { text += "- <doc:\(contentsName(of: other))>\n" }
    }
    if !modules.isEmpty {
      text += "\n### \(words.library)\n\n"
      for module in modules { text += "- ``\(module)``\n" }
    }
    return text
  }

  /// What stands above the reference of a library module: the way back to the book, and where in it
  /// the module is used.
  func page(ofModule module: String) -> String {
    let translation = translations.first ?? nil
    let words = words(of: translation)
    let users = pages.filter {
      $0.translation?.language == translation && $0.imports.contains(module)
    }
    let links = users.map { "[\(escapedMarkdown($0.chapter.title))](<doc:\($0.name)>)" }
    let book = "[\(escapedMarkdown(title))](<doc:\(contentsName(of: translation))>)"
    let uses = links.isEmpty ? "" : "\n\(words.used(in: links))\n"
    return "# ``\(module)``\n\n\(words.library(of: book))\n\(uses)"
  }

  /// The pages of one language by their folders, each folder where its first page stands.
  func groups(of translation: String?) -> [(folder: String, pages: [SitePage])] {
    let pages = pages.filter { $0.translation?.language == translation }
    let folders = pages.map { ($0.originalPath as NSString).deletingLastPathComponent }
    let shared = folders.min { $0.count < $1.count } ?? ""
    var groups: [(folder: String, pages: [SitePage])] = []
    for (folder, page) in zip(folders, pages) {
      let name = folder == shared ? "" : (folder as NSString).lastPathComponent
      if let index = groups.firstIndex(where: { $0.folder == name }) {
        groups[index].pages.append(page)
      } else {
        groups.append((name, [page]))
      }
    }
    return groups
  }

  /// The main programs' curves.
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

  /// The main programs' curves in one picture; nil where fewer than two chapters have one.
  func comparison(of translation: String?) -> (picture: CurvePicture, markdown: String)? {
    let words = words(of: translation)
    let rows = comparedCurves(of: translation)
    guard rows.count > 1 else { return nil }
    let picture = CurvePicture(rows.map(\.curve), quantity: words.loss, words: words)
    var table = "\(words.comparisonHeader)\n|---|--:|--:|\n"
    for (page, curve) in rows {
      guard let first = curve.points.first, let last = curve.points.last else { continue }
      table += "| [\(escapedMarkdown(page.chapter.title))](<doc:\(page.name)>) "
      for point in [first, last] {
        table += "| \(words.value(short(point.value, digits: 4), at: point.step)) "
      }
      table += "|\n"
    }
    let others = translations.filter { $0 != translation && comparedCurves(of: $0).count > 1 }
    let links = languageLinks(others.map { ($0, comparisonName(of: $0)) })
    let name = comparisonName(of: translation)
    let markdown = """
      # \(words.comparison)

      @Metadata {
        @TitleHeading(\(quoted(title)))
      }

      @Options {
        @AutomaticArticleSubheading(disabled)
        @AutomaticSeeAlso(disabled)
      }

      \(words.comparisonText)

      \(links)

      ![\(escapedMarkdown(picture.alternative))](\(name)-curves)

      \(table)
      """
    return (picture, markdown)
  }
}
