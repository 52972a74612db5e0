#if os(Linux)
  import Foundation
  import WorkbookSystem

  /// Says what becomes of the calls of a confined program that its filter shows to the launcher.
  ///
  /// It names what the program may not, and notes what its outcome depends on. What it lets pass is still
  /// denied by Landlock if need be, so a program that changes its memory meanwhile gains nothing.
  struct SystemCallReview {
    enum Verdict: Hashable {
      /// The kernel's other rules decide.
      case goOn
      /// A file of this path is about to be looked at or opened to read.
      case look(String)
      /// Files are about to change; the kernel's other rules decide. Of these paths, outside of the folder, the
      /// program learns whether something is there.
      case write(looks: [String])
      /// Files of its own get these rights; by this path, of the launcher's or the program's.
      case setMode(String, mode_t)
      /// The same, and these times of the last access and change.
      case setTimes(String, [Int])
      case deny(Int32)
      /// The launcher opens this file of the kernel's to read for the program.
      case lend(String)
      /// The launcher makes a file without a name in the program's folder for it.
      case lendTemporary
      /// A socket that reaches nothing stands in for the one asked for.
      case standInSocket
      /// The program is about to send this signal to itself.
      case signal(Int32)
      case startThread
      case startProgram
      /// More memory at once than it may have, of this size.
      case allocate(UInt64)
      case stop(Excess)
    }

    /// A call as the kernel shows it.
    struct Call {
      /// The thread that makes it, as the launcher knows it.
      var thread: pid_t
      var number: Int
      var arguments: [UInt64]

      /// As a whole number of C's.
      func int(_ index: Int) -> Int32 { Int32(truncatingIfNeeded: arguments[index]) }
    }

    /// The resolved folder that may be written to.
    var folder: String
    /// The program's own process.
    var pid: pid_t

    func verdict(_ call: Call) -> Verdict {
      if let file = Self.changes[call.number] { return write(file, call) }
      if let file = Self.looks[call.number] { return look(file, call) }
      switch call.number {
      case Number.openat, Number.open:
        let first = call.number == Number.openat ? 1 : 0
        let flags = call.arguments[first + 1]
        let file = FileCall(
          folder: first == 1 ? 0 : nil, path: first, creates: flags & UInt64(O_CREAT) != 0,
          follows: true)
        // What C's `tmpfile` asks for, wherever temporary files should be.
        if Int32(truncatingIfNeeded: flags) & SystemCall.temporaryFile == SystemCall.temporaryFile,
          string(call.arguments[first], call) == "/tmp"
        {
          return .lendTemporary
        }
        let reads = flags & UInt64(O_ACCMODE | O_CREAT | O_TRUNC) == UInt64(O_RDONLY)
        if reads, let path = threadState(at: call.arguments[first], call) { return .lend(path) }
        return reads ? look(file, call) : write(file, call)
      case Number.rename, Number.renameat, Number.renameat2:
        // Both names change.
        let isOld = call.number == Number.rename
        let source = FileCall(folder: isOld ? nil : 0, path: isOld ? 0 : 1)
        let target = FileCall(folder: isOld ? nil : 2, path: isOld ? 1 : 3, creates: true)
        let verdict = write(source, call)
        guard case .write(let sourceLooks) = verdict else { return verdict }
        let second = write(target, call)
        guard case .write(let targetLooks) = second else { return second }
        return .write(looks: sourceLooks + targetLooks)
      case Number.fchmod:
        return .setMode("/proc/\(call.thread)/fd/\(call.int(0))", mode_t(call.arguments[1] & 0o777))
      case Number.chmod, Number.fchmodat:
        let first = call.number == Number.fchmodat ? 1 : 0
        guard let path = path(FileCall(folder: first == 1 ? 0 : nil, path: first), call) else {
          return .deny(EPERM)
        }
        return .setMode(path, mode_t(call.arguments[first + 1] & 0o777))
      case Number.fchown:
        // To whom they belong: nothing to do, as whoever copies a folder does not know.
        let isOwn = [(1, geteuid()), (2, getegid())].allSatisfy { index, id in
          [id, .max].contains(UInt32(truncatingIfNeeded: call.arguments[index]))
        }
        return .deny(isOwn ? 0 : EPERM)
      case Number.utimensat:
        let path =
          call.arguments[1] == 0
          ? "/proc/\(call.thread)/fd/\(call.int(0))" : path(FileCall(folder: 0, path: 1), call)
        guard let path, let times = times(at: call.arguments[2], call) else { return .deny(EPERM) }
        return .setTimes(path, times)
      case Number.socket:
        return [AF_INET, AF_INET6].contains(call.int(0)) ? .standInSocket : .deny(EACCES)
      case Number.bind:
        // Any free port on this machine: what Foundation wakes its own threads with. It does without, and
        // what it was about to do then has its own name.
        let address = address(at: call.arguments[1], count: call.arguments[2], call)
        return address.map { $0.isAnyPortHere ? .deny(EACCES) : network($0) } ?? .deny(EACCES)
      case Number.connect:
        return network(address(at: call.arguments[1], count: call.arguments[2], call))
      case Number.sendto:
        return network(address(at: call.arguments[4], count: call.arguments[5], call))
      case Number.sendmsg, Number.sendmmsg:
        guard let header = memory(call.arguments[1], 16, call) else { return .deny(EACCES) }
        return network(
          address(at: Self.number(header[..<8]), count: Self.number(header[8..<12]), call))
      case Number.kill, Number.rtSigqueueinfo: return signal(call.int(1), to: call.int(0))
      case Number.tgkill, Number.rtTgsigqueueinfo: return signal(call.int(2), to: call.int(0))
      case Number.mmap: return .allocate(call.arguments[1])
      case Number.mremap:
        return .allocate(call.arguments[2] - min(call.arguments[1], call.arguments[2]))
      case Number.clone where call.int(0) & Int32(SystemCall.Clone.thread) != 0: return .startThread
      case Number.execve: return .startProgram
      case Number.closeRange: return .deny(EPERM)
      default: return .stop(.startedProcess)
      }
    }

    /// The numbers of the calls that are told apart; -1 where there is none.
    private enum Number {
      static let open = number("open")
      static let openat = number("openat")
      static let rename = number("rename")
      static let renameat = number("renameat")
      static let renameat2 = number("renameat2")
      static let chmod = number("chmod")
      static let fchmod = number("fchmod")
      static let fchmodat = number("fchmodat")
      static let fchown = number("fchown")
      static let utimensat = number("utimensat")
      static let socket = number("socket")
      static let bind = number("bind")
      static let connect = number("connect")
      static let sendto = number("sendto")
      static let sendmsg = number("sendmsg")
      static let sendmmsg = number("sendmmsg")
      static let kill = number("kill")
      static let tgkill = number("tgkill")
      static let rtSigqueueinfo = number("rt_sigqueueinfo")
      static let rtTgsigqueueinfo = number("rt_tgsigqueueinfo")
      static let mmap = number("mmap")
      static let mremap = number("mremap")
      static let clone = number("clone")
      static let execve = number("execve")
      static let closeRange = number("close_range")

      private static func number(_ name: String) -> Int { SystemCall.number(name) ?? -1 }
    }

    // MARK: Files

    /// Where the arguments of a call name a file.
    private struct FileCall {
      /// Of the descriptor that a relative path starts at.
      var folder: Int?
      var path: Int
      var creates = false
      /// Whether a link at the end of the path leads on.
      var follows = false
    }

    private static func table(_ calls: [String: FileCall]) -> [Int: FileCall] {
      var table: [Int: FileCall] = [:]
      for (name, description) in calls {
        if let number = SystemCall.number(name) { table[number] = description }
      }
      return table
    }

    /// The calls that change the tree of files, but for opening and renaming.
    private static let changes = table([
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
    private static let looks = table([
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

    /// The absolute path that the call names; nil for devices and the kernel's own files, which are
    /// denied without a word where they are not the program's.
    private func path(_ file: FileCall, _ call: Call) -> String? {
      guard var path = string(call.arguments[file.path], call) else { return nil }
      if !path.hasPrefix("/") {
        let descriptor = file.folder.map(call.int) ?? AT_FDCWD
        let link = descriptor == AT_FDCWD ? "cwd" : "fd/\(descriptor)"
        guard let base = target(of: "/proc/\(call.thread)/\(link)") else { return nil }
        path = Self.path(path, from: base)
      }
      while path.utf8.count > 1 && path.hasSuffix("/") { path.removeLast() }
      let isDevice = ["/dev/", "/proc/", "/sys/"].contains { path.hasPrefix($0) }
      return isDevice ? nil : path
    }

    /// Where a thread of the program's tells whether it runs, if `/proc/ID/stat` is asked for: that Dispatch
    /// cannot do without, and Landlock knows threads below their process alone.
    private func threadState(at address: UInt64, _ call: Call) -> String? {
      let steps = string(address, call)?.split(separator: "/", omittingEmptySubsequences: false)
      guard let steps, steps.count == 4, steps[0].isEmpty, steps[1] == "proc", steps[3] == "stat",
        let thread = pid_t(steps[2])
      else { return nil }
      let path = "/proc/\(pid)/task/\(thread)/stat"
      return access(path, F_OK) == 0 ? path : nil
    }

    /// The path from a folder that is named without links: so the steps up at the beginning can be taken as
    /// they are written, not those behind a link.
    static func path(_ relative: String, from base: String) -> String {
      var base = base
      var steps = relative.split(separator: "/", omittingEmptySubsequences: true)[...]
      while let step = steps.first, step == "." || step == ".." {
        if step == ".." { base = WorkbookSystem.folder(of: base) }
        steps.removeFirst()
      }
      let rest = steps.joined(separator: "/")
      return rest.isEmpty ? base : base == "/" ? "/" + rest : "\(base)/\(rest)"
    }

    /// The path without links, as the kernel knows it: one look, where `realpath` takes one for each folder
    /// on the way.
    private func resolved(_ path: String) -> String? {
      let descriptor = open(path, SystemCall.pathOnly | O_CLOEXEC)
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      return target(of: "/proc/self/fd/\(descriptor)")
    }

    private func target(of link: String) -> String? {
      var text = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(link, &text, text.count)
      guard count > 0, text[0] == 47 else { return nil }
      return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private func resolvedFolder(_ path: String) -> String? {
      let name = path[path.index(after: path.lastIndex(of: "/")!)...]
      return resolved(WorkbookSystem.folder(of: path)).map {
        $0 == "/" ? "/\(name)" : "\($0)/\(name)"
      }
    }

    private func look(_ file: FileCall, _ call: Call) -> Verdict {
      guard let path = path(file, call) else { return .goOn }
      // As the program names it, so that a link that leads elsewhere later is noticed; a link of its own
      // will be gone.
      return (isOwn(path) ? resolved(path) ?? resolvedFolder(path) : path).map { .look($0) }
        ?? .goOn
    }

    private func write(_ file: FileCall, _ call: Call) -> Verdict {
      guard let path = path(file, call) else { return .write(looks: []) }
      var status = stat()
      let exists = (file.follows ? stat(path, &status) : lstat(path, &status)) == 0
      let resolved = file.follows && exists ? self.resolved(path) : resolvedFolder(path)
      // The folder itself is the runner's; to open it for writing fails anyway.
      if let resolved, resolved.hasPrefix(folder + "/") || file.follows && resolved == folder {
        return .write(looks: [])
      }
      // What is not there cannot be changed, what is there cannot be made.
      let isVain = file.follows ? !exists && !file.creates : exists == file.creates
      if let resolved, !isVain { return .stop(.wroteOutside(path: resolved)) }
      return .write(looks: [isOwn(path) ? resolved ?? path : path])
    }

    private func isOwn(_ path: String) -> Bool { (path + "/").hasPrefix(folder + "/") }

    /// Gives a file of the program's other rights; false, and `errno`, where it is none or cannot have them.
    func setMode(of path: String, to mode: mode_t) -> Bool {
      change(path) { Foundation.chmod($0, mode) }
    }

    /// The same of its times.
    ///
    /// - Parameter times: seconds and nanoseconds of access, then of change.
    func setTimes(of path: String, to times: [Int]) -> Bool {
      let times = [0, 2].map { timespec(tv_sec: times[$0], tv_nsec: times[$0 + 1]) }
      return change(path) { utimensat(AT_FDCWD, $0, times, 0) }
    }

    private func change(_ path: String, _ body: (String) -> Int32) -> Bool {
      // Held from here on, so that what is looked at is what is changed.
      let descriptor = open(path, SystemCall.pathOnly | O_CLOEXEC)
      guard descriptor >= 0 else { return false }
      defer { close(descriptor) }
      let link = "/proc/self/fd/\(descriptor)"
      guard target(of: link)?.hasPrefix(folder + "/") == true else {
        errno = EPERM
        return false
      }
      return body(link) == 0
    }

    // MARK: Others

    private func signal(_ signal: Int32, to target: Int32) -> Verdict {
      if target == pid { return .signal(signal) }
      // 0 only asks whether it is there.
      return signal == 0 ? .deny(EPERM) : .stop(.signalledProcess(id: target))
    }

    private struct Address {
      var host: String
      var port: Int
      var isAnyPortHere: Bool { host == "127.0.0.1" && port == 0 }
    }

    private func network(_ address: Address?) -> Verdict {
      // Name services and such: the C library does without.
      address.map { .stop(.network(address: "\($0.host):\($0.port)")) } ?? .deny(EACCES)
    }

    /// nil where it is none of the internet's.
    private func address(at address: UInt64, count: UInt64, _ call: Call) -> Address? {
      guard let bytes = memory(address, Int(clamping: min(count, 28)), call), bytes.count >= 8
      else {
        return nil
      }
      let port = Int(bytes[2]) << 8 | Int(bytes[3])
      var text = [CChar](repeating: 0, count: 64)
      switch Int32(bytes[0]) | Int32(bytes[1]) << 8 {
      case AF_INET:
        _ = bytes.withUnsafeBytes { inet_ntop(AF_INET, $0.baseAddress! + 4, &text, 64) }
        return Address(host: Self.text(text), port: port)
      case AF_INET6 where bytes.count >= 24:
        _ = bytes.withUnsafeBytes { inet_ntop(AF_INET6, $0.baseAddress! + 8, &text, 64) }
        return Address(host: "[\(Self.text(text))]", port: port)
      default: return nil
      }
    }

    private static func text(_ characters: [CChar]) -> String {
      String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    // MARK: The program's memory

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func string(_ address: UInt64, _ call: Call) -> String? {
      // A page at a time: the next one may not be there.
      var bytes: [UInt8] = []
      while bytes.count < Int(PATH_MAX) {
        let next = address &+ UInt64(bytes.count)
        guard let chunk = memory(next, Int(4096 - next % 4096), call) else { return nil }
        bytes += chunk.prefix { $0 != 0 }
        if chunk.contains(0) { return String(decoding: bytes, as: UTF8.self) }
      }
      return nil
    }

    /// The words of a `timespec` of access and one of change; nil where they cannot be read.
    private func times(at address: UInt64, _ call: Call) -> [Int]? {
      if address == 0 { return [0, SystemCall.now, 0, SystemCall.now] }
      guard let bytes = memory(address, 32, call), bytes.count == 32 else { return nil }
      return stride(from: 0, to: 32, by: 8).map {
        Int(truncatingIfNeeded: Self.number(bytes[$0..<$0 + 8]))
      }
    }

    private func memory(_ address: UInt64, _ count: Int, _ call: Call) -> [UInt8]? {
      let descriptor = open("/proc/\(call.thread)/mem", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0, count > 0 else { return nil }
      defer { close(descriptor) }
      var bytes = [UInt8](repeating: 0, count: count)
      let read = pread(descriptor, &bytes, count, off_t(truncatingIfNeeded: address))
      return read > 0 ? Array(bytes.prefix(read)) : nil
    }
  }
#endif
