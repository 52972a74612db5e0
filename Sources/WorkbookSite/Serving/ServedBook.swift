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
    var stamp: FileStamp
    var name: String
    /// nil where it is a link that leads out of the book.
    var page: Page?
  }

  private let paths: [String]
  private let readsPlainCode: Bool
  private let read = Mutex<[String: Read]>([:])

  init(paths: [String], readsPlainCode: Bool) {
    (self.paths, self.readsPlainCode) = (paths, readsPlainCode)
  }

  /// In the book's order; what did not change since the last time is not read again.
  func pages() throws -> [Page] {
    let files = try findChapters(paths).map(\.path).filter { !isSwiftFile($0) }
    return zip(files, pageNames(files)).compactMap(page)
  }

  func page(named name: String) throws -> Page? { try pages().first { $0.name == name } }

  private func page(_ path: String, _ name: String) -> Page? {
    // Taken first: what is written meanwhile is read the next time.
    let stamp = FileStamp(path)
    if let known = read.withLock({ $0[path] }), known.stamp == stamp, known.name == name {
      return known.page
    }
    var chapter: Chapter
    var source: [UInt8] = []
    do throws(FileProblem) {
      source = try ChapterFile.read(path)
      var catalogs = Catalogs()
      let isSwift = readsPlainCode || catalogs.haveSwift(at: path)
      chapter = Chapter(path: path, bytes: source, readsPlainCode: isSwift).readingPreludes()
    } catch {
      chapter = Chapter(path: path, unreadable: error)
    }
    var hash = SHA256()
    hash.update(source)
    let site = SitePage(chapter, source: source, name: name)
    let page =
      SiteFiles(for: site).kind(of: site.path) == .outside
      ? nil : Page(site: site, version: String(hash.hexadecimal().prefix(16)))
    if let stamp { read.withLock { $0[path] = Read(stamp: stamp, name: name, page: page) } }
    return page
  }
}
