import WorkbookChapters
import WorkbookSystem

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
  /// The files of the package that macros may have read, with their stamps from before.
  var compileInputs: [String: InputStamp] = [:]

  /// Whether the files that it was made of are still as they were.
  var inputsAreUnchanged: Bool {
    [compileInputs, transcript?.inputs ?? [:]].joined().allSatisfy {
      InputStamp($0.key) == $0.value
    }
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
