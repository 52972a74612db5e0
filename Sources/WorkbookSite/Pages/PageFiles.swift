import Foundation
import WorkbookSystem

/// The files that a page may show, by their absolute paths.
struct PageFiles {
  var kind: (String) -> SiteFiles.Kind
  var read: (String) -> Data?

  init(kind: @escaping (String) -> SiteFiles.Kind, read: @escaping (String) -> Data?) {
    self.kind = kind
    self.read = read
  }

  init(_ files: SiteFiles) {
    self.init(kind: files.kind(of:)) { path in try? files.read(path) }
  }
}
