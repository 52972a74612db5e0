import Foundation
import WorkbookSystem
import WorkbookChapters

/// A chapter and its translation, which has the same name in another folder.
struct ChapterPair: Hashable {
  /// The paths; of a chapter that is missing, where it belongs.
  var original: String
  var translation: String
  /// Set where one of the two is missing.
  var problem: Drift.Problem?

  /// Pairs two chapters, or those of two folders by their paths there.
  ///
  /// The translation may be a folder among the originals, beside further ones.
  static func pairs(_ original: String, _ translation: String) throws -> [ChapterPair] {
    let problems = [original, translation].filter {
      !FileManager.default.fileExists(atPath: $0)
    }
    guard problems.isEmpty else { throw FileProblems(problems: problems.map { .noSuchPath($0) }) }
    let areFolders = [original, translation].map { ChapterFile.kind(of: $0) == .typeDirectory }
    switch (areFolders[0], areFolders[1]) {
    case (false, false): return [ChapterPair(original: original, translation: translation)]
    case (true, true): break
    default: throw CommandError.fileAndFolder(original, translation)
    }
    let translations = try findChapters([translation]).map { relative($0.path, to: translation) }
    let originals = try findChapters([original]).map(\.path).filter { path in
      let translated = Translation(of: path)?.folder
      return !isBelow(absolutePath(path), absolutePath(translation))
        && !(translated.map { isBelow($0, absolutePath(original)) } ?? false)
    }.map { relative($0, to: original) }
    guard !originals.isEmpty else {
      throw FileProblems(problems: [.noChapters(folder: original)])
    }
    let (here, there) = (Set(originals), Set(translations))
    let extra = translations.filter { !here.contains($0) }
    return (originals + extra).map { name in
      ChapterPair(
        original: join(original, name), translation: join(translation, name),
        problem: !here.contains(name)
          ? .extraChapter : there.contains(name) ? nil : .missingChapter)
    }
  }

  private static func isBelow(_ path: String, _ folder: String) -> Bool {
    path.hasPrefix(folder + "/")
  }

  private static func relative(_ path: String, to folder: String) -> String {
    String(absolutePath(path).dropFirst(absolutePath(folder).count + 1))
  }
}
