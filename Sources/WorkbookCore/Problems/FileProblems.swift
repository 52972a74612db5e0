import WorkbookChapters

/// Everything that is wrong with the paths that a command was given.
package struct FileProblems: Error {
  package var problems: [FileProblem]

  package init(problems: [FileProblem]) { self.problems = problems }
}
