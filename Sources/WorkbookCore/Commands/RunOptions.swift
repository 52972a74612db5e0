/// What `workbook run` was asked for.
package struct RunOptions: Hashable, Sendable {
  package enum Format: String, CaseIterable, Sendable {
    case text, short, json
    case jsonLines = "json-lines"
  }

  package enum Sandbox: Sendable { case preferred, required, off }

  package var paths: [String]
  package var updates = false
  package var watches = false
  /// Whether the exercises alone are run, and what stands in them is taken for an answer.
  package var checksExercises = false
  /// A regular expression that must match in `path#program`.
  package var filter: String?
  package var onlyLastFailed = false
  /// A revision of git, since which chapters must have changed.
  package var changedSince: String?
  package var showsOutput = false
  /// Nothing of what passes.
  package var isQuiet = false
  package var showsPlots = false
  /// nil where the terminal decides.
  package var hasColour: Bool?
  package var format = Format.text
  package var reports: [ReportRequest] = []
  /// Programs at a time; nil for as many as there are cores.
  package var jobs: Int?
  package var stopsAtFirstFailure = false
  /// Whether a program that is skipped or only compiled has failed.
  package var isStrict = false
  package var shard: Shard?
  package var usesCache = true
  /// Whether what programs were compiled from stays.
  package var savesTemps = false
  package var sandbox = Sandbox.preferred
  package var build = BuildOptions()
  /// Whether indented code, and fences without a language, are cells.
  package var readsPlainCode = false

  package init(paths: [String]) {
    self.paths = paths
  }
}
