import WorkbookSystem
import WorkbookConfinement

/// Why a command could not do its work, apart from what is wrong in chapters.
package enum CommandError: Error, Hashable, Sendable {
  case exists(path: String)
  case cannotWrite(path: String, reason: String)
  case cannotRead(path: String, reason: String)
  case notAReport(path: String, ReportProblem)
  case noShard(path: String)
  case shardsDiffer(path: String, count: Int, expected: Int)
  case plansDiffer(path: String)
  case shardTwice(index: Int, path: String)
  case shardsMissing([Int], count: Int)
  case nothingToExport(chapter: String)
  case notOneChapter(path: String, count: Int)
  case fileAndFolder(String, String)
  case noChapters
  case noExercises(paths: [String])
  case noMatch(filter: String)
  case noChanges(revision: String, folder: String, reason: String)
  case noSite
  case noBrowser(names: [String])
  case cannotConfine(missing: [Confinement.Means])
  case fewFiles(limit: Int)

  /// What keeps a file from being a report of `run`.
  package enum ReportProblem: Hashable, Sendable {
    case missing(key: String)
    /// Another thing than expected stands there; nil for the whole.
    case otherThing(key: String?)
    case impossibleNumber(key: String)
    /// Or a number is too large.
    case notJSON
  }
}

/// Turns what Foundation throws into an error that names the path.
package func writing<R>(_ path: String, _ body: () throws -> R) throws(CommandError) -> R {
  do { return try body() } catch { throw .cannotWrite(path: path, reason: reason(error)) }
}
