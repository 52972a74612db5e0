/// What a launcher is asked to do; it travels as a file.
struct Launch: Codable, Hashable {
  /// The files that the process may use, beside those of the system that every process needs.
  struct Files: Codable, Hashable {
    /// Files, and folders with all that they hold.
    var readable: [String] = []
    /// Folders whose names may be read, with those of the folders in them.
    var listable: [String] = []
    var runnable: [String] = []
    /// Besides the folder that it works in.
    var writable: [String] = []

    /// What every process needs of the system.
    static let system = Files(
      readable: [
        "/usr/share", "/etc/ld.so.cache", "/etc/localtime", "/etc/passwd", "/etc/group",
        "/etc/nsswitch.conf", "/etc/hosts", "/etc/resolv.conf", "/proc/cpuinfo", "/proc/meminfo",
        "/proc/stat", "/proc/sys/kernel", "/proc/sys/vm", "/sys/devices/system", "/sys/fs/cgroup",
        "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random",
      ],
      runnable: ["/lib", "/lib64", "/usr/lib", "/usr/lib64"], writable: ["/dev/null"])
  }

  /// What the process is, and so what it needs.
  enum Role: Codable, Hashable {
    /// A reader's program; looks at files in the folder `inputs` are noted, with nil none.
    case program(inputs: String?)
    /// A compiler, a linker or the like: it may start processes of its own.
    case tool
  }

  var executable: String
  /// Those behind its name.
  var arguments: [String] = []
  /// All that it sees; nothing is inherited.
  var environment: [String: String]
  /// The launch's own: the process works in the folder `work` in it, and what it leaves goes to files next
  /// to that.
  var folder: String
  var limits: Limits
  var role: Role
  var isConfined: Bool
  var files = Files()
  /// Later versions of Landlock are not used; for tests.
  var landlock = Int.max

  var workFolder: String { folder + "/work" }
  var outputPath: String { folder + "/output" }
  var errorsPath: String { folder + "/errors" }
  var recordsPath: String { folder + "/records" }
  /// Where the launch itself is handed over.
  var path: String { folder + "/launch.json" }
}

/// What a launcher tells when the process has ended; it travels as the launcher's output.
struct LaunchReport: Codable, Hashable {
  enum End: Codable, Hashable {
    case exited(Int32)
    /// A signal of the process's own making or the kernel's answer to what it did.
    case signalled(Int32)
    /// A signal that neither the process nor its launcher sent.
    case killed(Int32)
    case timedOut
    case exceeded(Excess)
    case interrupted
    /// The launcher could not do its work: what, and the system's number for why.
    case failed(doing: String, code: Int32)
  }

  var end: End
  var seconds: Double
  var peakMemoryBytes: Int
  /// The files in the launch's `inputs` that it looked at, with their stamps from before.
  var inputs: [String: String] = [:]
}
