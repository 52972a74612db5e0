#if os(Linux)
  import Foundation
  import WorkbookSystem

  /// The process between the runner and a confined program: it confines the program, watches over it, and
  /// leaves no process behind, whatever becomes of the runner.
  ///
  /// It is single-threaded and keeps to plain system calls between its fork and the program's start.
  struct Launcher {
    let launch: Launch
    private let clock = ContinuousClock()
    private let review: SystemCallReview
    private var start: Start
    private var end: LaunchReport.End?
    /// What the program has looked at, with the stamps from before.
    private var inputs: [String: InputStamp] = [:]
    /// Whether it may have files; most programs have none, and there is nothing to measure.
    private var hasWritten = false
    /// Signals that it has sent to itself, or that this process has sent it.
    private var ownSignals: Set<Int32> = []
    /// There are no more threads than this: as many as were last counted, and those that were started since.
    private var mostThreads = Int.max
    /// Whether its last word was that it wants more memory than there is for it.
    private var lacksMemory = false

    /// Runs the process that the launch describes to its end.
    ///
    /// - Parameter runner: has nothing to read until then, unless the process is to be stopped.
    static func run(_ launch: Launch, for runner: LaunchChannel) -> LaunchReport {
      // Whatever its program leaves behind becomes this process's child.
      adoptOrphans()
      let clock = ContinuousClock()
      let begin = clock.now
      do {
        var launcher = Launcher(launch, try Start(launch))
        defer { launcher.start.end() }
        launcher.watch(runner.descriptor, until: begin + .seconds(launch.limits.seconds))
        return launcher.collect(clock.now - begin)
      } catch {
        return error.report
      }
    }

    private init(_ launch: Launch, _ start: Start) {
      self.launch = launch
      self.start = start
      // Where no calls are shown, who knows.
      hasWritten = start.listener < 0 && launch.role == .program
      review = SystemCallReview(
        folder: realPath(launch.workFolder) ?? launch.workFolder, pid: start.child,
        role: launch.role, allowsProcesses: launch.allowsProcesses)
    }

    // MARK: Watching

    /// Waits for the end of the process, answers for the kernel, and stops what exceeds its limits.
    private mutating func watch(_ runner: Int32, until deadline: ContinuousClock.Instant) {
      // There is nothing to see yet.
      var nextLook = clock.now + .milliseconds(100)
      while true {
        // Once it is stopped, only its end is of interest.
        let hasEnd = end != nil
        var waits = [
          start.childHandle, hasEnd ? -1 : runner, start.listener, start.messages,
        ].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let left = ((hasEnd ? nextLook : min(deadline, nextLook)) - clock.now) / .milliseconds(1)
        if poll(&waits, nfds_t(waits.count), Int32(max(0, left.rounded(.up)))) < 0, errno != EINTR {
          return fail("watch the program")
        }
        if waits[3].revents != 0, let failure = start.failure() {
          stop(.failed(doing: failure.doing, code: failure.code))
        }
        if waits[0].revents != 0 { return }
        if waits[1].revents != 0 { stop(.interrupted) }
        if waits[2].revents & Int16(POLLIN) != 0, !answer() { return fail("answer the program") }
        let now = clock.now
        if now >= deadline { stop(.timedOut) }
        if now >= nextLook {
          if let excess = excess() { stop(.exceeded(excess)) }
          // Ten times a second, and for no more than half of the time.
          nextLook = clock.now + max(.milliseconds(100), clock.now - now)
        }
      }
    }

    private mutating func stop(_ end: LaunchReport.End) {
      // The first reason is the one.
      if self.end == nil { self.end = end }
      ownSignals.insert(SIGKILL)
      kill(start.child, SIGKILL)
    }

    /// A program that cannot be watched does not go on.
    private mutating func fail(_ doing: String) {
      stop(.failed(doing: doing, code: errno))
    }

    private func excess() -> Excess? {
      if launch.allowsProcesses { collectOrphans() }
      if let excess = launch.limits.excess(of: processes.map(ProcessUse.init)) { return excess }
      if let excess = launch.excessOfErrors() { return excess }
      return hasWritten ? launch.limits.excess(of: folderUse()) : nil
    }

    /// The program's own, and those that it started.
    private var processes: [pid_t] {
      launch.allowsProcesses ? ProcessTree.below(getpid()) : [start.child]
    }

    /// What ended without a parent that asks for it would be counted for ever.
    private func collectOrphans() {
      for child in ProcessTree.children(of: getpid()) ?? [] where child != start.child {
        waitpid(child, nil, WNOHANG)
      }
    }

    private func folderUse() -> FolderUse {
      FolderUse(
        of: review.folder, heldBy: processes, most: launch.limits.files,
        fileBytes: launch.limits.fileBytes)
    }

    // MARK: Answering

    /// The kernel's `seccomp_notif`.
    private struct Notification {
      var id: UInt64 = 0
      var thread: UInt32 = 0
      var flags: UInt32 = 0
      var call: Int32 = 0
      var architecture: UInt32 = 0
      var instruction: UInt64 = 0
      var arguments: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
    }

    /// The kernel's `seccomp_notif_resp`.
    private struct Response {
      var id: UInt64
      var value: Int64 = 0
      var error: Int32 = 0
      var flags: UInt32 = 0

      mutating func goOn() { flags = 1 }  // SECCOMP_USER_NOTIF_FLAG_CONTINUE
    }

    /// The kernel's `seccomp_notif_addfd`.
    private struct AddedDescriptor {
      var id: UInt64
      var flags: UInt32 = 0
      var source: UInt32
      var target: UInt32 = 0
      var targetFlags = UInt32(O_CLOEXEC)
    }

    /// SECCOMP_IOCTL_NOTIF_RECV, _SEND and _ADDFD.
    private enum Request {
      static let receive = 0xc050_2100
      static let send = 0xc018_2101
      static let addDescriptor = 0x4018_2103
    }

    private func ask<Value>(_ request: Int, _ value: inout Value) -> Int {
      withUnsafeMutablePointer(to: &value) {
        SystemCall.call("ioctl", Int(start.listener), request, Int(bitPattern: $0))
      }
    }

    /// Answers one call of the program's; false, and `errno`, where it cannot.
    private mutating func answer() -> Bool {
      var notification = Notification()
      guard ask(Request.receive, &notification) == 0 else {
        // Who asked may be gone, or a signal come in between.
        return errno == ENOENT || errno == EINTR
      }
      let a = notification.arguments
      let call = ShownCall(
        thread: pid_t(notification.thread), number: Int(notification.call),
        arguments: [a.0, a.1, a.2, a.3, a.4, a.5])
      var response = Response(id: notification.id)
      let verdict = review.verdict(call)
      if case .allocate = verdict {} else { lacksMemory = false }
      switch verdict {
      case .goOn: response.goOn()
      case .look(let path):
        response.goOn()
        note(input: path)
      case .write(let looks):
        response.goOn()
        hasWritten = true
        for path in looks { note(input: path) }
      case .setMode(let path, let mode):
        response.error = review.setMode(of: path, to: mode) ? 0 : -errno
      case .setTimes(let path, let times):
        response.error = review.setTimes(of: path, to: times) ? 0 : -errno
      case .lend(let path):
        give(open(path, O_RDONLY | O_CLOEXEC), to: &response)
      case .lendTemporary:
        hasWritten = true
        give(
          open(review.folder, SystemCall.temporaryFile | O_RDWR | O_EXCL | O_CLOEXEC, 0o600),
          to: &response)
      case .standInSocket:
        // Connected to nothing.
        give(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0), to: &response)
      case .signal(let signal):
        response.goOn()
        ownSignals.insert(signal)
      case .startThread:
        response.goOn()
        let limit = launch.limits.threads
        if mostThreads >= limit {
          mostThreads = processes.map { ProcessUse($0).threadCount }.reduce(0, +)
          if mostThreads >= limit { return stopInstead(.threads(count: limit)) }
        }
        mostThreads += 1
      case .startProgram where !start.hasBegun:
        start.begin()
        response.goOn()
      case .startProgram where launch.allowsProcesses: response.goOn()
      case .sendSignal(let signal, let process):
        response.error = send(signal, to: process)
      case .startProgram: return stopInstead(.startedProcess)
      case .deny where !start.hasBegun: response.goOn()
      case .deny(let code): response.error = -code
      case .allocate(let bytes):
        response.goOn()
        // Of its children, each has its own limits, and the launcher looks at all now and then.
        if launch.allowsProcesses, ProcessTree.process(of: call.thread) != start.child { break }
        lacksMemory =
          bytes == Self.lastWish
          ? lacksMemory || lacks(launch.limits.room) : lacks(Int(clamping: bytes))
      case .stop(let excess): return stopInstead(excess)
      }
      return ask(Request.send, &response) == 0 || errno == ENOENT
    }

    /// Sends a signal for one of the program's processes to another; nothing else can be that one when it comes.
    ///
    /// Gives what the call comes to.
    private mutating func send(_ signal: Int32, to process: pid_t) -> Int32 {
      let handle = Start.handle(of: process)
      guard handle >= 0 else { return -errno }
      defer { close(handle) }
      guard ProcessTree.isBelow(getpid(), process) else { return -EPERM }
      if process == start.child { ownSignals.insert(signal) }
      return SystemCall.call("pidfd_send_signal", Int(handle), Int(signal)) == 0 ? 0 : -errno
    }

    /// Stops the program, whose call is never answered.
    private mutating func stopInstead(_ excess: Excess) -> Bool {
      stop(.exceeded(excess))
      return true
    }

    /// The runner's part of a program asks for this much when a signal ends it: not to have it, but so that
    /// its memory is looked at while it is there.
    private static let lastWish = UInt64(Confinement.lastWish)

    /// Whether the program may not have so many bytes more.
    private func lacks(_ bytes: Int) -> Bool {
      let use = ProcessUse(start.child)
      return bytes > launch.limits.memoryBytes - use.dataBytes
        || bytes > launch.limits.addressBytes - use.addressBytes
    }

    /// Hands a descriptor over as what the call comes to; an error where there is none or the kernel cannot.
    private func give(_ own: Int32, to response: inout Response) {
      response.error = -EACCES
      guard own >= 0 else { return }
      defer { close(own) }
      var added = AddedDescriptor(id: response.id, source: UInt32(own))
      let descriptor = ask(Request.addDescriptor, &added)
      guard descriptor >= 0 else { return }
      response.value = Int64(descriptor)
      response.error = 0
    }

    private mutating func note(input path: String) {
      guard let folder = launch.inputs else { return }
      if let index = inputs.index(forKey: path) {
        // What Swift takes for one may be two.
        if !inputs.keys[index].utf8.elementsEqual(path.utf8) { inputs.values[index] = .ofSeveral }
        return
      }
      // Of what is not there, the nearest folder that is.
      var (place, resolved) = (path, realPath(path))
      while resolved == nil, place != "/" {
        place = WorkbookSystem.folder(of: place)
        resolved = realPath(place)
      }
      let isInput = { (path: String) in
        isInside(path, folder) && !isInside(path, folder + "/.build")
      }
      guard isInput(path) || resolved.map(isInput) ?? false else { return }
      inputs[path] = InputStamp(path)
      if inputs.count > launch.limits.files {
        stop(.exceeded(.inputs(count: launch.limits.files)))
      }
    }

    // MARK: Ending

    private mutating func collect(_ duration: Duration) -> LaunchReport {
      var status: Int32 = 0
      var usage = rusage()
      while wait4(start.child, &status, 0, &usage) < 0 && errno == EINTR {}
      killChildren()
      // What came since the last look.
      if end == nil, hasWritten {
        end = launch.limits.excess(of: folderUse()).map { .exceeded($0) }
      }
      let signal = status & 0x7f
      return LaunchReport(
        end: launch.fullDisk() ?? end ?? launch.limitOfOutput()
          ?? (signal == 0 ? .exited((status >> 8) & 0xff) : end(by: signal, usage)),
        seconds: duration / .seconds(1), peakMemoryBytes: usage.peakMemoryBytes, inputs: inputs)
    }

    /// What ended the process, by this one's own measure and the kernel's.
    private func end(by signal: Int32, _ usage: rusage) -> LaunchReport.End {
      if lacksMemory { return .exceeded(.memory(bytes: launch.limits.memoryBytes)) }
      if let limit = launch.limit(endingBy: signal, usage, largest: folderUse().largest) {
        return limit
      }
      // Where no signals are shown, nobody knows who sent it.
      let isOfOthers =
        start.listener >= 0 && launch.role == .program
        && SystemCallPolicy.signalsOfOthers.contains(signal)
      return isOfOthers && !ownSignals.contains(signal) ? .killed(signal) : .signalled(signal)
    }
  }
#endif
