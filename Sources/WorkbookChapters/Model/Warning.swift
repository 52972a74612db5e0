/// Something worth telling that fails nothing.
package struct Warning: Codable, Hashable, Sendable {
  package enum Problem: Codable, Hashable, Sendable {
    /// Only the end of the file, or of the doc comment, closes a fence.
    case unclosedFence(inComment: Bool)
    /// A `Prints` comment in a cell that never runs.
    case ignoredPrints
    /// What a cell prints and no expectation covers.
    case unchecked(lineCount: Int)
    /// Cells from here on were not tried one by one, for it took so long.
    case untried(cells: Int, seconds: Double)
    /// The compiler's own words.
    case compiler(String)
  }

  package var location: Location
  package var problem: Problem

  package init(_ problem: Problem, at location: Location) {
    self.location = location
    self.problem = problem
  }
}
