import Foundation

/// How far the system can hold a program to its limits.
package enum Confinement {
  /// What of the system's guards what a program does.
  package enum Means: Hashable, Sendable, CaseIterable {
    /// Files.
    case landlock
    /// Network and processes.
    case seccomp
  }

  package enum Level: String, Codable, Comparable, Sendable {
    case none, partial, full

    package static func < (a: Level, b: Level) -> Bool {
      b == .full ? a != .full : b == .partial && a == .none
    }
  }

  /// How far programs are confined here, if they are to be.
  package static var level: Level {
    missing.isEmpty ? .full : missing.count < Means.allCases.count ? .partial : .none
  }

  /// The hidden first argument that makes the runner's executable a launcher.
  package static let launcherArgument = "__confine"
  /// The bytes of memory, never to be had, that a program asks for when a signal ends it: so the launcher
  /// looks at it while there is something to see.
  package static let lastWish = 0x7fff_ffff_f000
}

/// The launcher's whole life, one launch after another from its standard input: for an executable to hand
/// its process over when its first argument is `Confinement.launcherArgument`.
package func confinedMain() -> Never {
  let runner = LaunchChannel(descriptor: STDIN_FILENO)
  while let message = runner.receive() {
    guard let launch = try? JSONDecoder().decode(Launch.self, from: Data(message)),
      runner.send(launch.run(for: runner))
    else { exit(64) }
  }
  exit(0)
}
