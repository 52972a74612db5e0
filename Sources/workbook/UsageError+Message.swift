import WorkbookCore

extension UsageError: HasMessage {
  /// The problem and the way out.
  var message: String {
    switch self {
    case .unknownCommand(let word, let nearest):
      "unknown command '\(word)'\(suggestion(nearest)) see workbook --help"
    case .unknownOption(let word, let command, let nearest):
      "unknown option '\(word)'\(suggestion(nearest)) see workbook \(command) --help"
    case .missingValue(let option, let value):
      "\(option) needs a value: \(option) \(value)"
    case .unexpectedValue(let option):
      "\(option) takes no value"
    case .badValue(let option, let value, let expected):
      "\(option) cannot be '\(value)'; it takes \(expected.words)"
    case .repeated(let option):
      "\(option) is given twice; give it once"
    case .exclusive(let first, let second):
      "\(first) and \(second) exclude each other; give one of them"
    case .needs(let option, let other):
      "\(option) is of no use without \(other); give both or none"
    case .missingOperand(let usage):
      "something is missing; usage: \(usage)"
    case .unexpectedOperand(let word, let usage):
      "'\(word)' is one word too many; usage: \(usage)"
    }
  }

  private func suggestion(_ nearest: String?) -> String {
    nearest.map { ", did you mean '\($0)'?" } ?? ";"
  }
}

extension UsageError.Expected {
  fileprivate var words: String {
    switch self {
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .shard: "a part and a count, such as 2/5"
    case .oneOf(let names):
      names.dropLast().joined(separator: ", ") + (names.last.map { " or \($0)" } ?? "")
    case .report: "junit=FILE, json=FILE or github"
    case .languageCode: "a language's code, such as de or pt-BR"
    case .title: "a title of some letters"
    case .pattern: "a regular expression, such as 'chapters/0[1-3]' or '#main$'"
    case .revision: "a revision of git, such as HEAD~2 or main"
    }
  }
}
