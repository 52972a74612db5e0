import WorkbookChapters

/// What a training loop prints: a value at each of some steps.
struct Trajectory: Hashable, Sendable {
  var points: [StepPoint] = []

  /// The longest run of lines that are a step, which grows, and a number; nil where no two lines are.
  init?(_ output: [UInt8]) {
    var runs = StepRuns()
    for run in runs.read(output) + [runs.last] where run.points.count > points.count {
      points = run.points
    }
    guard points.count > 1 else { return nil }
  }
}
