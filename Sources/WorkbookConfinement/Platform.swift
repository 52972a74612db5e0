import Foundation
import WorkbookSystem

// What differs by system in this target, beside files that are Linux's as a whole; all else is POSIX and Foundation.

#if os(Linux)
  extension Confinement {
    /// What the system lacks; empty where programs are confined in full.
    package static let missing = Means.allCases.filter { means in
      switch means {
      case .landlock: Landlock.version < 3
      case .seccomp: !SystemCallFilter.isAvailable
      }
    }
  }

  extension Launch {
    /// Runs the process to its end.
    ///
    /// - Parameter runner: has nothing to read until then, unless the process is to be stopped.
    func run(for runner: LaunchChannel) -> LaunchReport {
      isConfined ? Launcher.run(self, for: runner) : PlainLauncher.run(self, for: runner)
    }
  }

  extension Supervision {
    /// Starts the executable again with `argument` before `arguments`, and ends with it.
    ///
    /// Returns where the system has no room for more processes, or no means to it.
    package static func restart(_ arguments: [String], opensPages: Bool) {
      Supervisor.restart(arguments, opensPages: opensPages)
    }
  }

  /// Makes what loses its parent below this process a child of this one.
  func adoptOrphans() {
    _ = SystemCall.call("prctl", SystemCall.Process.setChildSubreaper, 1)
  }

  /// Kills what is below this process, until nothing is.
  func killChildren() { Supervisor.killChildren() }

  extension Limits {
    /// What the kernel watches.
    var ofKernel: [(resource: __rlimit_resource_t, soft: Int, hard: Int)] {
      let all: [(__rlimit_resource, Int, Int)] = [
        // Not even to a program that collects them: of 1, the kernel makes none.
        (RLIMIT_CORE, 1, 1), (RLIMIT_NOFILE, 256, 256), (RLIMIT_FSIZE, fileBytes, fileBytes),
        (RLIMIT_DATA, memoryBytes, memoryBytes), (RLIMIT_STACK, 8 << 20, 8 << 20),
        (RLIMIT_AS, addressBytes, addressBytes),
        // The signal comes before the end.
        (RLIMIT_CPU, processorSeconds, processorSeconds + 5),
        (__RLIMIT_MEMLOCK, 0, 0), (__RLIMIT_MSGQUEUE, 0, 0), (__RLIMIT_SIGPENDING, 4096, 4096),
      ]
      return all.map { (__rlimit_resource_t($0.rawValue), $1, $2) }
    }
  }

  extension rusage {
    var peakMemoryBytes: Int { ru_maxrss * 1024 }
  }

  extension LaunchChannel {
    /// Two ends that no other process gets that is started meanwhile.
    static func socketPair() -> [Int32]? {
      var ends: [Int32] = [-1, -1]
      let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
      return socketpair(AF_UNIX, type, 0, &ends) == 0 ? ends : nil
    }

    /// Of `send`, so that no signal comes where nobody hears it.
    static let sendFlags = Int32(MSG_NOSIGNAL)
  }
#else
  extension Confinement {
    package static let missing = Means.allCases
  }

  extension Launch {
    func run(for runner: LaunchChannel) -> LaunchReport { PlainLauncher.run(self, for: runner) }
  }

  extension Supervision {
    package static func restart(_ arguments: [String], opensPages: Bool) {}
  }

  func adoptOrphans() {}
  func killChildren() {}

  extension Limits {
    var ofKernel: [(resource: Int32, soft: Int, hard: Int)] {
      [
        (RLIMIT_CORE, 0, 0), (RLIMIT_NOFILE, 256, 256), (RLIMIT_FSIZE, fileBytes, fileBytes),
        (RLIMIT_CPU, processorSeconds, processorSeconds + 5),
      ]
    }
  }

  extension rusage {
    var peakMemoryBytes: Int { ru_maxrss }
  }

  struct ProcessUse {
    private(set) var threadCount = 0
    private(set) var residentBytes = 0

    init(_ pid: pid_t) {
      var info = proc_taskinfo()
      let size = Int32(MemoryLayout<proc_taskinfo>.size)
      guard proc_pidinfo(pid, PROC_PIDTASKINFO, 0, &info, size) == size else { return }
      threadCount = Int(info.pti_threadnum)
      residentBytes = Int(info.pti_resident_size)
    }

    var proportionalBytes: Int? { residentBytes }

    func removedFiles(of folder: String) -> [(inode: UInt64, bytes: Int?)] { [] }
  }

  extension LaunchChannel {
    static func socketPair() -> [Int32]? {
      var ends: [Int32] = [-1, -1]
      guard socketpair(AF_UNIX, SOCK_STREAM, 0, &ends) == 0 else { return nil }
      var isOn: Int32 = 1
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        setsockopt(end, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
      }
      return ends
    }

    static let sendFlags: Int32 = 0
  }
#endif
