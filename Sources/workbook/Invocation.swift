import WorkbookCore
import WorkbookChapters
import WorkbookSite

/// What a command line asks for.
enum Invocation: Equatable {
  case run(RunOptions)
  case adopt(AdoptOptions)
  case docs(DocsOptions)
  case serve(ServeOptions)
  case list(
    paths: [String], format: ListReport.Format, hasColour: Bool? = nil, readsPlainCode: Bool = false
  )
  case compare(original: String, translation: String)
  case new(title: String, folder: String)
  case export(chapter: String, folder: String)
  case merge(paths: [String], reports: [ReportRequest])
  case clean(path: String)
  case completions(Shell)
  case help(String)
  case version

  /// nil where the terminal decides.
  var hasColour: Bool? {
    switch self {
    case .run(let options): options.hasColour
    case .list(_, _, let hasColour, _): hasColour
    default: nil
    }
  }

  var startsProcesses: Bool {
    switch self {
    case .run, .adopt, .docs, .serve, .export: true
    case .list, .compare, .new, .merge, .clean, .completions, .help, .version: false
    }
  }

  var opensPages: Bool {
    if case .serve(let options) = self { options.opensBrowser } else { false }
  }

  /// Reads the words after the program's name.
  init(_ words: [String]) throws(UsageError) {
    guard let command = words.first, !["--help", "-h"].contains(command) else {
      self = .help(CommandSpec.overview)
      return
    }
    if command == "--version" {
      self = .version
      return
    }
    if command == "help" {
      guard let asked = words.dropFirst().first, !(Self.others + ["-h"]).contains(asked) else {
        self = .help(CommandSpec.overview)
        return
      }
      self = .help(try Self.spec(asked).helpText)
      return
    }
    let spec = try Self.spec(command)
    let arguments = try Arguments(Array(words.dropFirst()), spec: spec)
    if arguments.has("--help") {
      self = .help(spec.helpText)
      return
    }
    let operands = arguments.operands
    switch spec.command {
    case .run: self = .run(try RunOptions(arguments))
    case .adopt:
      var options = AdoptOptions(paths: operands)
      options.writes = arguments.has("--write")
      options.removes = arguments.has("--remove")
      if options.writes, options.removes { throw .exclusive("--write", "--remove") }
      options.readsPlainCode = arguments.has("--plain-code")
      options.build = arguments.buildOptions
      self = .adopt(options)
    case .docs where arguments.has("--preview"):
      let others = ["--output", "--pdf", "--allow-failures", "--hosting-base-path"]
      for option in others where arguments.has(option) {
        throw .exclusive("--preview", option)
      }
      self = .serve(try ServeOptions(arguments))
    case .docs where arguments.has("--port"): throw .needs("--port", "--preview")
    case .docs: self = .docs(try DocsOptions(arguments))
    case .serve: self = .serve(try ServeOptions(arguments))
    case .list:
      self = .list(
        paths: operands, format: try arguments.format(or: .text),
        hasColour: try arguments.hasColour(), readsPlainCode: arguments.has("--plain-code"))
    case .compare:
      try Self.expect(2...2, operands, spec)
      self = .compare(original: operands[0], translation: operands[1])
    case .new:
      try Self.expect(1...2, operands, spec)
      guard operands[0].contains(where: { !$0.isWhitespace }) else {
        throw .badValue(option: "TITLE", value: operands[0], expected: .title)
      }
      self = .new(title: operands[0], folder: operands.count > 1 ? operands[1] : "chapters")
    case .export:
      try Self.expect(2...2, operands, spec)
      self = .export(chapter: operands[0], folder: operands[1])
    case .merge:
      try Self.expect(1...10_000, operands, spec)
      self = .merge(paths: operands, reports: try arguments.reports())
    case .clean:
      try Self.expect(0...1, operands, spec)
      self = .clean(path: operands.first ?? ".")
    case .completions:
      try Self.expect(1...1, operands, spec)
      guard let shell = Shell(rawValue: operands[0]) else {
        let names = Shell.allCases.map(\.rawValue)
        throw .badValue(option: spec.name, value: operands[0], expected: .oneOf(names))
      }
      self = .completions(shell)
    }
  }

  /// First words that are no command.
  private static let others = ["help", "--help", "--version"]

  private static func spec(_ command: String) throws(UsageError) -> CommandSpec {
    if let known = Command(rawValue: command) { return known.spec }
    let words = Command.allCases.map(\.rawValue) + others
    throw .unknownCommand(command, nearest: nearestWord(to: command.lowercased(), among: words))
  }

  private static func expect(
    _ counts: ClosedRange<Int>, _ operands: [String], _ spec: CommandSpec
  ) throws(UsageError) {
    if operands.count < counts.lowerBound { throw .missingOperand(usage: spec.usage) }
    if operands.count > counts.upperBound {
      throw .unexpectedOperand(operands[counts.upperBound], usage: spec.usage)
    }
  }
}
