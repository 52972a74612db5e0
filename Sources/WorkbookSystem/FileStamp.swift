import Foundation

/// What changes about a file, as far as the file system tells, whenever its contents do.
///
/// The time of the last change of status cannot be set by a program, so a file that is overwritten
/// with its size and its time of modification kept is seen too.
package struct FileStamp: Hashable, Codable, CustomStringConvertible {
  package struct Time: Hashable, Codable, Comparable {
    var seconds: Int
    var nanoseconds: Int

    init(_ time: timespec) {
      seconds = time.tv_sec
      nanoseconds = time.tv_nsec
    }

    package static func < (a: Time, b: Time) -> Bool {
      (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
    }
  }

  var device: UInt64
  var inode: UInt64
  var mode: UInt32
  package var size: Int64
  package var modified: Time
  var changed: Time

  /// Follows links; nil, and `errno`, where nothing is.
  package init?(_ path: String) {
    self.init(Array(path.utf8CString))
  }

  /// The same with C's strings: names need not be text.
  package init?(_ path: [CChar], followsLinks: Bool = true) {
    var status = stat()
    guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(status.st_ino)
    mode = UInt32(status.st_mode)
    size = Int64(status.st_size)
    modified = Time(status.modified)
    changed = Time(status.changed)
  }

  var isFolder: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }
  var isLink: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFLNK) }

  package var description: String {
    "\(device):\(inode) \(mode) \(size) \(modified.seconds).\(modified.nanoseconds)"
      + " \(changed.seconds).\(changed.nanoseconds)"
  }

  /// What changes whenever a program could find something else at an absolute path: that nothing is there,
  /// the links that lead on from it and from the folders above, the file, or the folder with its names.
  ///
  /// No two are equal where a name is no text, since others would come as the same one.
  package static func input(_ path: String) -> String {
    var links = ""
    var count = 0
    var place: [String] = []
    var rest = Array(path.split(separator: "/").map(String.init).reversed())
    while let name = rest.popLast() {
      if name.unicodeScalars.contains("\u{FFFD}") { return UUID().uuidString }
      switch name {
      case ".": continue
      case "..":
        _ = place.popLast()
        continue
      default: place.append(name)
      }
      let path = "/" + place.joined(separator: "/")
      guard let target = linkTarget(path) else { continue }
      let link = FileStamp(Array(path.utf8CString), followsLinks: false)
      links += "\(path) -> \(target) \(link?.description ?? "")\n"
      count += 1
      // The kernel gives up as well.
      if count > 40 { return links }
      if target.hasPrefix("/") { place = [] } else { place.removeLast() }
      rest += target.split(separator: "/").map(String.init).reversed()
    }
    let found = FileStamp("/" + place.joined(separator: "/"))
    return links + (found?.description ?? (errno == ENOENT || errno == ENOTDIR ? "" : "\(errno)"))
  }
}

/// What a link says; nil of anything else.
private func linkTarget(_ path: String) -> String? {
  var text = [UInt8](repeating: 0, count: Int(PATH_MAX))
  let count = text.withUnsafeMutableBytes { bytes in
    // As many bytes as there are.
    readlink(path, bytes.bindMemory(to: CChar.self).baseAddress!, bytes.count)
  }
  return count < 0 ? nil : String(decoding: text.prefix(count), as: UTF8.self)
}
