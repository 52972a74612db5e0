import WorkbookSystem

/// The files that a library is built from, with what changes about each when its contents do.
///
/// Two equal stamps mean: nothing to build.
struct LibraryStamp: Codable, Hashable {
  /// The package and those beside it that it depends on.
  var packages: [String]
  var sourceFolders: [String]
  var files: FileStamps

  /// O(n) for n files; opens none of them.
  init(packages: [String], sourceFolders: [String]) {
    self.packages = packages
    self.sourceFolders = sourceFolders
    files = FileStamps(
      below: packages.flatMap(PackageManifest.files) + sourceFolders, followsLinks: true,
      // No part of a library, and saved often.
      without: ".docc")
  }

  /// The stamp of the same folders as they are now.
  var now: LibraryStamp { LibraryStamp(packages: packages, sourceFolders: sourceFolders) }

  /// Whether a file is not as it was in `old`, and yet older than the file of `time`: who goes by times alone,
  /// as SwiftPM does, takes it for unchanged.
  func hidesChanges(since old: LibraryStamp, from time: FileStamp) -> Bool {
    files.files.contains { path, stamp in
      stamp != old.files.files[path] && stamp.modified < time.modified
    }
  }

  /// The same for equal sources, whenever they were written.
  func contents() throws(Fault) -> String {
    var hash = SHA256()
    for (key, path) in files.paths {
      let data = try readFile(path)
      hash.update(field: key)
      hash.update(field: "\(data.count)")
      hash.update(data)
    }
    return hash.hexadecimal()
  }
}
