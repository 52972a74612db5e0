#if os(Linux)
  import Foundation
  import WorkbookSystem

  /// A network with nothing in it but this process and its children: no address but 127.0.0.1 and ::1, and these
  /// are not the machine's.
  enum OwnNetwork {
    /// Moves this process there; false, and `errno`, where the system does not let it.
    ///
    /// Without the rights to, it takes a namespace of users of its own, in which it has them: they go, with all
    /// others, before the program begins.
    static func enter() -> Bool {
      if SystemCall.call("unshare", SystemCall.Clone.newNetwork) != 0 {
        let (user, group) = (geteuid(), getegid())
        guard
          SystemCall.call("unshare", SystemCall.Clone.newUsers | SystemCall.Clone.newNetwork) == 0,
          write("deny", to: "setgroups"), write("\(user) \(user) 1", to: "uid_map"),
          write("\(group) \(group) 1", to: "gid_map")
        else { return false }
      }
      return raiseLoopback()
    }

    private static func write(_ text: String, to name: String) -> Bool {
      let descriptor = open("/proc/self/\(name)", O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return false }
      defer { close(descriptor) }
      return Foundation.write(descriptor, text, text.utf8.count) == text.utf8.count
    }

    private static func raiseLoopback() -> Bool {
      let socket = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
      guard socket >= 0 else { return false }
      defer { close(socket) }
      // `ifreq`: a name of 16 bytes, and of the rest two that are flags.
      var request = [UInt8](repeating: 0, count: 40)
      request.replaceSubrange(0..<2, with: "lo".utf8)
      request[16] = UInt8(SystemCall.Interface.isUp)
      return request.withUnsafeMutableBytes {
        SystemCall.call(
          "ioctl", Int(socket), SystemCall.Interface.setFlags, Int(bitPattern: $0.baseAddress))
      } == 0
    }
  }
#endif
