#if os(Linux)
  import Foundation
  import WorkbookSystem

  /// Two processes above the runner, so that all that it started ends with it, also where it is killed
  /// and can see to nothing itself.
  ///
  ///     caller ─ outer ─ inner ─ runner ─ compilers and launchers with theirs
  ///
  /// Processes that lose their parent become children of the next of the two above them. Each waits for
  /// the one below it and then kills whatever it finds among its own children; the inner one does so at
  /// the end of the outer one, too, which is the one that the caller knows and may kill. It stands
  /// in a process group of its own, since a caller may kill a whole group.
  ///
  /// Each is single-threaded and keeps to plain system calls.
  enum Supervisor {
    /// Goes on as the runner, started again with `arguments`; returns only if that cannot be.
    static func restart(_ arguments: [String], opensPages: Bool) {
      var signals = sigset_t()
      sigemptyset(&signals)
      // What the caller wants ignored, as `nohup` does, stays so.
      for signal in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(signal) {
        sigaddset(&signals, signal)
      }
      for signal in [SIGCHLD, SIGUSR1] { sigaddset(&signals, signal) }
      var oldSignals = sigset_t()
      sigprocmask(SIG_BLOCK, &signals, &oldSignals)
      // Who is started with this ignored, as some callers have it, is never told of a child's end.
      signal(SIGCHLD, SIG_DFL)

      let supervision = Supervision(opener: opensPages ? startOpener(oldSignals) : nil)
      let outer = getpid()
      // Those of a shell that has become this process by `exec`.
      let others = Set(ProcessTree.children(of: outer) ?? [])
      let inner = fork()
      guard inner >= 0 else {
        sigprocmask(SIG_SETMASK, &oldSignals, nil)
        return
      }
      if inner > 0 { watch(over: inner, below: getppid(), signals, sparing: others) }
      endWithParent(outer, by: SIGUSR1)

      let own = getpid()
      let runner = fork()
      guard runner >= 0 else { fail("start a process") }
      if runner > 0 {
        setpgid(0, 0)
        watch(over: runner, below: outer, signals)
      }
      endWithParent(own, by: SIGKILL)
      sigprocmask(SIG_SETMASK, &oldSignals, nil)
      _ = withCStrings([CommandLine.arguments[0], supervision.argument] + arguments) {
        execv(ownExecutable, $0)
      }
      fail("start \(ownExecutable)")
    }

    /// Starts a process that waits for the address of a page and becomes what shows it: a browser goes on
    /// behind the run, so it is none of its processes.
    ///
    /// - Returns: where the address is written to.
    private static func startOpener(_ signals: sigset_t) -> Int32? {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { return nil }
      let parent = fork()
      if parent == 0 {
        if fork() == 0 { becomeOpener(ends, signals) }
        _exit(0)
      }
      close(ends[0])
      guard parent > 0 else { return nil }
      // Without a parent, it is the system's.
      while waitpid(parent, nil, 0) < 0 && errno == EINTR {}
      return ends[1]
    }

    private static func becomeOpener(_ ends: [Int32], _ signals: sigset_t) -> Never {
      setsid()
      var signals = signals
      sigprocmask(SIG_SETMASK, &signals, nil)
      // Whoever waits for the end of what the run has open does not wait for a browser's.
      dup2(ends[0], 0)
      let null = open("/dev/null", O_WRONLY)
      for descriptor in Int32(1)...2 { dup2(null, descriptor) }
      _ = SystemCall.call("close_range", 3, Int(UInt32.max), 0)
      var address: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 1 << 12)
      // A line; others hold the other end as well.
      while address.last != UInt8(ascii: "\n") {
        let count = read(0, &buffer, buffer.count)
        if count < 0 && errno == EINTR { continue }
        // The run has ended without a page.
        if count <= 0 { _exit(0) }
        address += buffer[..<count]
      }
      address.removeLast()
      let words = ["/usr/bin/env", browserOpener, String(decoding: address, as: UTF8.self)]
      _ = withCStrings(words) { execv(words[0], $0) }
      _exit(Supervision.faultCode)
    }

    private static func fail(_ doing: String) -> Never {
      perror("error: cannot \(doing)")
      _exit(Supervision.faultCode)
    }

    /// A child with nothing in common; the C library's own is kept from Swift.
    private static func fork() -> pid_t {
      pid_t(SystemCall.call("clone", Int(SIGCHLD)))
    }

    private static func endWithParent(_ parent: pid_t, by signal: Int32) {
      _ = SystemCall.call("prctl", SystemCall.Process.setDeathSignal, Int(signal))
      if getppid() != parent { _exit(Supervision.faultCode) }
    }

    /// Waits for the child's end, kills what it has left behind, and ends as it did.
    private static func watch(
      over child: pid_t, below parent: pid_t, _ signals: sigset_t, sparing others: Set<pid_t> = []
    ) -> Never {
      adoptOrphans()
      var signals = signals
      var status: Int32 = 0
      while true {
        // What has ended stays in the list of children until it is asked for.
        let ended = waitpid(-1, &status, WNOHANG)
        if ended == child { break }
        if ended > 0 { continue }
        var info = siginfo_t()
        let signal = sigwaitinfo(&signals, &info)
        if signal == SIGUSR1 {
          if getppid() != parent { kill(child, SIGKILL) }
        } else if signal > 0, signal != SIGCHLD, info.si_code <= 0 {
          // Sent by a process; what the terminal sends, the child gets itself.
          kill(child, signal)
        }
      }
      killChildren(sparing: others)
      let signal = status & 0x7f
      // As a shell tells it.
      _exit(signal == 0 ? (status >> 8) & 0xff : 128 + signal)
    }

    /// Kills all children of this process, and theirs as they become its own, until none is left.
    ///
    /// - Parameter others: that are no part of this.
    static func killChildren(sparing others: Set<pid_t> = []) {
      var looks = 0
      while true {
        let children = ProcessTree.children(of: getpid())
        let pids = Set(children ?? []).subtracting(others)
        for pid in pids { kill(pid, SIGKILL) }
        let ended = waitpid(-1, nil, pids.isEmpty || !others.isEmpty ? WNOHANG : 0)
        // While one ends, the kernel may leave others out of the list: only the want of a child is certain.
        if ended < 0 || ended == 0 && children == nil { return }
        looks = pids.isEmpty ? looks + 1 : 0
        if !others.isEmpty, looks > 20 { return }
        if ended == 0 { usleep(1000) }
      }
    }
  }
#endif

/// How an executable sees to it that nothing it starts outlives it, whatever becomes of it.
package struct Supervision: Sendable {
  /// What it exits with where it cannot see to it, EX_SOFTWARE of `sysexits.h`.
  static let faultCode: Int32 = 70
  private static let word = "__supervised"

  /// Where the address of a page is written to that shall be shown, once; what shows it outlives the executable.
  package let opener: Int32?

  init(opener: Int32?) { self.opener = opener }

  /// From the first argument of an executable; nil of one that has not seen to it yet.
  package init?(_ argument: String?) {
    guard let argument, argument.hasPrefix(Self.word) else { return nil }
    opener = Int32(argument.dropFirst(Self.word.count + 1))
  }

  /// The hidden first argument of an executable that has seen to it.
  var argument: String { Self.word + (opener.map { "=\($0)" } ?? "") }
}
