import WorkbookChapters

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
      let written = String(parts[0])
      let known = spec.options + [CommandSpec.help]
      guard let option = known.first(where: { $0.name == written || $0.short == written }) else {
        throw .unknownOption(
          written, command: spec.name, nearest: nearestWord(to: written, among: known.map(\.name)))
      }
      let name = option.name
      let value: String
      switch (option.value, parts.count) {
      case (nil, 1): value = ""
      case (nil, _): throw .unexpectedValue(option: name)
      case (.some, 2): value = String(parts[1])
      case (.some, _) where option.isValueOptional: value = ""
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
