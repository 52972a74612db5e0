import Foundation
import WorkbookSystem
import WorkbookChapters

extension CheckProblem {
  /// The problem and the way out.
  package var message: String {
    switch self {
    case .differs(let difference): difference.message
    case .missingLine(let expected):
      "the line '\(expected)' is not printed; remove it, or run with --update, which rewrites output blocks"
    case .extraLine(let actual):
      "the line '\(actual)' is printed here but not expected; add it, or run with --update, which "
        + "rewrites output blocks"
    case .tooManyWays:
      "the output fits the '...' lines in too many ways to try; name more lines of it"
    case .otherNumber(let written, let printed, let line):
      "the text says \(written), but the program prints \(printed), in '\(line)'; correct it, or run "
        + "with --update"
    case .noSuchLine(let label):
      "no line is printed that begins with '\(label)' and has a number behind it; name one that is"
    case .noCurve:
      "the program prints no three lines of a step and a number: there is no curve to show; print them, or "
        + "remove 'curve'"
    case .missingPicture(let file):
      "there is no picture '\(file)' yet; run with --update, which draws it"
    case .otherPicture(let file):
      "the picture '\(file)' does not show what the program prints; run with --update, which draws it anew"
    case .aboveBound(let last, let bound):
      "the last number printed is \(last), not at most \(bound): it does not converge"
    case .notDecreasing("", let next):
      "the trajectory does not decrease: it begins with '\(next)'"
    case .notDecreasing(let previous, let next):
      "the trajectory does not decrease: '\(next)' follows '\(previous)'"
    case .noNumber(let option):
      "'\(option)' finds no number in what is printed; print one, or remove the option"
    case .doesNotTrap(let end):
      "this cell must end with a runtime error, but the program \(end.words); remove 'traps'"
    case .otherTrap(let expected, let actual):
      "this cell must end with a runtime error that contains '\(expected)', but says "
        + "'\(shortened(actual.utf8))'"
    case .startPasses:
      "the start of this exercise passes already; take the answer out, or let the solution's output tell "
        + "the two apart (an answer is checked with --exercises)"
    case .endedEarly:
      "the program exits before this cell begins; take the exit out or put it into the last cell"
    }
  }
}

extension CheckProblem.Difference {
  fileprivate var message: String {
    var message = "expected '\(expectedLine)', printed '\(actualLine)'"
    guard let absoluteError else { return message }
    message += "\n'\(actual)' is off by \(short(absoluteError))"
    if let relativeError { message += " (\(percent(relativeError)) %)" }
    if let step { message += " at step \(step)" }
    if let passingOption { message += "; \(passingOption) would let the block pass" }
    return message
  }

  private func percent(_ ratio: Double) -> String {
    let percent = ratio * 100
    return (99.5..<1e6).contains(percent) ? String(format: "%.0f", percent) : short(percent)
  }
}

extension Transcript.End {
  fileprivate var words: String {
    switch self {
    case .exited(let code): "exited with code \(code)"
    case .trapped(let message, _): "trapped before it: \(shortened(message.utf8))"
    case .timedOut: "took too long"
    case .exceeded(let excess): "was stopped: it \(excess.message)"
    case .killed(let signal): "was ended from outside: \(signalName(signal))"
    case .interrupted: "was interrupted"
    }
  }
}
