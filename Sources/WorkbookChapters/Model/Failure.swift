import WorkbookSystem

/// One thing that is wrong with a chapter, as facts; `message` in Reporting turns them into prose.
package struct Failure: Error, Hashable, Sendable {
  /// What a report calls the failure: `kind` in the JSON of `run`.
  package enum Kind: String, Sendable {
    case format, compile, mismatch, convergence, trap, timeout, limit
    case fault = "internal"
  }

  /// The facts, by the stage that found them.
  package enum Problem: Hashable, Sendable {
    case file(FileProblem)
    case format(FormatProblem)
    case compile(CompileProblem)
    case run(RunProblem)
    case check(CheckProblem)
    case fault(Fault)
  }

  package var location: Location
  package var problem: Problem

  package init(_ problem: Problem, at location: Location) {
    self.problem = problem
    self.location = location
  }

  /// Whether a program ended otherwise than it should.
  var isOfEnd: Bool {
    switch problem {
    case .run, .check(.endedEarly), .check(.otherTrap), .check(.doesNotTrap): true
    default: false
    }
  }
}
