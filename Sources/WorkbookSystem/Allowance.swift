/// What a program may do besides, where its chapter says so; it stays confined in all else.
package enum Allowance: String, CaseIterable, Codable, Comparable, Sendable {
  /// Starting processes, which are confined with it.
  case process
  /// A network of its own, in which there is itself alone.
  case loopback

  package static func < (a: Allowance, b: Allowance) -> Bool { a.rawValue < b.rawValue }
}
