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
      /// The launcher sends it to another of the program's processes, if it is one.
      case sendSignal(Int32, to: pid_t)
      case startThread
      case startProgram
      /// More memory at once than it may have, of this size.
      case allocate(UInt64)
      case stop(Excess)
    }

    /// The resolved folder that may be written to.
    var folder: String
    /// The program's own process.
    var pid: pid_t
    var role: Launch.Role
    /// Whether it may start others.
    var allowsProcesses = false

    func verdict(_ call: ShownCall) -> Verdict {
      if role == .tool { return FileCall.lookOrOpen(call.number).map { look($0, call) } ?? .goOn }
      if let file = FileCall.changes[call.number] { return write(file, call) }
      if let file = FileCall.looks[call.number] { return look(file, call) }
      switch call.number {
      case Number.openat, Number.open:
        let first = call.number == Number.openat ? 1 : 0
        let flags = call.arguments[first + 1]
        let file = FileCall(
          folder: first == 1 ? 0 : nil, path: first, creates: flags & UInt64(O_CREAT) != 0,
          follows: true)
        // What C's `tmpfile` asks for, wherever temporary files should be.
        if Int32(truncatingIfNeeded: flags) & SystemCall.temporaryFile == SystemCall.temporaryFile,
          call.string(at: call.arguments[first]) == "/tmp"
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
        guard let path, let times = call.times(at: call.arguments[2]) else { return .deny(EPERM) }
        return .setTimes(path, times)
      case Number.socket:
        return [AF_INET, AF_INET6].contains(call.int(0)) ? .standInSocket : .deny(EACCES)
      case Number.bind:
        // Any free port on this machine: what Foundation wakes its own threads with. It does without, and
        // what it was about to do then has its own name.
        let address = call.address(at: call.arguments[1], count: call.arguments[2])
        return address.map { $0.isAnyPortHere ? .deny(EACCES) : network($0) } ?? .deny(EACCES)
      case Number.connect:
        return network(call.address(at: call.arguments[1], count: call.arguments[2]))
      case Number.sendto:
        return network(call.address(at: call.arguments[4], count: call.arguments[5]))
      case Number.sendmsg, Number.sendmmsg:
        return network(call.messageAddress(at: call.arguments[1]))
      case Number.kill, Number.rtSigqueueinfo:
        return allowsProcesses
          ? signalWithin(call.int(1), call, isKill: call.number == Number.kill)
          : signal(call.int(1), to: call.int(0))
      case Number.tgkill, Number.rtTgsigqueueinfo:
        return allowsProcesses
          ? signalWithin(call.int(2), call, isKill: false) : signal(call.int(2), to: call.int(0))
      case Number.mmap: return .allocate(call.arguments[1])
      case Number.mremap:
        return .allocate(call.arguments[2] - min(call.arguments[1], call.arguments[2]))
      case Number.clone where call.int(0) & Int32(SystemCall.Clone.thread) != 0: return .startThread
      case Number.execve: return .startProgram
      case Number.closeRange: return .deny(EPERM)
      case Number.clone where allowsProcesses, Number.fork where allowsProcesses,
        Number.vfork where allowsProcesses:
        return .startThread
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
      static let fork = number("fork")
      static let vfork = number("vfork")
      static let execve = number("execve")
      static let closeRange = number("close_range")

      private static func number(_ name: String) -> Int { SystemCall.number(name) ?? -1 }
    }

    // MARK: Files

    /// The absolute path that the call names; nil for devices and the kernel's own files, which are
    /// denied without a word where they are not the program's.
    private func path(_ file: FileCall, _ call: ShownCall) -> String? {
      guard let path = absolutePath(file, call) else { return nil }
      let isDevice = ["/dev", "/proc", "/sys"].contains { isInside(path, $0) && path != $0 }
      return isDevice ? nil : path
    }

    private func absolutePath(_ file: FileCall, _ call: ShownCall) -> String? {
      guard var path = call.string(at: call.arguments[file.path]) else { return nil }
      if !isAbsolute(path) {
        let descriptor = file.folder.map(call.int) ?? AT_FDCWD
        let link = descriptor == AT_FDCWD ? "cwd" : "fd/\(descriptor)"
        guard let base = target(of: "/proc/\(call.thread)/\(link)") else { return nil }
        path = Self.path(path, from: base)
      }
      while path.utf8.count > 1 && path.utf8.last == UInt8(ascii: "/") {
        path.unicodeScalars.removeLast()
      }
      return path
    }

    /// Where a thread of the program's tells whether it runs, if `/proc/ID/stat` is asked for: that Dispatch
    /// cannot do without, and Landlock knows threads below their process alone.
    private func threadState(at address: UInt64, _ call: ShownCall) -> String? {
      let steps = call.string(at: address)?.split(separator: "/", omittingEmptySubsequences: false)
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
      var steps = steps(of: relative)[...]
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

    private func resolvedFolder(_ path: String) -> String? {
      let name = steps(of: path).last ?? ""
      return resolved(WorkbookSystem.folder(of: path)).map { join($0, name) }
    }

    /// The same of what is there on the way; the rest as it is named.
    private func resolvedWay(_ path: String) -> String? {
      if let resolved = resolved(path) { return resolved }
      if path == "/" { return nil }
      return resolvedWay(WorkbookSystem.folder(of: path)).map {
        join($0, steps(of: path).last ?? "")
      }
    }

    /// Where a way through the kernel's own folders leads, such as `/proc/self/root/…`, if out of them.
    private func detour(_ file: FileCall, _ call: ShownCall) -> String? {
      guard let path = absolutePath(file, call), isInside(path, "/proc") else { return nil }
      var steps = steps(of: path)
      if steps.count > 1, ["self", "thread-self"].contains(steps[1]) {
        steps[1] = "\(call.thread)"
      }
      return resolvedWay("/" + steps.joined(separator: "/")).flatMap {
        isInside($0, "/proc") ? nil : $0
      }
    }

    private func look(_ file: FileCall, _ call: ShownCall) -> Verdict {
      guard let path = path(file, call) ?? detour(file, call) else { return .goOn }
      // As the program names it, so that a link that leads elsewhere later is noticed; a link of its own
      // will be gone.
      return (isInside(path, folder) ? resolvedWay(path) : path).map { .look($0) } ?? .goOn
    }

    private func write(_ file: FileCall, _ call: ShownCall) -> Verdict {
      guard let path = path(file, call) else { return .write(looks: []) }
      var status = stat()
      let exists = (file.follows ? stat(path, &status) : lstat(path, &status)) == 0
      let resolved = file.follows && exists ? self.resolved(path) : resolvedFolder(path)
      // The folder itself is the runner's; to open it for writing fails anyway.
      if let resolved, isInside(resolved, folder), file.follows || resolved != folder {
        return .write(looks: [])
      }
      // What is not there cannot be changed, what is there cannot be made.
      let isVain = file.follows ? !exists && !file.creates : exists == file.creates
      if let resolved, !isVain { return .stop(.wroteOutside(path: resolved)) }
      return .write(looks: [isInside(path, folder) ? resolved ?? path : path])
    }

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
      holding(Array(path.utf8CString), below: folder) { body($0) == 0 } ?? false
    }

    // MARK: Others

    private func signal(_ signal: Int32, to target: Int32) -> Verdict {
      if target == pid { return .signal(signal) }
      // 0 only asks whether it is there.
      return signal == 0 ? .deny(EPERM) : .stop(.signalledProcess(id: target))
    }

    /// The same where it may have others: a process signals itself by itself, and others through the launcher.
    private func signalWithin(_ signal: Int32, _ call: ShownCall, isKill: Bool) -> Verdict {
      let target = call.int(0)
      // It waits for this answer, so its number stays its own.
      let caller = ProcessTree.process(of: call.thread)
      if target == caller { return caller == pid ? .signal(signal) : .goOn }
      guard isKill else { return .deny(EPERM) }
      // Of its own group: nobody leaves the session that the program began.
      if target == 0 { return .signal(signal) }
      // All that there are, or a group by its number.
      if target < 0 { return .deny(EPERM) }
      return .sendSignal(signal, to: target)
    }

    private func network(_ address: ShownCall.Address?) -> Verdict {
      // Name services and such: the C library does without.
      address.map { .stop(.network(address: "\($0.host):\($0.port)")) } ?? .deny(EACCES)
    }
  }
#endif
