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
    self.init(status)
  }

  /// Of an open file.
  package init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
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
}
