import WorkbookSystem

/// The files that a library is built from, with what changes about each when its contents do.
///
/// Two equal stamps mean: nothing to build.
struct LibraryStamp: Codable, Hashable {
  /// The package and those beside it that it depends on.
  var packages: [String]
  var sourceFolders: [String]
  /// What of these is no part of a library.
  var excluded: [String]
  /// Files of the packages that stand elsewhere and that compilers read: headers.
  var others: [String]
  var files: FileStamps
  /// The dependencies that stand elsewhere while they are edited.
  var edited: [String]

  /// O(n) for n files; opens none of them.
  init(
    packages: [String], sourceFolders: [String], excluded: [String] = [], others: [String] = []
  ) {
    self.packages = packages
    self.sourceFolders = sourceFolders
    self.excluded = excluded
    self.others = others
    // SwiftPM heeds the root's alone.
    let configurations = packages.prefix(1).map { $0 + PackageManifest.configuration }
    files = FileStamps(
      below: packages.flatMap(PackageManifest.files) + configurations + sourceFolders + others,
      followsLinks: true,
      // No part of a library, and saved often.
      without: ".docc", excluded: Set(excluded))
    edited = packages.first.map(PackageManifest.editedDependencies) ?? []
  }

  /// The stamp of the same folders as they are now.
  var now: LibraryStamp {
    LibraryStamp(
      packages: packages, sourceFolders: sourceFolders, excluded: excluded, others: others)
  }

  /// What `others` should have been: of what the compilers of SwiftPM's build read, by their `.d` files.
  func others(in build: String) throws(Fault) -> [String] {
    var lists: Set<Substring> = []
    for (key, path) in FileStamps(below: [build], followsLinks: false).paths
    where key.hasSuffix(".d") {
      // `main.o : a.h b.h`, where Swift's compiler says the same of each file that it writes.
      let text = String(decoding: try readFile(path), as: UTF8.self).replacing("\\\n", with: " ")
      for line in text.split(separator: "\n") {
        lists.formUnion(line.split(separator: ": ", maxSplits: 1).dropFirst())
      }
    }
    let words = Set(lists.flatMap { $0.matches(of: /(?:\\.|[^\\\s])+/).map(\.output) })
    let paths = words.map { word in
      absolutePath(String(word).replacing(/\\(.)/) { $0.1 }.replacing("$$", with: "$"))
    }
    return Set(paths).filter { path in
      packages.contains { path.hasPrefix($0 + "/") && !path.hasPrefix($0 + "/.build/") }
        && (others.contains(path) || files[path] == nil)
    }.sorted()
  }

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
