#if os(Linux)
  /// Where the arguments of a call name a file.
  struct FileCall {
    /// Of the descriptor that a relative path starts at.
    var folder: Int?
    var path: Int
    var creates = false
    /// Whether a link at the end of the path leads on.
    var follows = false

    private static func table(_ calls: [String: FileCall]) -> [Int: FileCall] {
      var table: [Int: FileCall] = [:]
      for (name, description) in calls {
        if let number = SystemCall.number(name) { table[number] = description }
      }
      return table
    }

    /// The calls that change the tree of files, but for opening and renaming.
    static let changes = table([
      "creat": FileCall(path: 0, creates: true, follows: true),
      "truncate": FileCall(path: 0, follows: true),
      "unlink": FileCall(path: 0),
      "unlinkat": FileCall(folder: 0, path: 1),
      "rmdir": FileCall(path: 0),
      "mkdir": FileCall(path: 0, creates: true),
      "mkdirat": FileCall(folder: 0, path: 1, creates: true),
      "symlink": FileCall(path: 1, creates: true),
      "symlinkat": FileCall(folder: 1, path: 2, creates: true),
      "link": FileCall(path: 1, creates: true),
      "linkat": FileCall(folder: 2, path: 3, creates: true),
      "mknod": FileCall(path: 0, creates: true),
      "mknodat": FileCall(folder: 0, path: 1, creates: true),
    ])

    /// The calls that ask about a file.
    static let looks = table([
      "stat": FileCall(path: 0),
      "lstat": FileCall(path: 0),
      "newfstatat": FileCall(folder: 0, path: 1),
      "statx": FileCall(folder: 0, path: 1),
      "access": FileCall(path: 0),
      "chdir": FileCall(path: 0),
      "statfs": FileCall(path: 0),
      "faccessat": FileCall(folder: 0, path: 1),
      "faccessat2": FileCall(folder: 0, path: 1),
      "readlink": FileCall(path: 0),
      "readlinkat": FileCall(folder: 0, path: 1),
    ])

    /// The same and those that open files, whatever for.
    static func lookOrOpen(_ number: Int) -> FileCall? { looks[number] ?? opens[number] }

    private static let opens = table([
      "open": FileCall(path: 0, follows: true),
      "openat": FileCall(folder: 0, path: 1, follows: true),
    ])
  }
#endif
