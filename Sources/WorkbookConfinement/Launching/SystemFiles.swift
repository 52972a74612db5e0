#if os(Linux)
  extension Launch.Files {
    /// Of a process's own folder below `/proc`; the network there, and where file systems are mounted, are the
    /// machine's.
    static let ofProcess = [
      "auxv", "cgroup", "cmdline", "comm", "environ", "exe", "fd", "fdinfo", "limits", "maps",
      "oom_score", "smaps", "smaps_rollup", "stat", "statm", "status",
    ]

    /// What a program that may start processes may start.
    static let commands = ["/bin", "/usr/bin"]

    /// What every process needs of the system.
    static let system = Launch.Files(
      readable: [
        "/usr/share", "/etc/ld.so.cache", "/etc/localtime", "/etc/passwd", "/etc/group",
        "/etc/nsswitch.conf", "/etc/hosts", "/etc/resolv.conf", "/proc/cpuinfo", "/proc/meminfo",
        "/proc/stat", "/proc/sys/kernel", "/proc/sys/vm", "/sys/devices/system", "/sys/fs/cgroup",
        "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random",
      ],
      runnable: ["/lib", "/lib64", "/usr/lib", "/usr/lib64"], writable: ["/dev/null"])
  }
#endif
