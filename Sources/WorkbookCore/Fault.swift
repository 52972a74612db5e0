/// A fault of the machine or of our own, not of the chapter's.
package enum Fault: Error, Hashable, Sendable {
  /// A system call or tool failed: what was being done, and the system's words.
  case system(doing: String, reason: String)
}
