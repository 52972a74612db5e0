import WorkbookSystem
import WorkbookChapters

/// Everything that is wrong with the paths that a command was given.
struct FileProblems: Error {
  var problems: [FileProblem]
}

/// Turns what Foundation throws into an error that names the path.
package func writing<R>(_ path: String, _ body: () throws -> R) throws(CommandError) -> R {
  do { return try body() } catch { throw .cannotWrite(path: path, reason: reason(error)) }
}
