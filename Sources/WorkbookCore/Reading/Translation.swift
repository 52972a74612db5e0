import Foundation
import WorkbookSystem

/// A translation of chapters: a folder among them that is called by its language, such as `chapters/zh`.
///
/// The name is an ISO 639-1 code, perhaps with a script or region as in BCP 47 (`zh-Hans`, `pt-BR`), and
/// at least one Markdown file in the folder has the name of one beside the folder. A package's own folder
/// is none, nor is one above it.
package struct Translation: Hashable {
  /// Absolute.
  package let folder: String
  package var language: String { (folder as NSString).lastPathComponent }

  package init(folder: String) {
    self.folder = folder
  }

  /// The translation that the chapter belongs to; nil for an original.
  package init?(of path: String) {
    let start = absolutePath(path)
    var folder = start
    while folder.count > 1 {
      folder = (folder as NSString).deletingLastPathComponent
      if FileManager.default.fileExists(atPath: folder + "/Package.swift") { return nil }
      guard isLanguageCode((folder as NSString).lastPathComponent) else { continue }
      let parent = (folder as NSString).deletingLastPathComponent
      // As a rule it is this very chapter: then no folder is listed for each.
      let isChapter =
        path.lowercased().hasSuffix(".md") && folder == WorkbookSystem.folder(of: start)
      if isChapter,
        FileManager.default.fileExists(atPath: "\(parent)/\((start as NSString).lastPathComponent)")
      {
        self.folder = folder
        return
      }
      let originals = Self.chapters(in: parent)
      if Self.chapters(in: folder).contains(where: originals.contains) {
        self.folder = folder
        return
      }
    }
    return nil
  }

  /// Where the chapter's original is, absolute.
  package func original(of path: String) -> String {
    let parent = (folder as NSString).deletingLastPathComponent
    return parent + absolutePath(path).dropFirst(folder.count)
  }

  private static func chapters(in folder: String) -> Set<String> {
    Set((names(in: folder) ?? []).filter { $0.lowercased().hasSuffix(".md") })
  }
}

/// Whether the word names a language as folders and options do: `zh`, `zh-Hans`, `pt-BR`.
package func isLanguageCode(_ word: String) -> Bool {
  word.wholeMatch(of: #/[a-z]{2}(-[A-Z][a-z]{3})?(-[A-Z]{2})?/#) != nil
}
