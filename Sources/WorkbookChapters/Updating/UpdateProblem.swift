/// Why an `output` block is not rewritten.
package enum UpdateProblem: Hashable, Sendable {
  /// The program did not end as it should: what it printed proves nothing.
  case programFailed
  /// It would be a `nan` or an infinity that is expected from now on.
  case notFinite(line: String)
  /// The trajectory does not converge.
  case convergence(CheckProblem)
  /// Between `...` lines, no printed line can be told to be the one meant.
  case ambiguous(line: String)
  /// What is printed cannot stand in the block, such as the fence that closes it; or the programs that
  /// share the block print different things.
  case unwritable
  /// What `adopt` wrote, and shares its line with what it did not write.
  case adoptedComment
  /// By somebody else, since it was read.
  case edited
}
