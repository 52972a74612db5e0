import Foundation
import WorkbookSystem

/// The files that a page may show, by their absolute paths.
struct PageFiles: Sendable {
  var kind: @Sendable (String) -> SiteFiles.Kind
  var read: @Sendable (String) -> Data?

  init(
    kind: @escaping @Sendable (String) -> SiteFiles.Kind,
    read: @escaping @Sendable (String) -> Data?
  ) {
    self.kind = kind
    self.read = read
  }

  init(_ files: SiteFiles) {
    self.init {
      files.kind(of: $0)
    } read: {
      try? files.read($0)
    }
  }
}
