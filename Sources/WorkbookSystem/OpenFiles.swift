import Foundation

/// How many files this process may have open at once, and what that is enough for.
package enum OpenFiles {
  package static var limit: Int {
    let limit = sysconf(Int32(_SC_OPEN_MAX))
    return limit < 0 ? .max : limit
  }

  /// What it takes to run one program.
  package static let least = 24

  /// How many programs may run at a time, each with its pipes and files.
  package static func jobs(within limit: Int) -> Int { max(1, (limit - least) / 8 + 1) }
}
