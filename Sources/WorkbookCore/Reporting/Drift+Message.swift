import WorkbookChapters

extension Drift {
  /// The problem and the way out.
  package var message: String {
    let place = "\(original.path):\(original.line):\(original.column)"
    switch problem {
    case .missingChapter:
      return "there is no translation of \(original.path); add it"
    case .extraChapter:
      return "there is no original \(original.path); remove this chapter, or rename it"
    case .missingFence(let role):
      return "the \(role.noun) of \(place) is missing before this line; take it over"
    case .extraFence(let role):
      return "the original has no such \(role.noun) at \(place); remove it, or add it there"
    case .line(let original):
      return
        "\(place) has '\(original)' here; beyond comments and printed words the two must be equal"
    case .missingLine(let line):
      return "the line '\(line)' of \(place) is missing here; take it over"
    case .extraLine(let line):
      return "the original has no line '\(line)' at \(place); remove it, or add it there"
    case .option(let name, let original, let translation):
      return
        "'\(name.rawValue)' is '\(original)' at \(place), but '\(translation)' here; make them "
        + "equal"
    case .missingOption(let name, let value):
      let option = name.rawValue + (value.isEmpty ? "" : "=\(value)")
      return "the option '\(option)' of \(place) is missing here; take it over"
    case .missingNumber(let label):
      return "no number is bound to '\(label)' as at \(place); take its comment over"
    case .extraNumber(let label):
      return "the original binds no number to '\(label)'; remove the comment, or add it there"
    case .missingImage(let program):
      return "no image shows the curve of program '\(program)' as at \(place); add one"
    case .extraImage(let program):
      return "the original has no image of program '\(program)'; remove it, or add it there"
    case .extraOption(let name):
      return "the original has no option '\(name.rawValue)' at \(place); remove it, or add it there"
    }
  }
}

extension Fence.Role {
  fileprivate var noun: String {
    switch self {
    case .cell: "cell"
    case .output: "output block"
    case .other: "block"
    }
  }
}
