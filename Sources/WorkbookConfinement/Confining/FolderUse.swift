#if os(Linux)
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

    /// Everything below the folder, and the files that the process has removed but still holds open or has
    /// in its memory.
    ///
    /// O(n) for n files; stops soon after `most`.
    ///
    /// - Parameter fileBytes: what a removed file counts that is only in memory, where its size is not to
    ///   be had.
    init(of folder: String, heldBy pid: pid_t, most: Int, fileBytes: Int) {
      var folders = [Array(folder.utf8CString)]
      while let folder = folders.popLast(), files <= most {
        for name in Self.names(in: folder) ?? [] {
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
      guard let thread = ProcessUse(pid).livingThread else { return }
      var removed: Set<UInt64> = []
      for name in WorkbookSystem.names(in: thread + "/fd") as [String]? ?? [] {
        var status = stat()
        guard stat("\(thread)/fd/\(name)", &status) == 0, status.st_nlink == 0,
          status.st_mode & S_IFMT == S_IFREG, removed.insert(UInt64(status.st_ino)).inserted
        else { continue }
        files += 1
        bytes += Int(status.st_blocks) * 512
      }
      for inode in Self.removedFilesInMemory(thread, folder) where removed.insert(inode).inserted {
        files += 1
        bytes += fileBytes
      }
    }

    /// The inodes of the files of the folder that are gone from it and still in the memory of the thread.
    private static func removedFilesInMemory(_ thread: String, _ folder: String) -> [UInt64] {
      // Of no size, as the kernel tells it: so it is read to its end.
      guard let file = FileHandle(forReadingAtPath: thread + "/maps"),
        let data = try? file.readToEnd()
      else { return [] }
      // `7f…-7f… rw-s 00000000 08:01 1234  /folder/name (deleted)`
      return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { line in
        guard line.hasSuffix(" (deleted)") else { return nil }
        let fields = line.split(separator: " ", maxSplits: 5)
        let isOwn = fields.last?.drop { $0 == " " }.hasPrefix(folder + "/") ?? false
        return isOwn && fields.count == 6 ? UInt64(fields[4]) : nil
      }
    }

    /// A program may have made a folder that nobody can read.
    private static func names(in folder: [CChar]) -> [[CChar]]? {
      if let names = WorkbookSystem.names(in: folder) { return names }
      guard errno == EACCES, fchmodat(AT_FDCWD, folder, 0o700, AT_SYMLINK_NOFOLLOW) == 0
      else { return nil }
      return WorkbookSystem.names(in: folder)
    }
  }

  extension Limits {
    /// What the files are too many or too large for; nil where they are not.
    func excess(of use: FolderUse) -> Excess? {
      if use.files > files { return .files(count: files) }
      if use.bytes > folderBytes { return .folderSize(bytes: folderBytes) }
      return use.isDeep ? .folderDepth : nil
    }

    /// The same of memory and threads.
    func excess(of use: ProcessUse) -> Excess? {
      if use.residentBytes > memoryBytes { return .memory(bytes: memoryBytes) }
      return use.threadCount > threads ? .threads(count: threads) : nil
    }
  }
#endif
