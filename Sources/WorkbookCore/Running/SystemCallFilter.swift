#if os(Linux)
  import Foundation

  /// What a confined program may ask of the kernel, as a program for the kernel's own filter
  /// (seccomp): everything but new processes, the network, others' processes, and what is for
  /// administrators.
  ///
  /// Files are Landlock's matter. What would open or change one is only shown to the launcher (`notify`),
  /// so that it can name what Landlock is about to deny, and note what the outcome depends on.
  struct SystemCallFilter {
    /// One of the kernel's `sock_filter`.
    struct Instruction {
      var code: UInt16
      var ifTrue: UInt8 = 0
      var ifFalse: UInt8 = 0
      var operand: UInt32
    }

    private(set) var instructions: [Instruction] = []

    /// - Parameter pid: the program's own process, which it may signal.
    init(pid: pid_t) {
      load(4)
      instructions.append(
        .init(code: Self.jumpIfEqual, ifTrue: 1, operand: SystemCall.architecture))
      end(Self.killProcess)
      load(0)
      // Also the x32 interface, whose numbers are above.
      instructions.append(
        .init(
          code: Self.jumpIfAtLeast, ifFalse: 1, operand: UInt32(SystemCall.firstUnknown)))
      end(Self.fail(ENOSYS))

      // The C library knows older ways to the same, whose arguments a filter can see.
      for call in [SystemCall.clone3, SystemCall.openat2] {
        rule(call) { $0.end(Self.fail(ENOSYS)) }
      }
      rule(SystemCall.clone) {
        $0.end(Self.allow, ifArgument: 0, hasAnyOf: UInt32(SystemCall.cloneThread))
        $0.end(Self.notify)
      }
      for call in SystemCall.forks { rule(call) { $0.end(Self.notify) } }

      for call in [SystemCall.open, SystemCall.openat] { rule(call) { $0.end(Self.notify) } }
      for call in Trespass.fileCalls.keys { rule(call) { $0.end(Self.notify) } }

      for call in [SystemCall.connect, SystemCall.bind, SystemCall.sendmsg, SystemCall.sendmmsg] {
        rule(call) { $0.end(Self.notify) }
      }
      // Without an address it is `send`.
      rule(SystemCall.sendto) {
        $0.end(Self.notify, ifArgument: 4, hasAnyOf: ~0)
        $0.end(Self.notify, ifArgument: 4, half: 4, hasAnyOf: ~0)
        $0.end(Self.allow)
      }

      for call in [
        SystemCall.kill, SystemCall.tgkill, SystemCall.rtSigqueueinfo, SystemCall.rtTgsigqueueinfo,
      ] {
        rule(call) {
          $0.end(Self.allow, ifArgument: 0, is: UInt32(pid))
          $0.end(Self.notify)
        }
      }
      for call in SystemCall.metadata + SystemCall.privileged + [
        SystemCall.fchmodat2, SystemCall.pidfdSendSignal, SystemCall.pidfdOpen,
        SystemCall.pidfdGetfd, SystemCall.ioUringSetup, SystemCall.openTree, SystemCall.moveMount,
        SystemCall.openFilesystem,
      ] {
        rule(call) { $0.end(Self.fail(EPERM)) }
      }
      end(Self.allow)
    }

    /// Puts it on this process, for good.
    ///
    /// - Returns: the descriptor that tells of calls to be named, or -1.
    func install() -> Int32 {
      struct Program {
        var count: UInt16
        var instructions: UnsafePointer<Instruction>
      }
      let newListener = 1 << 3
      // No price for a defence that fits other programs.
      let allowSpeculation = 1 << 2
      return instructions.withUnsafeBufferPointer { buffer in
        var program = Program(count: UInt16(buffer.count), instructions: buffer.baseAddress!)
        return withUnsafeMutablePointer(to: &program) {
          Int32(
            SystemCall.call(
              SystemCall.seccomp, 1, newListener | allowSpeculation, Int(bitPattern: $0)))
        }
      }
    }

    /// Whether this kernel can ask another process about a call.
    static var isAvailable: Bool {
      var action = notify
      return withUnsafeMutablePointer(to: &action) {
        SystemCall.call(SystemCall.seccomp, 2, 0, Int(bitPattern: $0))
      } == 0
    }

    // Classic BPF: load a word of `seccomp_data`, compare, return.
    private static let jumpIfEqual: UInt16 = 0x15
    private static let jumpIfAtLeast: UInt16 = 0x35
    private static let jumpIfAnyBit: UInt16 = 0x45

    private static let allow: UInt32 = 0x7fff_0000
    private static let notify: UInt32 = 0x7fc0_0000
    private static let killProcess: UInt32 = 0x8000_0000
    private static func fail(_ code: Int32) -> UInt32 { 0x0005_0000 | UInt32(code) }

    private mutating func load(_ offset: UInt32) {
      instructions.append(.init(code: 0x20, operand: offset))
    }

    /// If the call has this number, `body` decides, to the end.
    private mutating func rule(_ call: Int?, _ body: (inout SystemCallFilter) -> Void) {
      guard let call else { return }
      let jump = instructions.count
      instructions.append(.init(code: Self.jumpIfEqual, operand: UInt32(call)))
      body(&self)
      instructions[jump].ifFalse = UInt8(instructions.count - jump - 1)
    }

    private mutating func end(_ action: UInt32) {
      instructions.append(.init(code: 0x06, operand: action))
    }

    /// Looks at the lower half of the argument, which is all that the kernel takes of an `int`.
    private mutating func end(
      _ action: UInt32, ifArgument index: Int, half: Int = 0, hasAnyOf bits: UInt32
    ) {
      load(UInt32(16 + 8 * index + half))
      instructions.append(.init(code: Self.jumpIfAnyBit, ifFalse: 1, operand: bits))
      end(action)
    }

    private mutating func end(_ action: UInt32, ifArgument index: Int, is value: UInt32) {
      load(UInt32(16 + 8 * index))
      instructions.append(.init(code: Self.jumpIfEqual, ifFalse: 1, operand: value))
      end(action)
    }
  }
#endif
