import Foundation
import Synchronization
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// The chapters of a book as their files are at the time.
final class ServedBook: Sendable {
  struct Page: Sendable {
    var site: SitePage
    /// Another one whenever the file holds something else.
    var version: String

    /// In its address.
    var name: String { site.name }
    var chapter: Chapter { site.chapter }
    var source: [UInt8] { site.source }
  }

  private struct Read {
    /// Of its file, and of those that its programs are given.
    var stamps: [String: InputStamp]
    var name: String
    /// nil where it is a link that leads out of the book.
    var page: Page?
  }

  private let paths: [String]
  private let readsPlainCode: Bool
  private let read = Mutex<[String: Read]>([:])

  /// - Parameter paths: none for those where chapters are looked for then.
  init(paths: [String], readsPlainCode: Bool) throws {
    // What is wrong with the paths is told before anything is served.
    _ = try findChapters(paths)
    (self.paths, self.readsPlainCode) = (paths.isEmpty ? try defaultPaths() : paths, readsPlainCode)
  }

  /// In the book's order; what did not change since the last time is not read again.
  ///
  /// A file that was named and is gone has a page still, which says so.
  func pages() -> [Page] {
    var files: [String] = []
    for path in paths {
      let (found, problems) = ChapterFile.find([path])
      files += found.map(\.path)
      for case .noSuchPath(let path) in problems { files.append(path) }
    }
    var seen: Set<String> = []
    files = files.filter {
      $0.lowercased().hasSuffix(".md") && seen.insert(absolutePath($0)).inserted
    }
    return zip(files, pageNames(files)).compactMap(page)
  }

  func page(named name: String) -> Page? { pages().first { $0.name == name } }

  private func page(_ path: String, _ name: String) -> Page? {
    if let known = read.withLock({ $0[path] }), known.name == name,
      known.stamps.allSatisfy({ InputStamp($0.key) == $0.value })
    {
      return known.page
    }
    // Taken first: what is written meanwhile is read the next time.
    let stamp = InputStamp(absolutePath(path))
    var chapter: Chapter
    var source: [UInt8] = []
    do throws(FileProblem) {
      source = try ChapterFile.read(path)
      var catalogs = Catalogs()
      let isSwift = readsPlainCode || catalogs.haveSwift(at: path)
      chapter = Chapter(path: path, bytes: source, readsPlainCode: isSwift)
    } catch {
      chapter = Chapter(path: path, unreadable: error)
    }
    let given = chapter.givenPaths.map(absolutePath).map { ($0, InputStamp($0)) }
    chapter = chapter.readingPreludes()
    var hash = SHA256()
    hash.update(source)
    for program in chapter.programs { hash.update(field: program.prelude?.code.string ?? "") }
    for failure in chapter.failures { hash.update(field: failure.message) }
    let site = SitePage(chapter, source: source, name: name)
    let page =
      SiteFiles(for: site).kind(of: site.path) == .outside
      ? nil : Page(site: site, version: String(hash.hexadecimal().prefix(16)))
    let stamps = Dictionary(given + [(absolutePath(path), stamp)]) { first, _ in first }
    read.withLock { $0[path] = Read(stamps: stamps, name: name, page: page) }
    return page
  }
}
