#if os(Linux)
  import Foundation
  import WorkbookSystem

  /// What `SystemCallPolicy` allows, as a program for the kernel's own filter (seccomp).
  ///
  /// Only what the filter itself decides is certain: what it shows to the launcher may have changed when the
  /// kernel goes on. So files are Landlock's matter, and the launcher only names what that is about to deny.
  struct SystemCallFilter {
    /// One of the kernel's `sock_filter`.
    struct Instruction {
      var code: UInt16
      var ifTrue: UInt8 = 0
      var ifFalse: UInt8 = 0
      var operand: UInt32
    }

    private(set) var instructions: [Instruction] = []
    private let pid: UInt32

    /// - Parameter pid: the process itself, which it may signal.
    init(for launch: Launch, pid: pid_t) {
      self.pid = UInt32(pid)
      load(Self.architecture)
      append(Self.jumpIfEqual, ifTrue: 1, SystemCall.architecture)
      end(Self.killProcess)
      load(Self.number)
      // Also the x32 interface, whose numbers are above.
      append(Self.jumpIfAtLeast, ifFalse: 1, UInt32(SystemCall.firstUnknown))
      end(Self.fail(ENOSYS))

      // To cut a file one only reads: before its third version, Landlock does not see it.
      for (call, flags) in [("open", 1), ("openat", 2)] {
        rule(call) {
          $0.end(
            Self.fail(EPERM), ifArgument: flags, masked: Int(O_TRUNC | O_ACCMODE), is: Int(O_TRUNC))
        }
      }
      if min(Landlock.version, launch.landlock) < 3 {
        rule("truncate") { $0.end(Self.fail(EPERM)) }
      }
      for call in SystemCallPolicy.allowed { rule(call) { $0.end(Self.allow) } }
      for call in SystemCallPolicy.absent { rule(call) { $0.end(Self.fail(ENOSYS)) } }
      if launch.allowsProcesses { allowProcesses() }
      if launch.allowsLoopback { allowLoopback() }
      allowWithArguments()
      switch launch.role {
      case .tool: allowTool(showsLooks: launch.showsCalls)
      case .program: allowProgram(launch.limits)
      }
      end(Self.fail(EPERM))
    }

    /// - Parameter showsLooks: a tool that changes files does so unseen.
    private mutating func allowTool(showsLooks: Bool) {
      for call in SystemCallPolicy.shownFiles + SystemCallPolicy.shownProcesses + [
        "mmap", "mremap",
      ] where !SystemCallPolicy.changesOfRights.contains(call) {
        let isLook = SystemCall.number(call).flatMap(FileCall.lookOrOpen) != nil
        rule(call) { $0.end(showsLooks && isLook ? Self.notify : Self.allow) }
      }
      rule("clone") {
        $0.end(Self.fail(EPERM), ifArgument: 0, hasAnyOf: SystemCall.Clone.namespaces)
        $0.end(Self.allow)
      }
      rule("close_range") { $0.end(Self.allow) }
      // More space than the size of the file: no limit of the kernel's holds for that.
      rule("fallocate") { $0.end(Self.allow, ifArgument: 1, isOneOf: [0]) }
      for call in ["kill", "tgkill"] {
        rule(call) { $0.end(Self.allow, ifArgument: 0, isOneOf: [Int($0.pid)]) }
      }
    }

    /// Whom a signal reaches, the launcher tells: the numbers of children are not known here.
    private mutating func allowProcesses() {
      for call in SystemCallPolicy.allowedWithProcesses { rule(call) { $0.end(Self.allow) } }
      for call in ["kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"] {
        rule(call) { $0.end(Self.notify) }
      }
    }

    /// In a network that has nothing but the program.
    private mutating func allowLoopback() {
      for call in SystemCallPolicy.allowedWithLoopback + SystemCallPolicy.shownSockets + ["sendto"]
      where call != "socket" { rule(call) { $0.end(Self.allow) } }
      rule("socket") {
        $0.end(Self.fail(EACCES), ifArgument: 0, isNoneOf: [Int(AF_INET), Int(AF_INET6)])
        $0.end(
          Self.fail(EACCES), ifArgument: 2, isNoneOf: [0, Int(IPPROTO_TCP), Int(IPPROTO_UDP)])
        $0.end(Self.allow)
      }
      // One of datagrams could be pointed at a socket of the system's that is a file: files are not all of
      // Landlock's matter there.
      rule("socketpair") {
        let type = Int(SOCK_STREAM.rawValue)
        $0.end(Self.fail(EACCES), ifArgument: 0, isNoneOf: [Int(AF_UNIX)])
        $0.end(Self.allow, ifArgument: 1, masked: 0xf, is: type)
        $0.end(Self.fail(EACCES))
      }
      rule("setsockopt") {
        typealias Socket = SystemCall.Socket
        $0.end(Self.allow, ifArgument: 1, is: Int(SOL_SOCKET), andArgument: 2, [Int(SO_REUSEPORT)])
        $0.end(
          Self.allow, ifArgument: 1, is: Int(IPPROTO_TCP), andArgument: 2,
          [Socket.noDelay, Socket.keepIdle, Socket.keepInterval, Socket.keepCount])
        $0.end(
          Self.allow, ifArgument: 1, is: Int(IPPROTO_IPV6), andArgument: 2, [Int(IPV6_V6ONLY)])
      }
    }

    private mutating func allowProgram(_ limits: Limits) {
      for call in SystemCallPolicy.shownFiles + SystemCallPolicy.shownSockets
        + SystemCallPolicy.shownProcesses
      { rule(call) { $0.end(Self.notify) } }
      // So much space at once comes between two looks: the C library writes it instead.
      rule("fallocate") { $0.end(Self.fail(EOPNOTSUPP)) }
      // Without an address it is `send`.
      rule("sendto") {
        for half in [0, 4] { $0.end(Self.notify, ifArgument: 4, half: half, hasAnyOf: ~0) }
        $0.end(Self.allow)
      }
      rule("clone") {
        typealias Clone = SystemCall.Clone
        $0.end(Self.fail(EPERM), ifArgument: 0, hasAnyOf: Clone.namespaces)
        // With descriptors or a folder of its own, a thread would be beyond what the launcher measures; and
        // what is no thread is a process, which is named.
        $0.end(
          Self.fail(EPERM), ifArgument: 0, hasAllOf: Clone.thread,
          butNotAllOf: Clone.memory | Clone.folder | Clone.files | Clone.handlers)
        $0.end(Self.notify)
      }
      rule("close_range") {
        $0.end(Self.notify, ifArgument: 2, hasAnyOf: SystemCall.unshareDescriptors)
        $0.end(Self.allow)
      }
      // So much at once may be more than it may have: the launcher notes whether it is to be had.
      for call in [("mmap", 1), ("mremap", 2)] {
        rule(call.0) {
          $0.end(Self.notify, ifArgument: call.1, isAtLeast: UInt64(limits.room))
          $0.end(Self.allow)
        }
      }
      // Who is signalled is certain here; what is sent is noted.
      for (call, signal) in [
        ("kill", 1), ("tgkill", 2), ("rt_sigqueueinfo", 1), ("rt_tgsigqueueinfo", 2),
      ] {
        rule(call) {
          let noted = SystemCallPolicy.signalsOfOthers.map(Int.init)
          $0.end(Self.notify, ifArgument: signal, isOneOf: noted)
          $0.end(Self.allow, ifArgument: 0, isOneOf: [Int($0.pid)])
          $0.end(Self.notify)
        }
      }
    }

    private mutating func allowWithArguments() {
      rule("prctl") {
        typealias Process = SystemCall.Process
        $0.end(
          Self.allow, ifArgument: 0,
          isOneOf: [
            Process.getDumpable, Process.setName, Process.getName, Process.readBoundingSet,
            Process.setTimerSlack, Process.getTimerSlack, Process.getNoNewPrivileges,
            Process.nameMemory,
          ])
      }
      rule("fcntl") {
        typealias Descriptor = SystemCall.Descriptor
        // No signals at what others do, no leases, no larger pipes.
        $0.end(
          Self.fail(EPERM), ifArgument: 1, isOneOf: [Int(F_SETFL)], andArgument: 2,
          hasAnyOf: Int(O_ASYNC))
        $0.end(
          Self.allow, ifArgument: 1,
          isOneOf: [
            Int(F_DUPFD), Int(F_GETFD), Int(F_SETFD), Int(F_GETFL), Int(F_SETFL), Int(F_GETLK),
            Int(F_SETLK), Int(F_SETLKW), Descriptor.getOpenFileLock, Descriptor.setOpenFileLock,
            Descriptor.waitForOpenFileLock, Int(F_DUPFD_CLOEXEC), Descriptor.getPipeSize,
          ])
      }
      rule("ioctl") {
        typealias Descriptor = SystemCall.Descriptor
        $0.end(
          Self.allow, ifArgument: 1,
          isOneOf: [
            Descriptor.getTerminal, Descriptor.getForegroundGroup, Descriptor.getWindowSize,
            Descriptor.countReadable, Descriptor.setNonblocking, Descriptor.keepOnExec,
            Descriptor.closeOnExec,
          ])
      }
      rule("prlimit64") {
        // Its own limits, to read.
        for half in [0, 4] { $0.end(Self.fail(EPERM), ifArgument: 2, half: half, hasAnyOf: ~0) }
        $0.end(Self.allow, ifArgument: 0, isOneOf: [0, Int($0.pid)])
      }
      rule("sched_setaffinity") {
        $0.end(Self.allow, ifArgument: 0, isOneOf: [0, Int($0.pid)])
      }
      rule("socketpair") { $0.end(Self.allow, ifArgument: 0, isOneOf: [Int(AF_UNIX)]) }
      rule("setsockopt") {
        // No larger buffers.
        $0.end(
          Self.allow, ifArgument: 1, is: Int(SOL_SOCKET), andArgument: 2,
          [SO_REUSEADDR, SO_KEEPALIVE, SO_LINGER, SO_RCVTIMEO, SO_SNDTIMEO].map(Int.init))
      }
    }

    /// Puts it on this process, for good.
    ///
    /// - Returns: the descriptor that shows calls, with `isListening`; -1 where the kernel refuses.
    func install(isListening: Bool) -> Int32 {
      struct Program {
        var count: UInt16
        var instructions: UnsafePointer<Instruction>
      }
      typealias Filter = SystemCall.Filter
      // No price for a defence that fits other programs.
      let flags = Filter.allowSpeculation | (isListening ? Filter.newListener : 0)
      return instructions.withUnsafeBufferPointer { buffer in
        var program = Program(count: UInt16(buffer.count), instructions: buffer.baseAddress!)
        return withUnsafeMutablePointer(to: &program) {
          Int32(
            SystemCall.call("seccomp", Filter.install, flags, Int(bitPattern: $0)))
        }
      }
    }

    /// Whether this kernel can ask another process about a call.
    static var isAvailable: Bool {
      var action = notify
      return withUnsafeMutablePointer(to: &action) {
        SystemCall.call("seccomp", SystemCall.Filter.isActionAvailable, 0, Int(bitPattern: $0))
      } == 0
    }

    // Classic BPF: load a word of `seccomp_data`, compare, return.
    private static let jumpIfEqual: UInt16 = 0x15
    private static let jumpIfGreater: UInt16 = 0x25
    private static let jumpIfAtLeast: UInt16 = 0x35
    private static let jumpIfAnyBit: UInt16 = 0x45
    private static let and: UInt16 = 0x54
    private static let loadWord: UInt16 = 0x20
    private static let end: UInt16 = 0x06

    // Where the parts of `seccomp_data` stand in it.
    private static let number: UInt32 = 0
    private static let architecture: UInt32 = 4
    private static let arguments: UInt32 = 16

    // What the kernel is told, SECCOMP_RET_ALLOW and so on.
    private static let allow: UInt32 = 0x7fff_0000
    private static let notify: UInt32 = 0x7fc0_0000
    private static let killProcess: UInt32 = 0x8000_0000
    private static let failure: UInt32 = 0x0005_0000
    private static func fail(_ code: Int32) -> UInt32 { failure | UInt32(code) }

    private mutating func append(
      _ code: UInt16, ifTrue: UInt8 = 0, ifFalse: UInt8 = 0, _ operand: UInt32
    ) {
      instructions.append(.init(code: code, ifTrue: ifTrue, ifFalse: ifFalse, operand: operand))
    }

    private mutating func load(_ offset: UInt32) { append(Self.loadWord, offset) }

    private mutating func load(argument index: Int, half: Int = 0) {
      load(Self.arguments + UInt32(8 * index + half))
    }

    /// If the call has this name, `body` decides; what it leaves open, later rules do, and at last refusal.
    private mutating func rule(_ call: String, _ body: (inout SystemCallFilter) -> Void) {
      guard let number = SystemCall.number(call) else { return }
      let jump = instructions.count
      append(Self.jumpIfEqual, UInt32(number))
      body(&self)
      // The comparisons that follow want the number again.
      if instructions.count > jump + 2 { load(Self.number) }
      instructions[jump].ifFalse = UInt8(instructions.count - jump - 1)
    }

    private mutating func end(_ action: UInt32) { append(Self.end, action) }

    // Of an `int`, the kernel takes the lower half of the argument alone.

    private mutating func end(
      _ action: UInt32, ifArgument index: Int, half: Int = 0, hasAnyOf bits: Int
    ) {
      load(argument: index, half: half)
      append(Self.jumpIfAnyBit, ifFalse: 1, UInt32(truncatingIfNeeded: bits))
      end(action)
    }

    private mutating func end(
      _ action: UInt32, ifArgument index: Int, masked bits: Int, is value: Int
    ) {
      load(argument: index)
      append(Self.and, UInt32(bits))
      append(Self.jumpIfEqual, ifFalse: 1, UInt32(value))
      end(action)
    }

    private mutating func end(
      _ action: UInt32, ifArgument index: Int, hasAllOf bits: Int, butNotAllOf others: Int
    ) {
      load(argument: index)
      append(Self.and, UInt32(bits))
      append(Self.jumpIfEqual, ifFalse: 4, UInt32(bits))
      load(argument: index)
      append(Self.and, UInt32(others))
      append(Self.jumpIfEqual, ifTrue: 1, UInt32(others))
      end(action)
    }

    private mutating func end(
      _ action: UInt32, ifArgument index: Int, isOneOf values: [Int],
      andArgument second: Int? = nil,
      hasAnyOf bits: Int = 0
    ) {
      for value in values {
        load(argument: index)
        append(Self.jumpIfEqual, ifFalse: second == nil ? 1 : 3, UInt32(value))
        if let second {
          end(action, ifArgument: second, hasAnyOf: bits)
        } else {
          end(action)
        }
      }
    }

    private mutating func end(_ action: UInt32, ifArgument index: Int, isNoneOf values: [Int]) {
      load(argument: index)
      for (number, value) in values.enumerated() {
        append(Self.jumpIfEqual, ifTrue: UInt8(values.count - number), UInt32(value))
      }
      end(action)
    }

    private mutating func end(
      _ action: UInt32, ifArgument index: Int, is value: Int, andArgument second: Int,
      _ values: [Int]
    ) {
      load(argument: index)
      append(Self.jumpIfEqual, ifFalse: UInt8(3 * values.count), UInt32(value))
      end(action, ifArgument: second, isOneOf: values)
    }

    private mutating func end(_ action: UInt32, ifArgument index: Int, isAtLeast value: UInt64) {
      let (high, low) = (UInt32(value >> 32), UInt32(truncatingIfNeeded: value))
      load(argument: index, half: 4)
      append(Self.jumpIfGreater, ifTrue: 3, high)
      append(Self.jumpIfEqual, ifFalse: 3, high)
      load(argument: index)
      append(Self.jumpIfAtLeast, ifFalse: 1, low)
      end(action)
    }
  }
#endif
