/// How far the system can hold a program to its limits.
package enum Confinement {
  /// The hidden first argument that makes the runner's executable a launcher.
  package static let launcherArgument = "__confine"
  /// The bytes of memory, never to be had, that a program asks for when a signal ends it: so the launcher
  /// looks at it while there is something to see.
  package static let lastWish = 0x7fff_ffff_f000

  /// What the system lacks, a few words each; empty where programs are confined in full.
  package static let missing: [String] = {
    #if os(Linux)
      var missing: [String] = []
      if Landlock.version < 3 { missing.append("Landlock (Linux 6.2 or newer) to guard files") }
      if !SystemCallFilter.isAvailable {
        missing.append("seccomp (Linux 5.5 or newer) to guard network and processes")
      }
      return missing
    #else
      return ["Linux"]
    #endif
  }()
}
