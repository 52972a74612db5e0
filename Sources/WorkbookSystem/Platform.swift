import Foundation

// What differs by system in this target; all else is POSIX and Foundation.

#if os(Linux)
  extension stat {
    var modified: timespec { st_mtim }
    var changed: timespec { st_ctim }
  }

  typealias SpawnActions = posix_spawn_file_actions_t
  typealias SpawnAttributes = posix_spawnattr_t
  var noSpawnActions: SpawnActions { SpawnActions() }
  var noSpawnAttributes: SpawnAttributes { SpawnAttributes() }
  /// What more to ask for when a process starts.
  let spawnFlags: Int32 = 0
  /// Has a process that starts close whatever else it would inherit, as far as the C library can: glibc 2.34.
  func closeDescriptors(from first: Int32, in actions: inout SpawnActions) {
    typealias Function =
      @convention(c) (UnsafeMutablePointer<SpawnActions>, Int32) -> Int32
    guard let address = dlsym(dlopen(nil, RTLD_NOW), "posix_spawn_file_actions_addclosefrom_np")
    else { return }
    // The function of that name has this type wherever there is one.
    _ = unsafeBitCast(address, to: Function.self)(&actions, first)
  }

  /// POSIX_SPAWN_SETSID, which the C library's module leaves out.
  let spawnSession: Int32 = 0x80

  /// A socket of TCP that no process inherits.
  func streamSocket() -> Int32 {
    socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  }
  func acceptConnection(_ listener: Int32) -> Int32 {
    // accept4, which would do both at once, the C library's module leaves out.
    let descriptor = accept(listener, nil, nil)
    if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    return descriptor
  }
  /// Whether a connection of TCP on this machine is from a socket of this user's.
  func isOwnConnection(from there: sockaddr_in, to here: sockaddr_in) -> Bool {
    func word(_ address: sockaddr_in) -> String {
      func padded(_ number: UInt32, _ count: Int) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: count - digits.count) + digits
      }
      return padded(address.sin_addr.s_addr, 8) + ":"
        + padded(UInt32(UInt16(bigEndian: address.sin_port)), 4)
    }
    let list = FileHandle(forReadingAtPath: "/proc/net/tcp")
    let text = String(decoding: (try? list?.readToEnd()) ?? Data(), as: UTF8.self)
    // `12: 0100007F:D431 0100007F:1F90 01 … … … 1000 …`: from, to, state and, seventh, the user.
    return text.split(separator: "\n").contains { line in
      let fields = line.split(separator: " ")
      return fields.count > 7 && fields[1] == word(there) && fields[2] == word(here)
        && fields[7] == "\(geteuid())"
    }
  }
  /// Of `send`, so that no signal comes where nobody hears it.
  let sendFlags = Int32(MSG_NOSIGNAL)
  /// POLLRDHUP, which the C library's module leaves out.
  let hungUp: Int16 = 0x2000
  /// Has each of two names lead where the other led, at once; false where that cannot be.
  package func exchangeFiles(_ a: String, _ b: String) -> Bool {
    typealias Function =
      @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    // The C library's module leaves it out, and what it calls RENAME_EXCHANGE.
    guard let address = dlsym(dlopen(nil, RTLD_NOW), "renameat2") else { return false }
    // The function of that name has this type wherever there is one.
    return unsafeBitCast(address, to: Function.self)(AT_FDCWD, a, AT_FDCWD, b, 2) == 0
  }
  /// What shows a page of the web to the user.
  package let browserOpener = "xdg-open"

  /// Whether this process was started with a signal ignored, or ignores it by now.
  package func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    sigaction(signal, nil, &action)
    // SIG_IGN is no function but the number 1 in a pointer's place.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// Kills the process, which leads a group, with all that it has started, in whatever groups.
  func killTree(_ root: pid_t) {
    // It starts nothing more meanwhile.
    kill(root, SIGSTOP)
    for process in ProcessTree.below(root) { kill(process, SIGKILL) }
    kill(-root, SIGKILL)
  }

  /// This process's own executable.
  package var ownExecutable: String { realPath("/proc/self/exe") ?? CommandLine.arguments[0] }
  /// Why a process may see no word of its command line, not even its name.
  package let noCommandLine = "there is no /proc to read the command line from; mount it"
#else
  extension stat {
    var modified: timespec { st_mtimespec }
    var changed: timespec { st_ctimespec }
  }

  typealias SpawnActions = posix_spawn_file_actions_t?
  typealias SpawnAttributes = posix_spawnattr_t?
  var noSpawnActions: SpawnActions { nil }
  var noSpawnAttributes: SpawnAttributes { nil }
  let spawnFlags = POSIX_SPAWN_CLOEXEC_DEFAULT
  /// By that flag it does.
  func closeDescriptors(from first: Int32, in actions: inout SpawnActions) {}
  let spawnSession = POSIX_SPAWN_SETSID

  func streamSocket() -> Int32 { silent(socket(AF_INET, SOCK_STREAM, 0)) }
  func acceptConnection(_ listener: Int32) -> Int32 { silent(accept(listener, nil, nil)) }
  let sendFlags: Int32 = 0
  let hungUp = Int16(POLLHUP)
  /// The system does not tell.
  func isOwnConnection(from there: sockaddr_in, to here: sockaddr_in) -> Bool { true }
  package func exchangeFiles(_ a: String, _ b: String) -> Bool {
    renamex_np(a, b, UInt32(RENAME_SWAP)) == 0
  }
  package let browserOpener = "open"
  package func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    sigaction(signal, nil, &action)
    return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
  }
  /// The system does not tell what is below it.
  func killTree(_ root: pid_t) { kill(-root, SIGKILL) }

  private func silent(_ descriptor: Int32) -> Int32 {
    if descriptor < 0 { return descriptor }
    var isOn: Int32 = 1
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
    return descriptor
  }

  package var ownExecutable: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }
  package let noCommandLine = "there is no command line"
#endif
