/// The outcome of one expectation.
package struct Check: Hashable, Sendable {
  package enum Kind: String, Sendable { case output, prints, error, traps }
  package enum Status: String, Sendable {
    case passed, failed
    /// Its program never got there.
    case skipped
  }

  package var program: String
  /// The opening fence's line; of `prints` the first comment's.
  package var line: Int
  package var kind: Kind
  package var status: Status
  /// Over the numbers compared; nil where there were none.
  package var maxAbsoluteError: Double?
  package var maxRelativeError: Double?
}
