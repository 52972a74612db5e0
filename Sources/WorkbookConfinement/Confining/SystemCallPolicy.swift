#if os(Linux)
  import Foundation

  /// The system calls that confined processes may make; all others are refused.
  enum SystemCallPolicy {
    /// For every process, with any arguments.
    static let allowed = [
      // Files and pipes that are open.
      "close", "copy_file_range", "dup", "dup2", "dup3", "fadvise64", "fdatasync", "fgetxattr",
      "flistxattr", "flock", "fstat", "fstatfs", "fsync", "ftruncate", "getdents", "getdents64",
      "lseek", "pipe",
      "pipe2", "pread64", "preadv", "preadv2", "pwrite64", "pwritev", "pwritev2", "read", "readv",
      "sendfile", "write", "writev",
      // The folder that it works in.
      "fchdir", "getcwd", "umask",
      // Waiting.
      "epoll_create", "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_pwait2", "epoll_wait",
      "eventfd", "eventfd2", "poll", "ppoll", "pselect6", "select", "signalfd", "signalfd4",
      "timerfd_create", "timerfd_gettime", "timerfd_settime", "wait4", "waitid",
      // Pairs of sockets.
      "getpeername", "getsockname", "getsockopt", "recvfrom", "recvmmsg", "recvmsg", "shutdown",
      // Memory.
      "brk", "madvise", "membarrier", "mincore", "mprotect", "msync", "munmap",
      // Threads.
      "arch_prctl", "exit", "exit_group", "futex", "futex_requeue", "futex_wait", "futex_waitv",
      "futex_wake", "get_robust_list", "getcpu", "gettid", "rseq", "sched_get_priority_max",
      "sched_get_priority_min", "sched_getaffinity", "sched_getparam", "sched_getscheduler",
      "sched_rr_get_interval", "sched_yield", "set_robust_list", "set_tid_address",
      // Its own signals.
      "alarm", "pause", "restart_syscall", "rt_sigaction", "rt_sigpending", "rt_sigprocmask",
      "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait", "sigaltstack",
      // Time.
      "clock_getres", "clock_gettime", "clock_nanosleep", "getitimer", "gettimeofday", "nanosleep",
      "setitimer", "time", "timer_create", "timer_delete", "timer_getoverrun", "timer_gettime",
      "timer_settime", "times",
      // What and where it is.
      "capget", "getegid", "geteuid", "getgid", "getgroups", "getpgid", "getpgrp", "getpid",
      "getppid", "getpriority", "getrandom", "getresgid", "getresuid", "getrlimit", "getrusage",
      "getsid", "getuid", "sysinfo", "uname",
    ]

    /// Shown to the launcher first, which names what a program may not and notes what it looks at.
    ///
    /// Landlock guards the files all the same. Tools make them unseen.
    static let shownFiles = [
      "access", "chdir", "chmod", "creat", "faccessat", "faccessat2", "fchmod", "fchmodat",
      "fchown", "link",
      "linkat", "lstat", "mkdir", "mkdirat", "mknod", "mknodat", "newfstatat", "open", "openat",
      "readlink", "readlinkat", "rename", "renameat", "renameat2", "rmdir", "stat", "statfs",
      "statx", "symlink", "symlinkat", "truncate", "unlink", "unlinkat", "utimensat",
    ]

    /// Of these, those that Landlock does not guard: the launcher makes them for a program's own files; refused
    /// to tools.
    static let changesOfRights: Set = ["chmod", "fchmod", "fchmodat", "fchown", "utimensat"]

    /// Shown to the launcher, which stops a program that makes them, or answers in the kernel's place;
    /// refused to tools.
    static let shownSockets = ["bind", "connect", "sendmmsg", "sendmsg", "socket"]

    /// What a caller or an operator ends processes with; others tell what a program has done itself.
    static let signalsOfOthers = [SIGKILL, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2]

    /// The same, but allowed to tools.
    static let shownProcesses = ["execve", "execveat", "fork", "vfork"]

    /// Allowed to a program that may start processes; the shown ones, and signals, are then answered by what
    /// is in reach of them.
    static let allowedWithProcesses = ["setpgid"]

    /// Allowed to a program with a network of its own, sockets of the internet alone.
    static let allowedWithLoopback = ["accept", "accept4", "listen"]

    /// Allowed with some arguments only, as `SystemCallFilter` says.
    static let restricted = [
      "clone", "close_range", "fallocate", "fcntl", "ioctl", "kill", "mmap", "mremap", "prctl",
      "prlimit64",
      "rt_sigqueueinfo", "rt_tgsigqueueinfo", "sched_setaffinity", "sendto", "setsockopt",
      "socketpair", "tgkill",
    ]

    /// Not there at all, so that the C library takes older ways to the same, whose arguments a filter can
    /// see.
    static let absent = ["clone3", "openat2"]
  }
#endif
