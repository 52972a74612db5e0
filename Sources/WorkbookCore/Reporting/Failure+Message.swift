import WorkbookChapters

extension Failure {
  /// The problem and the way out, in one or two lines.
  package var message: String {
    switch problem {
    case .file(let problem): problem.message
    case .format(let problem): problem.message
    case .compile(let problem): problem.message
    case .run(let problem): problem.message
    case .notRun(let problem): problem.message
    case .check(let problem): problem.message
    case .fault(let fault): fault.message
    }
  }
}
