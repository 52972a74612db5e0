#if os(Linux)
  import Foundation
  import WorkbookSystem

  /// The kernel's access control that a process puts on itself and on all that come after it.
  enum Landlock {
    /// 0 where there is none.
    ///
    /// Version 3 is the first that covers the cutting of files.
    static var version: Int {
      max(0, SystemCall.call("landlock_create_ruleset", 0, 0, askForVersion))
    }

    /// LANDLOCK_CREATE_RULESET_VERSION.
    private static let askForVersion = 1
    /// LANDLOCK_RULE_PATH_BENEATH.
    private static let ruleOfPath = 1
    /// LANDLOCK_ACCESS_NET_BIND_TCP, LANDLOCK_ACCESS_NET_CONNECT_TCP.
    private static let bindAndConnect: UInt64 = 1 << 0 | 1 << 1
    /// LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET, LANDLOCK_SCOPE_SIGNAL.
    private static let socketsAndSignals: UInt64 = 1 << 0 | 1 << 1

    private static let execute: UInt64 = 1 << 0
    private static let writeFile: UInt64 = 1 << 1
    private static let readFile: UInt64 = 1 << 2
    private static let readFolder: UInt64 = 1 << 3
    private static let truncate: UInt64 = 1 << 14

    /// Everything that can be forbidden in files; later versions know more.
    private static func allAccess(_ version: Int) -> UInt64 {
      let bits = [0, 13, 14, 15, 15, 16][min(version, 5)]
      return (1 << UInt64(bits)) - 1
    }

    /// Forbids this process all files but those given, TCP, abstract sockets, and signals to the outside, as
    /// far as the kernel's version goes.
    ///
    /// Paths where nothing is are passed over.
    ///
    /// - Parameters:
    ///   - withoutTCP: false where the process has a network of its own.
    ///   - limit: no later version is used.
    /// - Returns: false, and `errno`, where the kernel refuses.
    static func restrict(to files: Launch.Files, withoutTCP: Bool, limit: Int) -> Bool {
      let version = min(version, limit)
      guard version > 0 else {
        errno = ENOSYS
        return false
      }
      let all = allAccess(version)
      var attributes: (files: UInt64, network: UInt64, scopes: UInt64) = (
        all, version >= 4 && withoutTCP ? bindAndConnect : 0, version >= 6 ? socketsAndSignals : 0
      )
      let size = version >= 6 ? 24 : version >= 4 ? 16 : 8
      let ruleset = withUnsafeMutablePointer(to: &attributes) {
        SystemCall.call("landlock_create_ruleset", Int(bitPattern: $0), size, 0)
      }
      guard ruleset >= 0 else { return false }
      defer { close(Int32(ruleset)) }

      func allow(_ access: UInt64, _ path: String) -> Bool {
        let descriptor = open(path, SystemCall.pathOnly | O_CLOEXEC)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var status = stat()
        fstat(descriptor, &status)
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        let fileAccess = execute | writeFile | readFile | truncate
        // `landlock_path_beneath_attr`: 12 bytes without padding.
        var rule: (access: UInt64, descriptor: Int32) = (
          access & all & (isFolder ? ~0 : fileAccess), descriptor
        )
        return withUnsafeMutablePointer(to: &rule) {
          SystemCall.call("landlock_add_rule", ruleset, ruleOfPath, Int(bitPattern: $0), 0)
        } == 0
      }
      return files.readable.allSatisfy { allow(readFile | readFolder, $0) }
        && files.listable.allSatisfy { allow(readFolder, $0) }
        && files.runnable.allSatisfy { allow(execute | readFile | readFolder, $0) }
        && files.writable.allSatisfy { allow(all & ~execute, $0) }
        && SystemCall.call("landlock_restrict_self", ruleset, 0) == 0
    }
  }
#endif
