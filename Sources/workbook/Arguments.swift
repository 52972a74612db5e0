import WorkbookChapters

/// Why the words of a command line make no command.
enum UsageError: Error, Equatable {
  case unknownCommand(String, nearest: String?)
  case unknownOption(String, command: String, nearest: String?)
  case missingValue(option: String, value: String)
  case unexpectedValue(option: String)
  case badValue(option: String, value: String, expected: String)
  case repeated(option: String)
  case exclusive(String, String)
  case missingOperand(usage: String)
  case unexpectedOperand(String, usage: String)

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
      "\(option) cannot be '\(value)'; it takes \(expected)"
    case .repeated(let option):
      "\(option) is given twice; give it once"
    case .exclusive(let first, let second):
      "\(first) and \(second) exclude each other; give one of them"
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

/// The words of a command line, sorted into a command's options and operands.
struct Arguments: Equatable {
  var command: String
  var operands: [String] = []
  /// The values of each option given; a switch has one empty value.
  var options: [String: [String]] = [:]

  /// Reads the words after the program's name.
  ///
  /// Options may stand before, between and behind operands, as `--name value` or `--name=value`;
  /// behind `--` every word is an operand.
  init(_ words: [String], spec: CommandSpec) throws(UsageError) {
    command = spec.name
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts[0] == "-h" ? "--help" : String(parts[0])
      let known = spec.options + [CommandSpec.help]
      guard let option = known.first(where: { $0.name == name }) else {
        throw .unknownOption(
          name, command: spec.name, nearest: nearestWord(to: name, among: known.map(\.name)))
      }
      let value: String
      switch (option.value, parts.count) {
      case (nil, 1): value = ""
      case (nil, _): throw .unexpectedValue(option: name)
      case (.some, 2): value = String(parts[1])
      case (.some(let what), _):
        guard let next = rest.popFirst() else { throw .missingValue(option: name, value: what) }
        value = next
      }
      if options[name] != nil, !option.repeats, option.value != nil {
        throw .repeated(option: name)
      }
      options[name, default: []].append(value)
    }
  }

  func has(_ option: String) -> Bool { options[option] != nil }
  func value(_ option: String) -> String? { options[option]?.first }
}
