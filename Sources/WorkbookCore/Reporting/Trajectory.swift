import WorkbookChapters

/// What a training loop prints: a value at each of some steps.
struct Trajectory: Hashable, Sendable {
  var points: [StepPoint] = []

  /// The longest run of lines that are a step, which grows, and a number; nil where no two lines are.
  init?(_ output: [UInt8]) {
    var runs = StepRuns()
    for line in output.split(separator: UInt8(ascii: "\n")) {
      // No step and number are longer.
      let text = line.count > 500 ? "…" : String(decoding: line, as: UTF8.self)
      if let run = runs.read(text), run.points.count > points.count { points = run.points }
    }
    if let run = runs.end(), run.points.count > points.count { points = run.points }
    guard points.count > 1 else { return nil }
  }
}
