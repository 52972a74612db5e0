#if os(Linux)
  import Foundation
  import WorkbookSystem

  /// What a process takes of memory, as the kernel tells.
  ///
  /// All its threads share one memory and one table of descriptors, and any of them that lives can be
  /// asked: the first one may have ended before the others.
  struct ProcessUse {
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
