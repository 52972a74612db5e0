#if os(Linux)
  import Foundation
  import WorkbookSystem

  /// What a process takes of memory, as the kernel tells.
  ///
  /// All its threads share one memory and one table of descriptors, and any of them that lives can be
  /// asked: the first one may have ended before the others.
  struct ProcessUse {
    private let pid: pid_t
    /// In all its threads.
    let threadCount: Int
    /// The folder of a thread that lives, `/proc/…/task/…`; nil where none does.
    let livingThread: String?
    /// Memory that is there.
    private(set) var residentBytes = 0
    /// Addresses that are taken, and those of them that count as data of its own.
    private(set) var addressBytes = 0
    private(set) var dataBytes = 0

    init(_ pid: pid_t) {
      self.pid = pid
      let folder = "/proc/\(pid)/task"
      let threads = names(in: folder) ?? []
      threadCount = threads.count
      for thread in threads {
        guard let pages = Self.pages("\(folder)/\(thread)") else { continue }
        livingThread = "\(folder)/\(thread)"
        (addressBytes, residentBytes, dataBytes) = (pages[0], pages[1], pages[5])
        return
      }
      livingThread = nil
    }

    /// Memory that is there, of what it shares with others its share alone; nil where the system does not tell.
    ///
    /// O(n) for n pages.
    var proportionalBytes: Int? { bytes("Pss", in: "smaps_rollup") }

    /// What the kernel takes to know where its memory is.
    var pageTableBytes: Int { bytes("VmPTE", in: "status") ?? 0 }

    /// Of a line such as `VmPTE:      52 kB`.
    private func bytes(_ name: String, in file: String) -> Int? {
      guard let livingThread,
        let text = try? String(contentsOfFile: "\(livingThread)/\(file)", encoding: .utf8),
        let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name + ":") })
      else { return nil }
      return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
        .map { $0 << 10 }
    }

    /// The files of the folder that are removed, and that it still holds open or, with nil, has in its memory.
    func removedFiles(of folder: String) -> [(inode: UInt64, bytes: Int?)] {
      guard let livingThread else { return [] }
      var files: [(inode: UInt64, bytes: Int?)] = []
      for name in names(in: livingThread + "/fd") as [String]? ?? [] {
        var status = stat()
        guard stat("\(livingThread)/fd/\(name)", &status) == 0, status.st_nlink == 0,
          status.st_mode & S_IFMT == S_IFREG
        else { continue }
        files.append((UInt64(status.st_ino), Int(status.st_blocks) * 512))
      }
      // Of no size, as the kernel tells it: so it is read to its end.
      let maps = FileHandle(forReadingAtPath: livingThread + "/maps")
      let (space, end, own) = (UInt8(ascii: " "), " (deleted)".utf8, (folder + "/").utf8)
      // `7f…-7f… rw-s 00000000 08:01 1234  /folder/name (deleted)`, where the name may be any bytes.
      for line in (try? maps?.readToEnd() ?? Data())?.split(separator: UInt8(ascii: "\n")) ?? []
      where line.suffix(end.count).elementsEqual(end) {
        let fields = line.split(separator: space, maxSplits: 5)
        if fields.count == 6, fields[5].drop(while: { $0 == space }).starts(with: own),
          let inode = UInt64(String(decoding: fields[4], as: UTF8.self))
        {
          files.append((inode, nil))
        }
      }
      var seen: Set<UInt64> = []
      return files.filter { seen.insert($0.inode).inserted }
    }

    /// How many of its threads wait in a call that holds a file meanwhile, also where no descriptor does any more.
    ///
    /// None where the system does not tell, as Yama's strictest rules have it.
    var threadsThatHoldFiles: Int {
      // One alone closes nothing while it waits.
      guard threadCount > 1 else { return 0 }
      let calls = ["sendfile", "flock", "fcntl"].compactMap(SystemCall.number).map { "\($0)" }
      let threads = names(in: "/proc/\(pid)/task") as [String]? ?? []
      return threads.count { thread in
        // `40 0x4 0x3 …`, or `running`.
        let call = try? String(
          contentsOfFile: "/proc/\(pid)/task/\(thread)/syscall", encoding: .utf8)
        return call?.split(separator: " ").first.map { calls.contains(String($0)) } ?? false
      }
    }

    private static func pages(_ thread: String) -> [Int]? {
      guard let text = try? String(contentsOfFile: thread + "/statm", encoding: .utf8) else {
        return nil
      }
      let words = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
      guard words.count >= 6, words[0] > 0 else { return nil }
      return words.map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
    }
  }
#endif
