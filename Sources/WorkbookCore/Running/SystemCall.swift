#if os(Linux)
  import Foundation

  /// Numbers of Linux's system calls, and a way to make those that the C library's module leaves out.
  enum SystemCall {
    /// `syscall(2)` with whole numbers and addresses alone; -1 and `errno` on an error.
    ///
    /// Swift does not import C functions with variable arguments; for whole numbers the two
    /// conventions are the same on every Linux that Swift runs on but 32-bit ones.
    static func call(
      _ number: Int, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0
    ) -> Int { function(number, a, b, c, d, e) }

    static func call(_ number: Int, _ a: Int, _ b: UnsafeMutableRawPointer, _ c: Int = 0) -> Int {
      function(number, a, Int(bitPattern: b), c, 0, 0)
    }

    private typealias Function = @convention(c) (Int, Int, Int, Int, Int, Int) -> Int
    private static let function = unsafeBitCast(
      dlsym(UnsafeMutableRawPointer(bitPattern: 0), "syscall"), to: Function.self)

    /// CLONE_FILES and CLONE_THREAD.
    static let cloneFiles = 0x400
    static let cloneThread = 0x1_0000

    // The same on every architecture.
    static let pidfdSendSignal = 424
    static let ioUringSetup = 425
    static let openTree = 428
    static let moveMount = 429
    static let openFilesystem = 430
    static let pidfdOpen = 434
    static let clone3 = 435
    static let closeRange = 436
    static let openat2 = 437
    static let pidfdGetfd = 438
    static let landlockCreateRuleset = 444
    static let landlockAddRule = 445
    static let landlockRestrictSelf = 446
    static let fchmodat2 = 452
    /// The first of those that this runner knows nothing of.
    static let firstUnknown = 463

    #if arch(x86_64)
      // AUDIT_ARCH_X86_64
      static let architecture: UInt32 = 0xc000_003e
      static let ioctl = 16
      static let prctl = 157
      static let capset = 126
      static let seccomp = 317
      static let clone = 56
      static let sendto = 44

      static let open: Int? = 2
      static let creat: Int? = 85
      static let openat = 257
      static let truncate = 76
      static let unlink: Int? = 87
      static let unlinkat = 263
      static let rename: Int? = 82
      static let renameat = 264
      static let renameat2 = 316
      static let mkdir: Int? = 83
      static let mkdirat = 258
      static let rmdir: Int? = 84
      static let symlink: Int? = 88
      static let symlinkat = 266
      static let link: Int? = 86
      static let linkat = 265
      static let mknod: Int? = 133
      static let mknodat = 259

      static let connect = 42
      static let bind = 49
      static let sendmsg = 46
      static let sendmmsg = 307
      static let kill = 62
      static let tgkill = 234
      static let rtSigqueueinfo = 129
      static let rtTgsigqueueinfo = 297
      // fork, vfork
      static let forks = [57, 58]
      // chmod, fchmod, fchmodat, chown, fchown, lchown, fchownat, utime, utimes, futimesat,
      // utimensat, setxattr, lsetxattr, fsetxattr, removexattr, lremovexattr, fremovexattr
      static let metadata = [
        90, 91, 268, 92, 93, 94, 260, 132, 235, 261, 280, 188, 189, 190, 197, 198, 199,
      ]
      // tkill, setns, ptrace, process_vm_readv, process_vm_writev, kcmp, bpf, perf_event_open,
      // userfaultfd, add_key, request_key, keyctl, mount, umount2, shmget, msgget, semget, mq_open,
      // memfd_create, unshare
      static let privileged = [
        319, 272, 200, 308, 101, 310, 311, 312, 321, 298, 323, 248, 249, 250, 165, 166, 29, 68, 64,
        240,
      ]
    #else
      // AUDIT_ARCH_AARCH64
      static let architecture: UInt32 = 0xc000_00b7
      static let ioctl = 29
      static let prctl = 167
      static let capset = 91
      static let seccomp = 277
      static let clone = 220
      static let sendto = 206

      static let open: Int? = nil
      static let creat: Int? = nil
      static let openat = 56
      static let truncate = 45
      static let unlink: Int? = nil
      static let unlinkat = 35
      static let rename: Int? = nil
      static let renameat = 38
      static let renameat2 = 276
      static let mkdir: Int? = nil
      static let mkdirat = 34
      static let rmdir: Int? = nil
      static let symlink: Int? = nil
      static let symlinkat = 36
      static let link: Int? = nil
      static let linkat = 37
      static let mknod: Int? = nil
      static let mknodat = 33

      static let connect = 203
      static let bind = 200
      static let sendmsg = 211
      static let sendmmsg = 269
      static let kill = 129
      static let tgkill = 131
      static let rtSigqueueinfo = 138
      static let rtTgsigqueueinfo = 240
      // There are none.
      static let forks: [Int] = []
      // fchmod, fchmodat, fchownat, fchown, utimensat, setxattr, lsetxattr, fsetxattr,
      // removexattr, lremovexattr, fremovexattr
      static let metadata = [52, 53, 54, 55, 88, 5, 6, 7, 14, 15, 16]
      // tkill, setns, ptrace, process_vm_readv, process_vm_writev, kcmp, bpf, perf_event_open,
      // userfaultfd, add_key, request_key, keyctl, mount, umount2, shmget, msgget, semget, mq_open,
      // memfd_create, unshare
      static let privileged = [
        279, 97, 130, 268, 117, 270, 271, 272, 280, 241, 282, 217, 218, 219, 40, 39, 194, 186, 190,
        180,
      ]
    #endif
  }
#endif
