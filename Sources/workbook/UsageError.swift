/// Why the words of a command line make no command.
enum UsageError: Error, Equatable {
  case unknownCommand(String, nearest: String?)
  case unknownOption(String, command: String, nearest: String?)
  case missingValue(option: String, value: String)
  case unexpectedValue(option: String)
  case badValue(option: String, value: String, expected: Expected)
  case repeated(option: String)
  case exclusive(String, String)
  case needs(String, String)
  case missingOperand(usage: String)
  case unexpectedOperand(String, usage: String)

  /// What an option or operand takes.
  enum Expected: Equatable {
    case number(ClosedRange<Int>)
    case oneOf([String])
    case shard, report, languageCode, title, pattern, revision
  }
}
