import Foundation

/// What changes about a file, as far as the file system tells, whenever its contents do.
///
/// The time of the last change of status cannot be set by a program, so a file that is overwritten
/// with its size and its time of modification kept is seen too.
struct FileStamp: Hashable, CustomStringConvertible {
  var device: UInt64
  var inode: UInt64
  var mode: UInt32
  var size: Int64
  var modified: timespec
  var changed: timespec

  /// Follows links; nil where nothing is.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    mode = UInt32(status.st_mode)
    size = Int64(status.st_size)
    #if os(Linux)
      modified = status.st_mtim
      changed = status.st_ctim
    #else
      modified = status.st_mtimespec
      changed = status.st_ctimespec
    #endif
  }

  var isFolder: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }

  func wasModified(before other: FileStamp) -> Bool {
    (modified.tv_sec, modified.tv_nsec) < (other.modified.tv_sec, other.modified.tv_nsec)
  }

  var description: String {
    "\(device):\(inode) \(mode) \(size) \(modified.tv_sec).\(modified.tv_nsec)"
      + " \(changed.tv_sec).\(changed.tv_nsec)"
  }

  static func == (a: FileStamp, b: FileStamp) -> Bool { a.description == b.description }
  func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
