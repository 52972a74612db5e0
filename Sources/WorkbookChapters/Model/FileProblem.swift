/// Why a path yields no chapter.
package enum FileProblem: Error, Hashable, Sendable {
  case noSuchPath(String)
  case notReadable(String, reason: String)
  case noChapters(folder: String)
  case notAChapter(String)
  case notRegular(String)
  case tooLarge(String)
  /// No cell stands there or above.
  case noProgramAtLine(Int, path: String)
  case noSuchProgram(String, path: String, suggestion: String?)
}
