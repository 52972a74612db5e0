/// What a training loop prints: a value at each of some steps.
package struct Trajectory: Hashable, Sendable {
  package var points: [StepPoint] = []

  /// The longest run of lines that are a step, which grows, and a number; nil where no two lines are.
  package init?(lines: some Sequence<Substring>) {
    var runs = StepRuns()
    for line in lines {
      if let run = runs.read(line), run.points.count > points.count { points = run.points }
    }
    if let run = runs.end(), run.points.count > points.count { points = run.points }
    guard points.count > 1 else { return nil }
  }

  package init?(text: String) {
    self.init(lines: text.split(separator: "\n", omittingEmptySubsequences: false))
  }
}
