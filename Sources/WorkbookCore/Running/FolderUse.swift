#if os(Linux)
  import Foundation

  /// What a program's files take of the disk.
  struct FolderUse {
    private(set) var bytes = 0
    /// Folders count as well.
    private(set) var files = 0
    /// Whether there is more than could be looked at: paths beyond what the system takes.
    private(set) var isDeep = false

    /// Everything below the folder, and the files that the process has removed but still holds open.
    ///
    /// O(n) for n files; stops soon after `most`.
    init(of folder: String, openedBy pid: pid_t, most: Int) {
      var folders = [Array(folder.utf8CString)]
      while let folder = folders.popLast(), files <= most {
        for name in Self.names(in: folder) ?? [] {
          let path = WorkbookCore.path(of: name, in: folder)
          var status = stat()
          guard lstat(path, &status) == 0 else {
            isDeep = isDeep || errno == ENAMETOOLONG
            continue
          }
          files += 1
          bytes += Int(status.st_blocks) * 512
          if status.st_mode & S_IFMT == S_IFDIR { folders.append(path) }
        }
      }
      let descriptors = "/proc/\(pid)/fd"
      for name in WorkbookCore.names(in: descriptors) as [String]? ?? [] {
        var status = stat()
        guard stat("\(descriptors)/\(name)", &status) == 0, status.st_nlink == 0,
          status.st_mode & S_IFMT == S_IFREG
        else { continue }
        files += 1
        bytes += Int(status.st_blocks) * 512
      }
    }

    /// A program may have made a folder that nobody can read.
    private static func names(in folder: [CChar]) -> [[CChar]]? {
      if let names = WorkbookCore.names(in: folder) { return names }
      guard errno == EACCES, chmod(folder, 0o700) == 0 else { return nil }
      return WorkbookCore.names(in: folder)
    }
  }

  extension Limits {
    /// What the files are too many or too large for; nil where they are not.
    func limit(exceededBy use: FolderUse) -> String? {
      if use.files > files { return "wrote more than \(files) files" }
      if use.bytes > folderBytes { return "wrote more than \(folderBytes >> 20) MB of files" }
      return use.isDeep ? "wrote folders too deep to be measured" : nil
    }
  }
#endif
