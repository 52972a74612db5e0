/// Ends the program over a mistake of the caller.
///
/// Not `preconditionFailure`, which keeps its message to itself in a release build.
@inline(never)
package func fail(_ message: String) -> Never { fatalError(message) }

/// Ends the program with a message unless a condition of the caller's holds.
@inline(__always)
package func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fail(message()) }
}
