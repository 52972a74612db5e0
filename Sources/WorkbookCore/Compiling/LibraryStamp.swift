import Foundation

/// The files that a library is built from, with what changes about each when its contents do.
///
/// Two equal stamps mean: nothing to build.
struct LibraryStamp: Codable, Hashable {
  /// The package and those beside it that it depends on.
  var packages: [String]
  var sourceFolders: [String]
  /// One line a file, sorted.
  var files: String

  /// O(n log n) for n files; opens none of them.
  init(packages: [String], sourceFolders: [String]) {
    self.packages = packages
    self.sourceFolders = sourceFolders
    files = Self.files(packages, sourceFolders)
      .map { "\($0) \(FileStamp($0)?.description ?? "")\n" }.joined()
  }

  /// The stamp of the same folders as they are now.
  var now: LibraryStamp { LibraryStamp(packages: packages, sourceFolders: sourceFolders) }

  /// Whether a file is not as it was in `old`, and yet older than the file of `time`: who goes by times alone,
  /// as SwiftPM does, takes it for unchanged.
  func hidesChanges(since old: LibraryStamp, from time: FileStamp) -> Bool {
    let known = Set(old.files.split(separator: "\n"))
    return Self.files(packages, sourceFolders).contains { path in
      guard let stamp = FileStamp(path), !known.contains("\(path) \(stamp)") else { return false }
      return stamp.wasModified(before: time)
    }
  }

  /// The same for equal sources, whenever and wherever they were written.
  func contents() throws(Fault) -> String {
    var hash = SHA256()
    for path in Self.files(packages, sourceFolders) {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw .lastError(doing: "read \(path)")
      }
      hash.update(field: path)
      hash.update(field: "\(data.count)")
      hash.update(data)
    }
    return hash.hexadecimal()
  }

  private static func files(_ packages: [String], _ sourceFolders: [String]) -> [String] {
    var paths: Set<String> = []
    for package in packages {
      for name in names(in: package) ?? [] where name.hasPrefix("Package") {
        // Package.swift, Package@swift-6.0.swift, Package.resolved
        if name.hasSuffix(".swift") || name.hasSuffix(".resolved") {
          paths.insert("\(package)/\(name)")
        }
      }
    }
    var visited: Set<FileStamp> = []
    var folders = sourceFolders
    while let folder = folders.popLast() {
      // A link may lead back up.
      guard let stamp = FileStamp(folder), visited.insert(stamp).inserted else { continue }
      guard stamp.isFolder else {
        paths.insert(folder)
        continue
      }
      for name in names(in: folder) ?? [] where !name.hasPrefix(".") {
        let path = "\(folder)/\(name)"
        guard let stamp = FileStamp(path) else { continue }
        if stamp.isFolder { folders.append(path) } else { paths.insert(path) }
      }
    }
    return paths.sorted()
  }
}
