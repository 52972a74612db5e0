/// Facts that a reporter can put into words; these stand in a file `…+Message.swift` of their own.
package protocol HasMessage: Sendable {
  /// The problem and the way out, in one or two lines.
  var message: String { get }
}
