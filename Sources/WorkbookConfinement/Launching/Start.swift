#if os(Linux)
  import Foundation
  import WorkbookSystem

  /// A process that a launcher has started and confined.
  struct Start {
    let child: pid_t
    let childHandle: Int32
    /// Shows the calls of the process; -1 where none are shown.
    private(set) var listener: Int32 = -1
    /// Where the process says what went wrong before its program ran; -1 when that has begun.
    private(set) var messages: Int32
    /// Whether the launcher has let the process become its program.
    private(set) var hasBegun = false
    /// The process's descriptors, which are this one's, too, until it begins.
    private var descriptors: [Int32]

    typealias Failure = Launch.Failure

    init(_ launch: Launch) throws(Failure) {
      // All descriptors of the program's, in order. The confined child may open nothing by itself:
      // this process would be asked about it and still be waiting for the child.
      var opened = [open("/dev/null", O_RDONLY | O_CLOEXEC)]
      var isStarted = false
      // This process stays for the next.
      defer {
        if !isStarted { for descriptor in opened where descriptor >= 0 { close(descriptor) } }
      }
      opened += try launch.openFiles()
      var pipe: [Int32] = [-1, -1]
      guard Foundation.pipe(&pipe) == 0 else { throw .last("open a pipe") }
      for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      messages = pipe[0]
      descriptors = opened + [pipe[1]]
      opened += pipe

      let launcher = getpid()
      // A fork whose two sides share descriptors for now: so the listener of the child's filter is
      // this process's too.
      let pid = pid_t(SystemCall.call("clone", SystemCall.Clone.files | Int(SIGCHLD)))
      guard pid >= 0 else { throw .last("start a process") }
      if pid == 0 { ConfinedChild(launch, launcher, descriptors).becomeProgram() }
      child = pid
      func giveUp(_ failure: Failure) -> Failure {
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
        return failure
      }
      childHandle = Self.handle(of: pid)
      // Nobody would hear of the child's end.
      guard childHandle >= 0 else { throw giveUp(.last("watch the program")) }
      opened.append(childHandle)

      // The child sends its listener, then what went wrong, if anything.
      let message = Message(from: messages, childHandle)
      if let listener = message?.listener { opened.append(listener) }
      guard let message, message.code == 0 else {
        throw giveUp(message?.failure ?? Failure(doing: "confine the program", code: ECHILD))
      }
      isStarted = true
      listener = message.listener
      guard listener >= 0 else {
        begin()
        return
      }
      // Each asking program is answered at once, on its own processor, where the kernel knows how
      // (Linux 6.6).
      _ = SystemCall.call(
        "ioctl", Int(listener), SystemCall.Filter.setListenerFlags,
        SystemCall.Filter.wakeOnSameProcessor)
    }

    /// The process has descriptors of its own from here on.
    mutating func begin() {
      for descriptor in descriptors { close(descriptor) }
      descriptors = []
      hasBegun = true
    }

    /// Closes what is left open of it.
    mutating func end() {
      begin()
      for descriptor in [childHandle, listener, messages] where descriptor >= 0 {
        close(descriptor)
      }
    }

    /// What went wrong before the program ran; nil if it runs.
    mutating func failure() -> Failure? {
      defer {
        close(messages)
        messages = -1
      }
      return Message(from: messages, childHandle)?.failure
    }

    static func handle(of process: pid_t) -> Int32 {
      Int32(SystemCall.call("pidfd_open", Int(process)))
    }
  }

  /// What a child tells its launcher before it becomes its program.
  private struct Message {
    var listener: Int32 = -1
    var step: Int32 = 0
    var code: Int32 = 0

    var failure: Start.Failure? {
      guard code != 0 else { return nil }
      var failure = Start.Failure(doing: ConfinedChild.steps[Int(step)], code: code)
      if step == ConfinedChild.loopbackStep { failure.excess = .noLoopback }
      // As LXD and sysbox do with all that runs in their containers.
      if code == EBUSY {
        failure.doing += ", which another program watches already (see --no-sandbox)"
      }
      return failure
    }

    init() {}

    /// nil when nothing more can come.
    init?(from reader: Int32, _ childHandle: Int32) {
      var waits = [reader, childHandle].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      while poll(&waits, 2, -1) < 0 && errno == EINTR {}
      guard waits[0].revents & Int16(POLLIN) != 0 else { return nil }
      let count = withUnsafeMutableBytes(of: &self) { read(reader, $0.baseAddress, $0.count) }
      guard count == MemoryLayout<Message>.size else { return nil }
    }

    func send(to writer: Int32) {
      _ = withUnsafeBytes(of: self) { write(writer, $0.baseAddress, $0.count) }
    }
  }

  /// The child's side of a start: confines itself, then ends in the program, or in a message and exit.
  private struct ConfinedChild {
    let launch: Launch
    let launcher: pid_t
    /// The program's own, then the one for messages.
    let descriptors: [Int32]

    init(_ launch: Launch, _ launcher: pid_t, _ descriptors: [Int32]) {
      self.launch = launch
      self.launcher = launcher
      self.descriptors = descriptors
    }

    static let steps = [
      "lead a session", "limit what the program uses", "confine the program to its files",
      "confine the program's system calls", "give the program its descriptors",
      "start the program", "make a network of its own",
    ]
    static let loopbackStep: Int32 = 6

    /// Where messages go: behind the program's input, output, errors and records.
    private static let messageDescriptor = 4

    func becomeProgram() -> Never {
      var message = Message()
      var writer = descriptors[Self.messageDescriptor]
      func check(_ step: Int32, _ succeeded: Bool) {
        if succeeded { return }
        message.step = step
        message.code = errno
        message.send(to: writer)
        _exit(127)
      }
      // The program ends with its launcher.
      _ = SystemCall.call("prctl", SystemCall.Process.setDeathSignal, Int(SIGKILL))
      check(0, getppid() == launcher && setsid() >= 0)
      check(1, launch.limits.set())
      // Before all else: to make it takes files and rights that go next.
      if launch.allowsLoopback { check(Self.loopbackStep, OwnNetwork.enter()) }
      // What the kernel lacks is for the caller to refuse: see `Confinement.missing`.
      check(
        2,
        Self.dropPrivileges()
          && (Landlock.version == 0
            || Landlock.restrict(
              to: files, withoutTCP: !launch.allowsLoopback, limit: launch.landlock))
      )
      if SystemCallFilter.isAvailable {
        let filter = SystemCallFilter(for: launch, pid: getpid())
        message.listener = filter.install(isListening: launch.showsCalls)
        check(3, message.listener >= 0)
        // A filter that shows no calls has no descriptor.
        if !launch.showsCalls { message.listener = -1 }
      }
      // Whoever is shown calls is shown the next one, and must know.
      if message.listener >= 0 { message.send(to: writer) }
      // Closes none, but ends the sharing of descriptors; containers often refuse `unshare`, which has other
      // uses.
      let none = Int(UInt32.max)
      check(4, SystemCall.call("close_range", none, none, SystemCall.unshareDescriptors) == 0)
      if message.listener < 0 { message.send(to: writer) }

      // Behind where they go.
      let moved = descriptors.map { fcntl($0, F_DUPFD, Int32(descriptors.count)) }
      check(4, moved.allSatisfy { $0 >= 0 })
      for (target, descriptor) in moved.enumerated() {
        check(4, dup2(descriptor, Int32(target)) >= 0)
      }
      writer = Int32(Self.messageDescriptor)
      check(4, fcntl(writer, F_SETFD, FD_CLOEXEC) == 0)
      check(4, SystemCall.call("close_range", moved.count, Int(UInt32.max), 0) == 0)
      check(5, chdir(launch.workFolder) == 0)
      let environment = launch.environment.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
      withCStrings([launch.executable] + launch.arguments) { arguments in
        withCStrings(environment) { environment in
          _ = execve(launch.executable, arguments, environment)
        }
      }
      check(5, false)
      _exit(127)
    }

    private static func dropPrivileges() -> Bool {
      // No set-user-id program gains any, either.
      guard SystemCall.call("prctl", SystemCall.Process.setNoNewPrivileges, 1) == 0 else {
        return false
      }
      var header: (version: UInt32, pid: Int32) = (SystemCall.capabilityVersion, 0)
      var data: (UInt64, UInt64, UInt64) = (0, 0, 0)
      return withUnsafeMutablePointer(to: &header) { header in
        withUnsafeMutablePointer(to: &data) { data in
          SystemCall.call("capset", Int(bitPattern: header), Int(bitPattern: data))
        }
      } == 0
    }

    private var files: Launch.Files {
      var files = launch.files
      let system = Launch.Files.system
      files.readable += system.readable + Launch.Files.ofProcess.map { "/proc/\(getpid())/\($0)" }
      files.listable.append("/proc/\(getpid())")
      files.runnable += system.runnable + [launch.executable]
      if launch.allowsProcesses { files.runnable += Launch.Files.commands }
      files.writable += system.writable + [launch.workFolder]
      return files
    }
  }

  extension Limits {
    /// Puts them on this process, as far as the kernel watches them.
    fileprivate func set() -> Bool {
      ofKernel.allSatisfy { resource, soft, hard in
        var limit = rlimit()
        getrlimit(resource, &limit)
        let hard = min(rlim_t(hard), limit.rlim_max)
        limit = rlimit(rlim_cur: min(rlim_t(soft), hard), rlim_max: hard)
        return setrlimit(resource, &limit) == 0
      }
    }
  }
#endif
