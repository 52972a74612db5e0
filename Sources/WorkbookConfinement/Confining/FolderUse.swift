import Foundation
import WorkbookSystem

/// What a program's files take of the disk.
struct FolderUse {
  private(set) var bytes = 0
  /// Folders count as well.
  private(set) var files = 0
  /// The size of the largest file that is not removed.
  private(set) var largest = 0
  /// Whether there is more than could be looked at: paths beyond what the system takes.
  private(set) var isDeep = false

  /// Everything below the folder, and the files that the processes have removed but still hold open, have
  /// in their memory, or wait with in a call.
  ///
  /// O(n) for n files; stops soon after `most`.
  ///
  /// - Parameter fileBytes: what a removed file counts that is only in memory or in a call, where its
  ///   size is not to be had.
  init(of folder: String, heldBy processes: [pid_t], most: Int, fileBytes: Int) {
    let root = folder
    var folders = [Array(folder.utf8CString)]
    while let folder = folders.popLast(), files <= most {
      for name in Self.names(in: folder, below: root) ?? [] {
        let path = WorkbookSystem.path(of: name, in: folder)
        var status = stat()
        guard lstat(path, &status) == 0 else {
          isDeep = isDeep || errno == ENAMETOOLONG
          continue
        }
        files += 1
        bytes += Int(status.st_blocks) * 512
        largest = max(largest, Int(status.st_size))
        if status.st_mode & S_IFMT == S_IFDIR { folders.append(path) }
      }
    }
    var seen: Set<UInt64> = []
    for process in processes.map(ProcessUse.init) {
      for file in process.removedFiles(of: folder) where seen.insert(file.inode).inserted {
        files += 1
        bytes += file.bytes ?? fileBytes
      }
      let count = process.threadsThatHoldFiles
      files += count
      bytes += count * fileBytes
    }
  }

  /// A program may have made a folder that nobody can read.
  private static func names(in folder: [CChar], below root: String) -> [[CChar]]? {
    if let names = WorkbookSystem.names(in: folder) { return names }
    return errno == EACCES ? namesOpened(in: folder, below: root) : nil
  }

  /// The names in a folder that is made readable; by now a link further up may lead the path elsewhere.
  static func namesOpened(in folder: [CChar], below root: String) -> [[CChar]]? {
    #if os(Linux)
      holding(folder, below: root, flags: O_DIRECTORY | O_NOFOLLOW) { link in
        chmod(link, 0o700) == 0 ? WorkbookSystem.names(in: Array(link.utf8CString)) : nil
      }
    #else
      fchmodat(AT_FDCWD, folder, 0o700, AT_SYMLINK_NOFOLLOW) == 0
        ? WorkbookSystem.names(in: folder) : nil
    #endif
  }
}
