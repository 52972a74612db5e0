import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// What a page says under a block that was checked.
struct Verification {
  var check: Check?
  /// Of an output block; nil of a cell's own checks, whose numbers are held to the digits written.
  var expectation: Expectation?
  /// Why cells of its program were left out.
  var gap: ProgramResult.Gap?

  func sentence(date: String, in words: SiteWords = .english) -> String {
    guard let check, check.status != .skipped else {
      return words.notReached(gap)
    }
    let hasPassed = check.status == .passed
    switch check.kind {
    case .error: return hasPassed ? words.refused(date: date) : words.notRefused(date: date)
    case .traps: return hasPassed ? words.trapped(date: date) : words.notTrapped(date: date)
    case _ where !hasPassed: return words.notPrinted(date: date)
    case .output, .prints, .value, .curve, .exercise, .declares:
      return words.verified(date: date, details: details(in: words))
    }
  }

  private func details(in words: SiteWords) -> [String] {
    var parts: [String] = []
    if check?.maxAbsoluteError != nil {
      switch (expectation?.relativeTolerance, expectation?.absoluteTolerance) {
      case (nil, nil): parts.append(words.toTheDigits)
      case (let relative?, nil): parts.append(words.within(relative: shortest(relative)))
      case (nil, let absolute?): parts.append(words.within(absolute: shortest(absolute)))
      case (let relative?, let absolute?):
        parts.append(
          words.within(absolute: shortest(absolute), relative: shortest(relative)))
      }
    }
    if expectation?.decreasing == true { parts.append(words.falling) }
    if let below = expectation?.below { parts.append(words.atMost(shortest(below))) }
    return parts
  }

  /// As an author would write the number: `1e-9`, `0.001`.
  private func shortest(_ value: Double) -> String {
    let text = short(value, digits: 6)
    return text.replacing("e-0", with: "e-").replacing("e+0", with: "e+")
  }
}

/// The command that runs a program again.
func commandToRepeat(_ program: Program) -> String {
  commandToRepeat(program.name, of: program.chapterPath)
}

func commandToRepeat(_ program: String, of path: String) -> String {
  "workbook run " + shellQuoted("\(path)#\(program)")
}
