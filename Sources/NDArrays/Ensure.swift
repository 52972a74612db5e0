/// Stops the program with `message` unless `condition` holds.
///
/// Like `precondition`, but the message is also printed by optimised builds, which is how readers
/// run chapters.
@inline(__always)
package func ensure(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition { fail(message(), file, line) }
}

@inline(never)
private func fail(_ message: String, _ file: StaticString, _ line: UInt) -> Never {
  fatalError(message, file: file, line: line)
}
