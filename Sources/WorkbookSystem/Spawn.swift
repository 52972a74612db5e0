import Foundation

/// Starts a program in a process group of its own, with every signal as at first; nil, and `errno`, where that
/// cannot be.
///
/// - Parameters:
///   - environment: all that it sees; nothing is inherited.
///   - descriptors: its own from 0 on, nil for an empty input; of this process's it gets no others.
///   - isSession: whether it leads a session as well, without a terminal.
package func spawn(
  _ executable: String, _ arguments: [String], _ environment: [String: String],
  descriptors: [Int32?], isSession: Bool = false
) -> pid_t? {
  var actions = noSpawnActions
  var attributes = noSpawnAttributes
  posix_spawn_file_actions_init(&actions)
  posix_spawnattr_init(&attributes)
  for (own, descriptor) in zip(Int32(0)..., descriptors) {
    if let descriptor {
      posix_spawn_file_actions_adddup2(&actions, descriptor, own)
    } else {
      posix_spawn_file_actions_addopen(&actions, own, "/dev/null", O_RDONLY, 0)
    }
  }
  closeDescriptors(from: Int32(descriptors.count), in: &actions)
  // Who leads a session leads a group.
  let group = isSession ? spawnSession : POSIX_SPAWN_SETPGROUP
  posix_spawnattr_setflags(
    &attributes, Int16(group | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | spawnFlags))
  posix_spawnattr_setpgroup(&attributes, 0)
  var signals = sigset_t()
  sigfillset(&signals)
  posix_spawnattr_setsigdefault(&attributes, &signals)
  sigemptyset(&signals)
  posix_spawnattr_setsigmask(&attributes, &signals)

  let environment = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  var pid: pid_t = 0
  let code = withCStrings([executable] + arguments) { arguments in
    withCStrings(environment) { environment in
      posix_spawn(&pid, executable, &actions, &attributes, arguments, environment)
    }
  }
  posix_spawn_file_actions_destroy(&actions)
  posix_spawnattr_destroy(&attributes)
  errno = code
  return code == 0 ? pid : nil
}

/// Whether the child has ended; it stays a zombie, so that its id is nobody else's yet.
package func hasEnded(_ child: pid_t) -> Bool {
  var info = siginfo_t()
  return waitid(P_PID, id_t(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0
    && info.si_signo == SIGCHLD
}

/// Calls `body` with the strings as C expects an argument vector.
package func withCStrings<R>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
) -> R {
  var pointers = strings.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
}
