import Foundation

/// The pages that no chapter is: the table of contents, and all curves of the book on one axis.
extension SiteBook {
  /// The root of the site for DocC: the chapters in order, and the libraries.
  func contents(modules: [String]) -> String {
    let programs = pages.reduce(0) { $0 + $1.chapter.programs.count }
    let failed = pages.count { !$0.failures.isEmpty }
    let outcome =
      failed == 0
      ? "All ran and printed what their pages say, as of \(date)."
      : "\(counted(failed, "chapter")) failed, as of \(date)."
    var text = """
      # \(escapedMarkdown(title))

      @Metadata {
        @TechnologyRoot
      }

      @Options {
        @TopicsVisualStyle(list)
      }

      \(counted(pages.count, "chapter")) and \(counted(programs, "program")). \(outcome)

      ## Topics

      """
    for (folder, pages) in groups {
      text += "\n### \(folder.isEmpty ? "Chapters" : escapedMarkdown(folder))\n\n"
      for page in pages { text += "- <doc:\(page.name)>\n" }
    }
    if comparison != nil { text += "\n### All of them\n\n- <doc:comparison>\n" }
    if !modules.isEmpty {
      text += "\n### Library\n\n"
      for module in modules { text += "- ``\(module)``\n" }
    }
    return text
  }

  /// The pages by their folders, each folder where its first page stands.
  var groups: [(folder: String, pages: [SitePage])] {
    let folders = pages.map { ($0.path as NSString).deletingLastPathComponent }
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

  /// The main programs' curves in one picture; nil where fewer than two chapters have one.
  var comparison: (picture: CurvePicture, markdown: String)? {
    var rows: [(page: SitePage, curve: Curve)] = []
    for page in groups.first?.pages ?? [] {
      let main = page.outputs.sorted { $0.key < $1.key }.map(\.value)
        .filter { $0.program == Program.mainName }
      let printed = main.map(\.printed).joined()
      guard var curve = Curve.curves(in: printed, name: "").first else { continue }
      curve.name = page.chapter.title
      rows.append((page, curve))
    }
    guard rows.count > 1 else { return nil }
    let picture = CurvePicture(rows.map(\.curve), quantity: "loss")
    var table = "| chapter | first | last |\n|---|--:|--:|\n"
    for (page, curve) in rows {
      guard let first = curve.points.first, let last = curve.points.last else { continue }
      table += "| [\(escapedMarkdown(page.chapter.title))](<doc:\(page.name)>) "
      table += "| \(short(first.value, digits: 4)) at \(first.step) "
      table += "| \(short(last.value, digits: 4)) at \(last.step) |\n"
    }
    let markdown = """
      # The programs compared

      @Metadata {
        @TitleHeading("\(title.replacing("\"", with: "'"))")
      }

      @Options {
        @AutomaticArticleSubheading(disabled)
        @AutomaticSeeAlso(disabled)
      }

      What the main program of each chapter printed, on one axis.

      ![\(escapedMarkdown(picture.alternative))](comparison-curves)

      \(table)
      """
    return (picture, markdown)
  }
}
