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
  /// POSIX_SPAWN_SETSID, which the C library's module leaves out.
  let spawnSession: Int32 = 0x80

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
  let spawnSession = POSIX_SPAWN_SETSID

  package var ownExecutable: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }
  package let noCommandLine = "there is no command line"
#endif
