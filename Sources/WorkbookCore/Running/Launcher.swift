#if os(Linux)
  import Foundation

  /// The process between the runner and a program: it confines the program, watches over it, and
  /// leaves no process behind, whatever becomes of the runner.
  ///
  /// It is single-threaded and keeps to plain system calls between its fork and the program's start.
  struct Launcher {
    private let launch: Launch
    private let clock = ContinuousClock()
    private var child: pid_t = 0
    private var childHandle: Int32 = -1
    private var listener: Int32 = -1
    private var end: LaunchReport.End?
    /// What the program has opened to read, with the stamps from before.
    private var inputs: [String: String] = [:]
    /// Whether it may have files; most programs have none, and there is nothing to measure.
    private var hasWritten = false

    init(_ launch: Launch) {
      self.launch = launch
    }

    /// Set by a signal that asks to stop.
    nonisolated(unsafe) private static var isInterrupted = false  // one thread alone runs here

    mutating func run() -> LaunchReport {
      let runner = getppid()
      let runnerHandle = Self.handle(of: runner)
      // Whatever its program leaves behind becomes this process's child.
      _ = SystemCall.call(SystemCall.prctl, 36, 1)  // PR_SET_CHILD_SUBREAPER
      for signal in [SIGTERM, SIGINT, SIGHUP] {
        Foundation.signal(signal) { _ in Launcher.isInterrupted = true }
      }
      let start = clock.now
      if let failure = startProgram() {
        return LaunchReport(end: failure, seconds: 0, peakMemoryBytes: 0)
      }
      let deadline = start + .seconds(launch.limits.seconds)
      let trespass = Trespass(folder: realPath(launch.workFolder) ?? launch.workFolder, pid: child)
      var nextLook = start
      while true {
        var waits = [childHandle, runnerHandle, listener].map {
          pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        let left = (min(deadline, nextLook) - clock.now) / .milliseconds(1)
        poll(&waits, 3, Int32(max(0, left.rounded(.up))))
        if waits[0].revents != 0 { break }
        if waits[1].revents != 0 || Self.isInterrupted { stop(.interrupted) }
        if waits[2].revents & Int16(POLLIN) != 0 { answer(trespass) }
        let now = clock.now
        if now >= deadline { stop(.timedOut) }
        if now >= nextLook {
          if let limit = exceededLimit() { stop(.exceeded(limit)) }
          // Ten times a second, and for no more than half of the time.
          nextLook = clock.now + max(.milliseconds(100), clock.now - now)
        }
      }
      return collect(clock.now - start)
    }

    private mutating func stop(_ end: LaunchReport.End) {
      // The first reason is the one.
      if self.end == nil { self.end = end }
      kill(child, SIGKILL)
    }

    private func exceededLimit() -> String? {
      if residentBytes() > launch.limits.memoryBytes { return launch.limits.memoryMessage }
      guard hasWritten else { return nil }
      return launch.limits.limit(
        exceededBy: FolderUse(of: launch.workFolder, openedBy: child, most: launch.limits.files))
    }

    // MARK: Starting

    private mutating func startProgram() -> LaunchReport.End? {
      mkdir(launch.workFolder, 0o700)
      // All descriptors of the program's, in order. The confined child may open nothing by itself:
      // this process would be asked about it and still be waiting for the child.
      var descriptors = [open("/dev/null", O_RDONLY | O_CLOEXEC)]
      for path in [launch.outputPath, launch.errorsPath, launch.recordsPath] {
        descriptors.append(
          open(path, O_CREAT | O_TRUNC | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600))
        guard descriptors.last! >= 0 else { return .failed("make the file \(path)", errno) }
      }
      var pipe: [Int32] = [-1, -1]
      guard Foundation.pipe(&pipe) == 0 else { return .failed("open a pipe", errno) }
      let (reader, writer) = (pipe[0], pipe[1])
      for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

      let launcher = getpid()
      // A fork whose two sides share descriptors for now: so the listener of the child's filter is
      // this process's too.
      child = pid_t(SystemCall.call(SystemCall.clone, SystemCall.cloneFiles | Int(SIGCHLD)))
      guard child >= 0 else { return .failed("start a process", errno) }
      if child == 0 { becomeProgram(launcher, descriptors + [writer]) }
      childHandle = Self.handle(of: child)

      // `becomeProgram` sends its listener, then what went wrong, if anything.
      var message = Message()
      guard Self.receive(&message, reader, childHandle) else {
        return failedStart("confine the program", ECHILD)
      }
      for descriptor in descriptors + [writer] { close(descriptor) }
      listener = message.listener
      // Each asking program is answered at once, on its own processor, where the kernel knows how (Linux 6.6).
      _ = SystemCall.call(SystemCall.ioctl, Int(listener), 0x4008_2104, 1)
      if message.code == 0, Self.receive(&message, reader, childHandle) == false { return nil }
      return failedStart(Self.steps[Int(message.step)], message.code)
    }

    private func failedStart(_ doing: String, _ code: Int32) -> LaunchReport.End {
      kill(child, SIGKILL)
      waitpid(child, nil, 0)
      return .failed(doing, code)
    }

    private struct Message {
      var listener: Int32 = -1
      var step: Int32 = 0
      var code: Int32 = 0
    }

    private static let steps = [
      "lead a session", "limit what the program uses", "confine the program to its files",
      "confine the program's system calls", "give the program its descriptors",
      "start the program",
    ]

    /// false when nothing more can come.
    private static func receive(
      _ message: inout Message, _ reader: Int32, _ childHandle: Int32
    ) -> Bool {
      var waits = [reader, childHandle].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      while poll(&waits, 2, -1) < 0 && errno == EINTR {}
      guard waits[0].revents & Int16(POLLIN) != 0 else { return false }
      return withUnsafeMutableBytes(of: &message) { read(reader, $0.baseAddress, $0.count) }
        == MemoryLayout<Message>.size
    }

    /// The child's side: ends in the program, or in a message and exit.
    ///
    /// - Parameter descriptors: the program's own, then the one for messages.
    private func becomeProgram(_ launcher: pid_t, _ descriptors: [Int32]) -> Never {
      var message = Message()
      var writer = descriptors[Self.messageDescriptor]
      func send() {
        _ = withUnsafeBytes(of: &message) { write(writer, $0.baseAddress, $0.count) }
      }
      func check(_ step: Int32, _ succeeded: Bool) {
        if succeeded { return }
        message.step = step
        message.code = errno
        send()
        _exit(127)
      }
      // The program ends with its launcher.
      _ = SystemCall.call(SystemCall.prctl, 1, Int(SIGKILL))  // PR_SET_PDEATHSIG
      check(0, getppid() == launcher && setsid() >= 0)
      check(1, setLimits())
      if launch.isConfined {
        // What the kernel lacks is for the caller to refuse: see `Confinement.missing`.
        check(2, Self.dropPrivileges() && (Landlock.version == 0 || restrictFiles()))
        if SystemCallFilter.isAvailable {
          message.listener = SystemCallFilter(pid: getpid()).install()
          check(3, message.listener >= 0)
        }
      }
      // Closes none, but ends the sharing of descriptors (CLOSE_RANGE_UNSHARE); containers often refuse
      // `unshare`, which has other uses.
      let none = Int(UInt32.max)
      check(4, SystemCall.call(SystemCall.closeRange, none, none, 2) == 0)
      send()

      // Far away from where they go.
      let moved = descriptors.map { fcntl($0, F_DUPFD, 64) }
      for (target, descriptor) in moved.enumerated() {
        check(4, dup2(descriptor, Int32(target)) >= 0)
      }
      writer = Int32(Self.messageDescriptor)
      check(4, fcntl(writer, F_SETFD, FD_CLOEXEC) == 0)
      check(4, SystemCall.call(SystemCall.closeRange, moved.count, Int(UInt32.max), 0) == 0)
      check(5, chdir(launch.workFolder) == 0)
      for signal in [SIGTERM, SIGINT, SIGHUP, SIGPIPE] { Foundation.signal(signal, SIG_DFL) }
      let environment = launch.environment.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
      withCStrings([launch.program]) { arguments in
        withCStrings(environment) { environment in
          _ = execve(launch.program, arguments, environment)
        }
      }
      check(5, false)
      _exit(127)
    }

    /// Where the child's last words go: behind its input, output, errors and records.
    private static let messageDescriptor = 4

    private func setLimits() -> Bool {
      let limits = launch.limits
      let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
      let all = [
        (RLIMIT_CORE, 0), (RLIMIT_NOFILE, 256), (RLIMIT_FSIZE, limits.fileBytes),
        (RLIMIT_DATA, limits.memoryBytes), (RLIMIT_STACK, 8 << 20),
        // Shared memory may be used and not be resident. Code and the heaps that the C library reserves for
        // threads take their part.
        (RLIMIT_AS, limits.memoryBytes + 1 << 30 + cores << 27),
        // In case that the launcher cannot watch the clock any more.
        (RLIMIT_CPU, (Int(limits.seconds) + 10) * cores),
      ]
      return all.allSatisfy { resource, value in
        let resource = __rlimit_resource_t(resource.rawValue)
        var limit = rlimit()
        getrlimit(resource, &limit)
        let value = min(rlim_t(value), limit.rlim_max)
        limit = rlimit(rlim_cur: value, rlim_max: value)
        return setrlimit(resource, &limit) == 0
      }
    }

    private static func dropPrivileges() -> Bool {
      // No set-user-id program gains any, either.
      guard SystemCall.call(SystemCall.prctl, 38, 1) == 0 else { return false }  // NO_NEW_PRIVS
      var header: (version: UInt32, pid: Int32) = (0x2008_0522, 0)
      var data: (UInt64, UInt64, UInt64) = (0, 0, 0)
      return withUnsafeMutablePointer(to: &header) { header in
        withUnsafeMutablePointer(to: &data) { data in
          SystemCall.call(
            SystemCall.capset, Int(bitPattern: header), Int(bitPattern: data))
        }
      } == 0
    }

    private func restrictFiles() -> Bool {
      Landlock.restrict(
        readable: launch.readable + [
          "/usr/share", "/etc/ld.so.cache", "/etc/localtime", "/etc/passwd", "/etc/group",
          "/etc/nsswitch.conf", "/etc/hosts", "/etc/resolv.conf", "/proc/\(getpid())",
          "/proc/cpuinfo", "/proc/meminfo",
          "/proc/stat", "/proc/sys/kernel", "/proc/sys/vm", "/sys/devices/system",
          "/sys/fs/cgroup", "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random",
        ],
        runnable: [launch.program, "/lib", "/lib64", "/usr/lib", "/usr/lib64"],
        writable: [launch.workFolder, "/dev/null"])
    }

    // MARK: Watching

    private static func handle(of process: pid_t) -> Int32 {
      Int32(SystemCall.call(SystemCall.pidfdOpen, Int(process)))
    }

    private func residentBytes() -> Int {
      guard let text = try? String(contentsOfFile: "/proc/\(child)/statm", encoding: .utf8) else {
        return 0
      }
      let words = text.split(separator: " ")
      return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
    }

    /// The kernel's `seccomp_notif` and `seccomp_notif_resp`.
    private struct Notification {
      var id: UInt64 = 0
      var pid: UInt32 = 0
      var flags: UInt32 = 0
      var call: Int32 = 0
      var architecture: UInt32 = 0
      var instruction: UInt64 = 0
      var a0: UInt64 = 0
      var a1: UInt64 = 0
      var a2: UInt64 = 0
      var a3: UInt64 = 0
      var a4: UInt64 = 0
      var a5: UInt64 = 0
    }
    private struct Response {
      var id: UInt64
      var value: Int64 = 0
      var error: Int32 = 0
      var flags: UInt32 = 0
    }

    private mutating func answer(_ trespass: Trespass) {
      var notification = Notification()
      let received = withUnsafeMutablePointer(to: &notification) {
        SystemCall.call(
          SystemCall.ioctl, Int(listener), 0xc050_2100, Int(bitPattern: $0))
      }
      guard received == 0 else { return }
      let n = notification
      var response = Response(id: n.id)
      switch trespass.verdict(call: Int(n.call), arguments: [n.a0, n.a1, n.a2, n.a3, n.a4, n.a5]) {
      case .goOn: response.flags = 1  // SECCOMP_USER_NOTIF_FLAG_CONTINUE
      case .read(let path):
        response.flags = 1
        if isInput(path), inputs[path] == nil { inputs[path] = FileStamp(path)?.description ?? "" }
        if inputs.count > launch.limits.files {
          stop(.exceeded("read more than \(launch.limits.files) files of its package"))
        }
      case .write:
        response.flags = 1
        hasWritten = true
      case .deny(let code): response.error = -code
      case .stop(let limit):
        stop(.exceeded(limit))
        return
      }
      _ = withUnsafeMutablePointer(to: &response) {
        SystemCall.call(SystemCall.ioctl, Int(listener), 0xc018_2101, Int(bitPattern: $0))
      }
    }

    private func isInput(_ path: String) -> Bool {
      guard !launch.inputs.isEmpty, let resolved = realPath(path) ?? realPath(folder(of: path))
      else { return false }
      return (resolved + "/").hasPrefix(launch.inputs + "/")
        && !(resolved + "/").hasPrefix(launch.inputs + "/.build/")
    }

    // MARK: Ending

    private mutating func collect(_ duration: Duration) -> LaunchReport {
      var status: Int32 = 0
      var usage = rusage()
      while wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
      // What an unconfined program has left behind.
      kill(-child, SIGKILL)
      Supervisor.killChildren()
      if let failure = keepInputs() ?? fullDisk() {
        return LaunchReport(end: failure, seconds: 0, peakMemoryBytes: 0)
      }
      let signal = status & 0x7f
      let end =
        self.end
        ?? launch.limit(killedBy: signal)
        ?? (signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal))
      return LaunchReport(
        end: end, seconds: duration / .seconds(1), peakMemoryBytes: usage.ru_maxrss * 1024)
    }

    private func keepInputs() -> LaunchReport.End? {
      do {
        try JSONEncoder().encode(inputs).write(to: URL(filePath: launch.inputsPath))
        return nil
      } catch {
        return .failed("make the file \(launch.inputsPath)", ENOSPC)
      }
    }

    /// What a program has printed on a full disk is lost, and it does not know.
    private func fullDisk() -> LaunchReport.End? {
      var status = statvfs()
      guard statvfs(launch.folder, &status) == 0, status.f_bavail * status.f_frsize < 1 << 20 else {
        return nil
      }
      return .failed("keep what a program prints in \(launch.folder)", ENOSPC)
    }
  }

  extension Launch {
    /// What a program ran against that the kernel stopped, or that went on after its print was cut.
    func limit(killedBy signal: Int32) -> LaunchReport.End? {
      let isFull = [outputPath, errorsPath].contains { path in
        var status = stat()
        return stat(path, &status) == 0 && status.st_size >= limits.fileBytes
      }
      if isFull { return .exceeded("printed more than \(limits.fileBytes >> 20) MB") }
      if signal == SIGXFSZ {
        return .exceeded("wrote a file of more than \(limits.fileBytes >> 20) MB")
      }
      return signal == SIGXCPU ? .timedOut : nil
    }
  }
#endif

/// The launcher's whole life: for an executable to hand its process over when its first argument is
/// `Confinement.launcherArgument`.
///
/// - Parameter arguments: those after that one.
package func confinedMain(arguments: [String]) -> Never {
  #if os(Linux)
    guard let launch = Launch(arguments: arguments) else { exit(64) }
    var launcher = Launcher(launch)
    let report = launcher.run().line
    _ = report.withCString { write(1, $0, strlen($0)) }
    exit(0)
  #else
    exit(64)
  #endif
}
