import WorkbookChapters

/// All that compiling and running a program left, before what it printed is checked.
struct Outcome: Sendable {
  /// Errors of the compiler in its cells, and cells that should have failed to compile and did not.
  var failures: [Failure] = []
  /// The cells that are no part of what ran, by their indices.
  var leftOut: [Int: CellObstacle] = [:]
  /// Of the cells that must fail to compile.
  var checks: [Check] = []
  var warnings: [Warning] = []
  var compileSeconds = 0.0
  /// Nil where it did not compile or was not to run.
  var transcript: Transcript?
  /// Whether compiling the same program would fare the same again.
  var compilesRepeatably = true

  /// Whether another run of the same program could end otherwise through no change of its own: what a
  /// slow or a full machine does is no property of the program.
  var dependsOnMachine: Bool {
    switch transcript?.end {
    case nil, .exited, .trapped: !compilesRepeatably
    case .timedOut, .exceeded, .killed, .interrupted: true
    }
  }
}
