import WorkbookSystem
import WorkbookChapters

extension CommandError: HasMessage {}
extension Drift: HasMessage {}
extension Failure: HasMessage {}
extension Fault: HasMessage {}

/// What an error says; one that is none of ours has its own words.
package func messages(of error: any Error) -> [String] {
  switch error {
  case let error as FileProblems: error.problems.map(\.message)
  case let error as any HasMessage: [error.message]
  case is CancellationError: [Fault.cancelled.message]
  default: ["\(error)"]
  }
}
