import WorkbookSystem

/// One thing that is wrong with a chapter, as facts; `message` in Reporting turns them into prose.
package struct Failure: Error, Hashable, Sendable {
  /// What a report calls the failure: `kind` in the JSON of `run`.
  package enum Kind: String, Codable, Sendable {
    case format, compile, mismatch, convergence, trap, timeout, limit, strict
    case fault = "internal"
  }

  /// The facts, by the stage that found them.
  package enum Problem: Hashable, Sendable {
    case file(FileProblem)
    case format(FormatProblem)
    case compile(CompileProblem)
    case run(RunProblem)
    case notRun(NotRunProblem)
    case check(CheckProblem)
    case fault(Fault)
  }

  package var location: Location
  package var problem: Problem

  package init(_ problem: Problem, at location: Location) {
    self.problem = problem
    self.location = location
  }

  /// What a report calls it.
  package var kind: Kind {
    switch problem {
    case .file, .format: .format
    case .compile(.compilerFailed): .fault
    case .compile: .compile
    case .run(let problem): problem.kind
    case .notRun: .strict
    case .check(let problem): problem.kind
    case .fault(.libraryDoesNotBuild): .compile
    case .fault: .fault
    }
  }

  /// Whether it is what the chapter's package lacks, so that nothing of it runs.
  package var isOfPackage: Bool { if case .fault = problem { true } else { false } }

  /// Whether a program ended otherwise than it should.
  package var isOfEnd: Bool {
    switch problem {
    case .run, .check(.endedEarly), .check(.otherTrap), .check(.doesNotTrap): true
    default: false
    }
  }
}
