#if os(Linux)
  import Foundation
  import WorkbookSystem

  /// A way to make the system calls that the C library's module leaves out, and the kernel's constants.
  enum SystemCall {
    /// Makes the call of that name with whole numbers and addresses alone; -1 and `errno` on an error.
    static func call(
      _ name: String, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0
    ) -> Int { function(number(name) ?? -1, a, b, c, d, e) }

    /// nil where this architecture has no call of that name.
    static func number(_ name: String) -> Int? { systemCallNumbers[name] }

    private typealias Function = @convention(c) (Int, Int, Int, Int, Int, Int) -> Int
    /// Swift does not import C functions with variable arguments; for whole numbers the two conventions are
    /// the same on every Linux that Swift runs on but 32-bit ones.
    private static let function = unsafeBitCast(
      dlsym(UnsafeMutableRawPointer(bitPattern: 0), "syscall"), to: Function.self)

    /// The first number that this runner knows nothing of.
    static let firstUnknown = 463

    #if arch(x86_64)
      // AUDIT_ARCH_X86_64
      static let architecture: UInt32 = 0xc000_003e
    #else
      // AUDIT_ARCH_AARCH64
      static let architecture: UInt32 = 0xc000_00b7
    #endif

    /// Of `clone`: what is shared with the caller, and the namespaces that are not.
    enum Clone {
      static let memory = 0x100
      static let folder = 0x200
      static let files = 0x400
      static let handlers = 0x800
      static let thread = 0x1_0000
      static let newMounts = 0x2_0000
      static let newCgroup = 0x200_0000
      static let newHostName = 0x400_0000
      static let newQueues = 0x800_0000
      static let newUsers = 0x1000_0000
      static let newProcesses = 0x2000_0000
      static let newNetwork = 0x4000_0000
      static let newTime = 0x80

      static let namespaces =
        newMounts | newCgroup | newHostName | newQueues | newUsers | newProcesses | newNetwork
        | newTime
    }

    /// Of `prctl`.
    enum Process {
      static let setDeathSignal = 1
      static let getDumpable = 3
      static let setName = 15
      static let getName = 16
      static let readBoundingSet = 23
      static let setTimerSlack = 29
      static let getTimerSlack = 30
      static let setChildSubreaper = 36
      static let setNoNewPrivileges = 38
      static let getNoNewPrivileges = 39
      /// PR_SET_VMA: names a range of its own memory.
      static let nameMemory = 0x5356_4d41
    }

    /// Of `fcntl` and `ioctl`.
    enum Descriptor {
      /// F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW.
      static let getOpenFileLock = 36
      static let setOpenFileLock = 37
      static let waitForOpenFileLock = 38
      /// F_GETPIPE_SZ.
      static let getPipeSize = 1032
      /// TCGETS, TIOCGPGRP, TIOCGWINSZ.
      static let getTerminal = 0x5401
      static let getForegroundGroup = 0x540f
      static let getWindowSize = 0x5413
      /// FIONREAD, FIONBIO, FIONCLEX, FIOCLEX.
      static let countReadable = 0x541b
      static let setNonblocking = 0x5421
      static let keepOnExec = 0x5450
      static let closeOnExec = 0x5451
    }

    /// Of `setsockopt`, for TCP.
    enum Socket {
      static let noDelay = 1
      static let keepIdle = 4
      static let keepInterval = 5
      static let keepCount = 6
    }

    /// Of `ioctl`, for a network's interfaces: SIOCSIFFLAGS, IFF_UP and IFF_RUNNING.
    enum Interface {
      static let setFlags = 0x8914
      static let isUp: Int16 = 0x1 | 0x40
    }

    /// Of `seccomp`.
    enum Filter {
      /// SECCOMP_SET_MODE_FILTER, SECCOMP_GET_ACTION_AVAIL.
      static let install = 1
      static let isActionAvailable = 2
      /// SECCOMP_FILTER_FLAG_SPEC_ALLOW, SECCOMP_FILTER_FLAG_NEW_LISTENER.
      static let allowSpeculation = 1 << 2
      static let newListener = 1 << 3
      /// SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP.
      static let setListenerFlags = 0x4008_2104
      static let wakeOnSameProcessor = 1
    }

    /// Of `capset`: _LINUX_CAPABILITY_VERSION_3.
    static let capabilityVersion: UInt32 = 0x2008_0522
    /// Of `utimensat`: UTIME_NOW.
    static let now = 0x3fff_ffff

    /// Of `close_range`: CLOSE_RANGE_UNSHARE.
    static let unshareDescriptors = 2
    /// Of `open`.
    static let pathOnly = Int32(0x20_0000)
    /// The same: O_TMPFILE, for a file without a name.
    static let temporaryFile = Int32(0x40_0000) | O_DIRECTORY
    /// Of `newfstatat` and `statx`: AT_EMPTY_PATH, for a file that is open.
    static let emptyPath = 0x1000
  }
#endif
