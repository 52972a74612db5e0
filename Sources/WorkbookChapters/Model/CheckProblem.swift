/// How what a program did differs from what its chapter says.
package enum CheckProblem: Hashable, Sendable {
  /// A line is printed, but not as expected.
  case differs(Difference)
  /// A line is not printed.
  case missingLine(expected: String)
  /// A line is printed that is not expected; at the expected line before which it stands.
  case extraLine(actual: String)
  /// The output fits the block's `...` lines in too many ways to try.
  case tooManyWays

  /// A number in prose is not the one printed.
  case otherNumber(written: String, printed: String, line: String)
  /// No line is printed that begins so and has a number behind it.
  case noSuchLine(label: String)

  /// A program prints no curve that an image could show.
  case noCurve
  case missingPicture(file: String)
  /// The file shows something else than what is printed.
  case otherPicture(file: String)

  // Convergence.
  case aboveBound(last: String, bound: Double)
  case notDecreasing(previous: String, next: String)
  /// `below` or `decreasing` finds no number to look at.
  case noNumber(option: String)

  /// A cell that must trap ended otherwise.
  case doesNotTrap(end: Transcript.End)
  case otherTrap(expected: String, actual: String)
  /// The program ended with exit code 0 before this cell began.
  case endedEarly
  /// The start of an exercise's answer already prints what the solution does.
  case startPasses

  /// The two lines, and where they part.
  package struct Difference: Hashable, Sendable {
    package var expectedLine: String
    package var actualLine: String
    /// The number or text that differs; empty where a line has nothing more.
    package var expected: String
    package var actual: String
    /// Of two numbers.
    package var absoluteError: Double?
    package var relativeError: Double?
    /// The integer that the line begins with.
    package var step: Int?
    /// The option that would let the whole block pass (`rtol=2.5e-3`), where only numbers are off.
    package var passingOption: String?
  }

  /// What a report calls it.
  package var kind: Failure.Kind {
    switch self {
    case .differs, .missingLine, .extraLine, .tooManyWays, .otherNumber, .noSuchLine,
      .noCurve, .missingPicture, .otherPicture, .startPasses:
      .mismatch
    case .aboveBound, .notDecreasing, .noNumber: .convergence
    case .doesNotTrap, .otherTrap, .endedEarly: .trap
    }
  }
}
