import WorkbookCore

/// The commands, as they are written.
enum Command: String, CaseIterable {
  case run, adopt, serve, docs, list, compare, new, export, merge, clean, completions

  var spec: CommandSpec {
    switch self {
    case .run: .run
    case .adopt: .adopt
    case .serve: .serve
    case .docs: .docs
    case .list: .list
    case .compare: .compare
    case .new: .new
    case .export: .export
    case .merge: .merge
    case .clean: .clean
    case .completions: .completions
    }
  }
}

/// What a command accepts, and how its help tells it.
struct CommandSpec {
  struct Option {
    /// With its dashes.
    var name: String
    /// With its dash; nil where it has no short name.
    var short: String?
    /// What its value is called; nil for a switch.
    var value: String?
    var help: String
    /// Whether it may be given several times.
    var repeats = false
    /// Whether its value may be left out; then it stands behind `=`.
    var isValueOptional = false
    /// All its values, where these can be told.
    var choices: [String] = []

    /// Its names and what its value is called.
    var usage: String {
      let names = [short, name].compactMap(\.self).joined(separator: ", ")
      return names + (value.map { isValueOptional ? "[=\($0)]" : " \($0)" } ?? "")
    }
  }

  var command: Command
  var operands: String
  var summary: String
  var options: [Option]
  var example: String

  var name: String { command.rawValue }

  static let run = CommandSpec(
    command: .run, operands: "[PATH…]",
    summary: """
      Run the cells of chapters and check what they print. A PATH is a chapter, a Swift file with cells
      in doc comments, a folder, or a program: chapters/06-optim.md#main, chapters/#main, README.md:120
      (the one at a line). Without one: chapters/, else README.md, DocC catalogs and Sources/.
      """,
    options: [
      Option(
        name: "--update", value: nil, help: "rewrite outputs that fell outside their tolerance"),
      Option(
        name: "--watch", value: nil, help: "run again whenever a chapter or the library changes"),
      Option(
        name: "--filter", value: "PATTERN",
        help: "only programs in whose PATH#PROGRAM this regular expression matches"),
      Option(name: "--last-failed", value: nil, help: "only programs that failed last time"),
      Option(
        name: "--changed", value: "REVISION",
        help: "only chapters changed since HEAD in git; all where another file has",
        isValueOptional: true),
      Option(
        name: "--exercises", value: nil,
        help: "check what stands in the exercises, and nothing else"),
      Option(
        name: "--verbose", short: "-v", value: nil,
        help: "show all that programs print, loss curves, and what took longest"),
      Option(name: "--quiet", short: "-q", value: nil, help: "show what fails, and the sum"),
      Option(name: "--plot", value: nil, help: "show loss curves"),
      Option(
        name: "--format", value: "FORMAT",
        help: "what to print: text, short (for editors), json or json-lines (text)",
        choices: RunOptions.Format.allCases.map(\.rawValue)),
      Self.color,
      Option(
        name: "--report", value: "KIND[=FILE]",
        help: "also report as junit=FILE, json=FILE or github", repeats: true),
      Option(name: "--jobs", value: "N", help: "programs at a time (as many as cores)"),
      Option(name: "--fail-fast", value: nil, help: "stop after the first failure"),
      Option(
        name: "--strict", value: nil, help: "fail where anything is skipped or only compiled"),
      Option(name: "--shard", value: "I/N", help: "run part I of N of the programs"),
      Option(name: "--no-cache", value: nil, help: "run what did not change, too"),
      Option(
        name: "--save-temps", value: nil,
        help: "as --no-cache, and keep what programs were compiled from and left behind"),
      Option(name: "--no-sandbox", value: nil, help: "do not confine programs"),
      Option(
        name: "--require-sandbox", value: nil, help: "fail where programs cannot be confined"),
      Self.plainCode,
    ] + Self.build,
    example: "workbook run chapters/06-optim.md --plot")

  static let adopt = CommandSpec(
    command: .adopt, operands: "[PATH…]",
    summary: """
      Make documents pass with the least that must be written, and show it as a diff. Cells get the
      imports that they need, a program of their own, no-run where they trap or wait, or else skip with
      the compiler's reason; then outputs. All of it stands in comments and output blocks marked
      adopted.
      """,
    options: [
      Option(name: "--write", value: nil, help: "write it into the documents"),
      Option(
        name: "--remove", value: nil, help: "take back all that adopt wrote, to the byte"),
      Self.plainCode,
    ] + Self.build,
    example: "workbook adopt --write README.md")

  static let serve = CommandSpec(
    command: .serve, operands: "[PATH…]",
    summary: """
      Show chapters in a browser, where their cells can be edited and run. Programs are confined as by
      run. Prints an address on 127.0.0.1; who has it is let in, and nobody else.
      """,
    options: [
      Option(name: "--port", value: "N", help: "where to listen on 127.0.0.1 (one that is free)"),
      Option(name: "--open", value: nil, help: "show the book in the browser"),
      Option(
        name: "--language", value: "CODE",
        help: "the language of chapters in no folder called by one, such as zh (en)"),
      Option(name: "--no-sandbox", value: nil, help: "do not confine programs"),
      Self.plainCode,
    ] + Self.build,
    example: "workbook serve chapters/ --open")

  static let docs = CommandSpec(
    command: .docs, operands: "[PATH…]",
    summary: """
      Make a site of chapters, with what their run verified and the reference of their library.
      Runs them first; without a passing run there is no site. A folder called by a language (zh,
      pt-BR) with chapters of the same names holds a translation: its pages link to the originals.
      """,
    options: [
      Option(name: "--output", value: "FOLDER", help: "where the site goes (site)"),
      Option(
        name: "--hosting-base-path", value: "PATH",
        help: "what stands before the site's addresses on its host, such as /repository"),
      Option(
        name: "--language", value: "CODE",
        help: "the language of chapters in no folder called by one, such as zh (en)"),
      Option(
        name: "--allow-failures", value: nil, help: "make the site of a failing run, which says so"),
      Option(
        name: "--pdf", value: nil, help: "also print the whole book as a PDF, with Chromium"),
      Option(name: "--preview", value: nil, help: "show the chapters in a browser, as serve does"),
      Option(name: "--port", value: "N", help: "where --preview listens (one that is free)"),
      Self.plainCode,
    ] + Self.build,
    example: "workbook docs chapters/ --output site/")

  static let list = CommandSpec(
    command: .list, operands: "[PATH…]",
    summary: "List chapters, their programs and every fenced block, running nothing.",
    options: [
      Option(
        name: "--format", value: "text|json", help: "what to print (text)",
        choices: ListReport.Format.allCases.map(\.rawValue)), Self.color, Self.plainCode,
    ],
    example: "workbook list --format json chapters/")

  static let compare = CommandSpec(
    command: .compare, operands: "ORIGINAL TRANSLATION",
    summary: """
      Tell where a translation has other programs or outputs than its original, running nothing.
      Both are chapters, or folders whose chapters have the same names. Comments and the words in
      string literals and outputs may differ; code, options, and the numbers in words may not.
      """,
    options: [],
    example: "workbook compare chapters chapters/zh")

  static let new = CommandSpec(
    command: .new, operands: "TITLE [FOLDER]",
    summary: "Write a chapter that runs, numbered after the last one in FOLDER (chapters/).",
    options: [],
    example: "workbook new \"Learning rates\"")

  static let export = CommandSpec(
    command: .export, operands: "CHAPTER FOLDER",
    summary: "Write a chapter's programs as a SwiftPM package that opens and runs in any editor.",
    options: [],
    example: "workbook export chapters/06-optim.md ../optim")

  static let merge = CommandSpec(
    command: .merge, operands: "REPORT…",
    summary: "Join the JSON reports of all shards of a run into one.",
    options: [
      Option(
        name: "--report", value: "KIND[=FILE]",
        help: "also report as junit=FILE, json=FILE or github", repeats: true)
    ],
    example: "workbook merge shard-1.json shard-2.json > all.json")

  static let clean = CommandSpec(
    command: .clean, operands: "[PATH]",
    summary: "Remove what runs keep for the package at PATH: its built library and the cache.",
    options: [],
    example: "workbook clean")

  static let completions = CommandSpec(
    command: .completions, operands: "bash|zsh|fish",
    summary: """
      Print a script by which a shell completes the words of workbook. In a startup file of bash or zsh:
      source <(workbook completions bash); fish: workbook completions fish | source.
      """,
    options: [],
    example: "workbook completions bash > ~/.local/share/bash-completion/completions/workbook")

  /// Accepted by every command.
  static let help = Option(name: "--help", short: "-h", value: nil, help: "show this help")

  /// For SwiftPM, which builds what programs import.
  static let build = [
    Option(
      name: "--traits", value: "TRAITS",
      help: "traits of the package, with commas between; defaults are its own"),
    Option(
      name: "-Xswiftc", value: "FLAG", help: "hand a flag to every compilation", repeats: true),
  ]

  static let plainCode = Option(
    name: "--plain-code", value: nil,
    help: "take indented code and fences without a language for Swift, too")

  static let color = Option(
    name: "--color", value: "WHEN", help: "print in colour: auto, always or never (auto)",
    choices: ["auto", "always", "never"])

  var usage: String { "workbook \(name) \(operands)\(options.isEmpty ? "" : " [OPTIONS]")" }

  var helpText: String {
    let rows = (options + [Self.help]).map { ($0.usage, $0.help) }
    let column = (rows.map(\.0.count).max() ?? 0) + 2
    let table = rows.map { left, right in
      "  " + left + String(repeating: " ", count: column - left.count) + right
    }
    return """
      usage: \(usage)

      \(summary)

      \(table.joined(separator: "\n"))

      example: \(example)\(name == "run" ? "\n\n" + Self.exitCodes : "")

      """
  }

  static let exitCodes = """
    exit codes: 0 all passed; 1 something failed; 2 a chapter could not be read or compiled;
    64 wrong usage; 70 a fault of workbook or the machine; 130 interrupted
    """

  /// The summary's first sentence.
  var brief: String { String(summary.prefix { $0 != "." && $0 != "\n" }) }

  static var overview: String {
    let all = Command.allCases.map(\.spec)
    let column = (all.map(\.name.count).max() ?? 0) + 2
    let rows = all.map { command in
      "  " + command.name + String(repeating: " ", count: column - command.name.count)
        + command.brief
    }
    return """
      usage: workbook COMMAND …

      Runs the Swift cells of Markdown chapters and checks what they print.

      \(rows.joined(separator: "\n"))

      workbook COMMAND --help tells more; workbook --version prints the version.

      example: workbook run chapters/

      \(exitCodes)

      """
  }
}
