import WorkbookChapters

/// Everything that is wrong with the paths that a command was given.
struct FileProblems: Error {
  var problems: [FileProblem]
}
