import WorkbookChapters

extension Failure {
  package var kind: Kind {
    switch problem {
    case .file, .format: .format
    case .compile(.compilerFailed): .fault
    case .compile: .compile
    case .run(let problem): problem.kind
    case .check(let problem): problem.kind
    case .fault(.libraryDoesNotBuild): .compile
    case .fault: .fault
    }
  }

  /// The problem and the way out, in one or two lines.
  package var message: String {
    switch problem {
    case .file(let problem): problem.message
    case .format(let problem): problem.message
    case .compile(let problem): problem.message
    case .run(let problem): problem.message
    case .check(let problem): problem.message
    case .fault(let fault): fault.message
    }
  }
}
