#if os(Linux)
  import Foundation

  /// Names what a confined program is about to do and may not.
  ///
  /// It only names: what it lets pass is still denied by Landlock if need be, so a program that
  /// changes its memory meanwhile gains nothing.
  struct Trespass {
    enum Verdict: Hashable {
      /// The kernel's other rules decide.
      case goOn
      /// A file of this path is about to be opened to read.
      case read(String)
      /// Files are about to change; the kernel's other rules decide.
      case write
      case deny(Int32)
      case stop(limit: String)
    }

    /// The resolved folder that may be written to.
    var folder: String
    /// The program's own process.
    var pid: pid_t

    func verdict(call: Int, arguments: [UInt64]) -> Verdict {
      switch call {
      case SystemCall.openat, SystemCall.open ?? -1:
        let first = call == SystemCall.openat ? 1 : 0
        let flags = arguments[first + 1]
        let file = FileCall(
          folder: first == 1 ? 0 : nil, path: first, creates: flags & UInt64(O_CREAT) != 0,
          follows: true)
        let reads = flags & UInt64(O_ACCMODE | O_CREAT | O_TRUNC) == UInt64(O_RDONLY)
        return reads ? read(file, arguments) : write(file, arguments)
      case SystemCall.rename ?? -1, SystemCall.renameat, SystemCall.renameat2:
        // Both names change.
        let isOld = call != SystemCall.renameat && call != SystemCall.renameat2
        let source = FileCall(folder: isOld ? nil : 0, path: isOld ? 0 : 1)
        let target = FileCall(folder: isOld ? nil : 2, path: isOld ? 1 : 3, creates: true)
        let verdict = write(source, arguments)
        if case .stop = verdict { return verdict }
        return write(target, arguments)
      case SystemCall.bind:
        let verdict = network(address: arguments[1], count: arguments[2])
        // Any free port on this machine: what Foundation wakes its own threads with. It does without, and
        // what it was about to do then has its own name.
        return verdict == .stop(limit: "opened a network connection: 127.0.0.1:0")
          ? .deny(EACCES) : verdict
      case SystemCall.connect:
        return network(address: arguments[1], count: arguments[2])
      case SystemCall.sendto:
        return network(address: arguments[4], count: arguments[5])
      case SystemCall.sendmsg, SystemCall.sendmmsg:
        guard let header = memory(arguments[1], 16) else { return .deny(EACCES) }
        return network(address: Self.number(header[..<8]), count: Self.number(header[8..<12]))
      case SystemCall.kill, SystemCall.tgkill, SystemCall.rtSigqueueinfo,
        SystemCall.rtTgsigqueueinfo:
        let target = Int32(truncatingIfNeeded: arguments[0])
        let signal = arguments[call == SystemCall.tgkill ? 2 : 1]
        // 0 only asks whether it is there.
        return signal == 0 ? .deny(EPERM) : .stop(limit: "signalled another process: \(target)")
      case _ where Self.fileCalls[call] != nil:
        return write(Self.fileCalls[call]!, arguments)
      default:
        return .stop(limit: "started another process")
      }
    }

    /// Where the arguments of a call name what it changes.
    struct FileCall {
      /// Of the descriptor that a relative path starts at.
      var folder: Int?
      var path: Int
      var creates = false
      /// Whether a link at the end of the path leads on.
      var follows = false
    }

    /// The calls that change the tree of files, but for opening, with what they change.
    static let fileCalls: [Int: FileCall] = {
      let calls: [(Int?, FileCall)] = [
        (SystemCall.creat, FileCall(path: 0, creates: true, follows: true)),
        (SystemCall.truncate, FileCall(path: 0, follows: true)),
        (SystemCall.unlink, FileCall(path: 0)),
        (SystemCall.unlinkat, FileCall(folder: 0, path: 1)),
        (SystemCall.rmdir, FileCall(path: 0)),
        (SystemCall.rename, FileCall(path: 0)),
        (SystemCall.renameat, FileCall(folder: 0, path: 1)),
        (SystemCall.renameat2, FileCall(folder: 0, path: 1)),
        (SystemCall.mkdir, FileCall(path: 0, creates: true)),
        (SystemCall.mkdirat, FileCall(folder: 0, path: 1, creates: true)),
        (SystemCall.symlink, FileCall(path: 1, creates: true)),
        (SystemCall.symlinkat, FileCall(folder: 1, path: 2, creates: true)),
        (SystemCall.link, FileCall(path: 1, creates: true)),
        (SystemCall.linkat, FileCall(folder: 2, path: 3, creates: true)),
        (SystemCall.mknod, FileCall(path: 0, creates: true)),
        (SystemCall.mknodat, FileCall(folder: 0, path: 1, creates: true)),
      ]
      var table: [Int: FileCall] = [:]
      for (call, description) in calls { if let call { table[call] = description } }
      return table
    }()

    /// The absolute path that the call names; nil for devices and the kernel's own files, which are
    /// denied without a word where they are not the program's.
    private func path(_ call: FileCall, _ arguments: [UInt64]) -> String? {
      guard var path = string(arguments[call.path]) else { return nil }
      if !path.hasPrefix("/") {
        let descriptor = call.folder.map { Int32(truncatingIfNeeded: arguments[$0]) } ?? AT_FDCWD
        let link = descriptor == AT_FDCWD ? "cwd" : "fd/\(descriptor)"
        guard let base = target(of: "/proc/\(pid)/\(link)") else { return nil }
        path = "\(base)/\(path)"
      }
      while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
      let isDevice = ["/dev/", "/proc/", "/sys/"].contains { path.hasPrefix($0) }
      return isDevice ? nil : path
    }

    /// The path without links, as the kernel knows it: one look, where `realpath` takes one for each folder
    /// on the way.
    private func resolved(_ path: String) -> String? {
      let descriptor = open(path, 0x20_0000 | O_CLOEXEC)  // O_PATH
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
      return resolved(WorkbookCore.folder(of: path)).map {
        $0 == "/" ? "/\(name)" : "\($0)/\(name)"
      }
    }

    private func read(_ call: FileCall, _ arguments: [UInt64]) -> Verdict {
      path(call, arguments).flatMap(resolvedFolder).map { .read($0) } ?? .goOn
    }

    private func write(_ call: FileCall, _ arguments: [UInt64]) -> Verdict {
      guard let path = path(call, arguments) else { return .write }
      var status = stat()
      let exists = (call.follows ? stat(path, &status) : lstat(path, &status)) == 0
      // What is not there cannot be changed, what is there cannot be made.
      if call.follows ? !exists && !call.creates : exists == call.creates { return .write }
      let resolved = call.follows && exists ? self.resolved(path) : resolvedFolder(path)
      // The folder itself is the runner's; to open it for writing fails anyway.
      guard let resolved, !resolved.hasPrefix(folder + "/"), !call.follows || resolved != folder
      else { return .write }
      return .stop(limit: "wrote outside its folder: \(resolved)")
    }

    private func network(address: UInt64, count: UInt64) -> Verdict {
      guard let bytes = memory(address, Int(clamping: min(count, 28))), bytes.count >= 8 else {
        return .deny(EACCES)
      }
      let port = Int(bytes[2]) << 8 | Int(bytes[3])
      var text = [CChar](repeating: 0, count: 64)
      switch Int32(bytes[0]) | Int32(bytes[1]) << 8 {
      case AF_INET:
        _ = bytes.withUnsafeBytes { inet_ntop(AF_INET, $0.baseAddress! + 4, &text, 64) }
        return .stop(limit: "opened a network connection: \(Self.text(text)):\(port)")
      case AF_INET6 where bytes.count >= 24:
        _ = bytes.withUnsafeBytes { inet_ntop(AF_INET6, $0.baseAddress! + 8, &text, 64) }
        return .stop(limit: "opened a network connection: [\(Self.text(text))]:\(port)")
      default:
        // Name services and such: the C library does without.
        return .deny(EACCES)
      }
    }

    private static func text(_ characters: [CChar]) -> String {
      String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func string(_ address: UInt64) -> String? {
      // A page at a time: the next one may not be there.
      var bytes: [UInt8] = []
      while bytes.count < Int(PATH_MAX) {
        let next = address + UInt64(bytes.count)
        guard let chunk = memory(next, Int(4096 - next % 4096)) else { return nil }
        bytes += chunk.prefix { $0 != 0 }
        if chunk.contains(0) { return String(decoding: bytes, as: UTF8.self) }
      }
      return nil
    }

    private func memory(_ address: UInt64, _ count: Int) -> [UInt8]? {
      let descriptor = open("/proc/\(pid)/mem", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0, count > 0 else { return nil }
      defer { close(descriptor) }
      var bytes = [UInt8](repeating: 0, count: count)
      let read = pread(descriptor, &bytes, count, off_t(truncatingIfNeeded: address))
      return read > 0 ? Array(bytes.prefix(read)) : nil
    }
  }
#endif
