import Foundation

/// A fault of the machine or of our own, not of the chapter's.
package enum Fault: Error, Hashable, Sendable {
  /// A system call or tool failed: what was being done, and the system's words.
  case system(doing: String, reason: String)
  /// No Swift compiler in these folders, those of `PATH`.
  case noCompiler(searched: [String])
  /// The library that the chapters import does not build: SwiftPM's own words, line by line.
  case libraryDoesNotBuild(package: String, lines: [String])
  /// A package whose manifest another user could have written, so that it is not to be run.
  case strangersPackage(manifest: String, owner: String)
  /// The work was given up because somebody asked for it, by Control-C as a rule.
  case cancelled
}

extension Fault {
  /// The system call just made failed.
  package static func lastError(doing: String) -> Fault {
    .system(doing: doing, reason: String(cString: strerror(errno)))
  }
}
