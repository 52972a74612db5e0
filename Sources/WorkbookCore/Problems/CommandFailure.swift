import Foundation
import WorkbookSystem
import WorkbookChapters

/// Everything that is wrong with the paths that a command was given.
struct FileProblems: Error {
  var problems: [FileProblem]
}

/// Says why a command could not do its work, and returns what the shell is told.
package func tell(_ error: any Error, _ write: (String) -> Void) -> ExitCode {
  let (messages, code): ([String], ExitCode) =
    switch error {
    case let error as FileProblems: (error.problems.map(\.message), .unreadable)
    case let error as CommandError: ([error.message], error.exitCode)
    case Fault.cancelled, is CancellationError: (["interrupted"], .interrupted)
    case let fault as Fault: ([fault.message], .fault)
    default: (["\(error)"], .fault)
    }
  for message in messages { write("error: \(printable(message))\n") }
  return code
}

/// Turns what Foundation throws into an error that names the path.
package func writing<R>(_ path: String, _ body: () throws -> R) throws(CommandError) -> R {
  do { return try body() } catch { throw .cannotWrite(path: path, reason: reason(error)) }
}
