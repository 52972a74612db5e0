import WorkbookChapters

/// All that compiling and running a program left, before what it printed is checked.
package struct Outcome: Sendable {
  /// Errors of the compiler in its cells, and cells that should have failed to compile and did not.
  package var failures: [Failure]
  /// Of the cells that must fail to compile.
  package var checks: [Check]
  package var warnings: [Warning]
  package var compileSeconds: Double
  /// Nil where it did not compile or was not to run.
  package var transcript: Transcript?
  /// Whether compiling the same program would fare the same again.
  package var compilesRepeatably: Bool

  package init(
    failures: [Failure] = [], checks: [Check] = [], warnings: [Warning] = [],
    compileSeconds: Double = 0, transcript: Transcript? = nil, compilesRepeatably: Bool = true
  ) {
    self.failures = failures
    self.checks = checks
    self.warnings = warnings
    self.compileSeconds = compileSeconds
    self.transcript = transcript
    self.compilesRepeatably = compilesRepeatably
  }

  /// Whether another run of the same program could end otherwise through no change of its own: what a
  /// slow or a full machine does is no property of the program.
  var dependsOnMachine: Bool {
    switch transcript?.end {
    case nil, .exited, .trapped: !compilesRepeatably
    case .timedOut, .exceeded, .killed, .interrupted: true
    }
  }
}
