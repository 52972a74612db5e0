import Foundation
import WorkbookSystem
import WorkbookCore

/// A folder that a site is written to: what stood in it before must have been a site, too.
struct SiteFolder {
  /// The file that lists what stands in a site at its top.
  static let listName = "site.json"

  let path: String

  static func list(of names: [String]) -> Data {
    // Names can be written.
    (try? JSONEncoder().encode(names.sorted())) ?? Data()
  }

  /// What is no folder, or has anything but a site in it, is not ours to replace.
  func check() throws(CommandError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR, let names = names(in: path) else {
      throw .exists(path: path)
    }
    if names.isEmpty { return }
    guard let data = FileManager.default.contents(atPath: "\(path)/\(Self.listName)"),
      let known = try? JSONDecoder().decode(Set<String>.self, from: data)
    else { throw .exists(path: path) }
    if let name = names.sorted().first(where: { !known.contains($0) }) {
      throw .exists(path: path + "/" + name)
    }
  }

  func replace(with site: String) throws(CommandError) {
    try writing(path) {
      let manager = FileManager.default
      let place = URL(filePath: absolutePath(path))
      let parent = place.deletingLastPathComponent()
      try manager.createDirectory(at: parent, withIntermediateDirectories: true)
      // Copied beside it first: a run that is stopped leaves the old site or the new one.
      let fresh = parent.appending(path: ".\(place.lastPathComponent).\(UUID().uuidString)")
      defer { try? manager.removeItem(at: fresh) }
      try manager.copyItem(at: URL(filePath: site), to: fresh)
      if exchangeFiles(fresh.path, place.path) { return }
      // There is nothing yet, or the file system cannot.
      let old = parent.appending(path: fresh.lastPathComponent + ".old")
      if manager.fileExists(atPath: place.path) { try manager.moveItem(at: place, to: old) }
      try manager.moveItem(at: fresh, to: place)
      try? manager.removeItem(at: old)
    }
  }
}
