import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

@Suite struct OptionsTests {
  static func parse(
    _ text: String, _ holder: OptionHolder = .cell, isFence: Bool = false
  ) -> Options {
    var options = Options(of: holder)
    options.parse(Array(text.utf8)[...], at: Position(line: 7, column: 10), isFence: isFence)
    options.checkExclusions()
    return options
  }

  @Test func `options are separated by spaces, tabs and commas, and may be quoted`() {
    let options = Self.parse(" program=\"a b\",\ttraps='index \"out\"' , timeout=500ms,")
    #expect(options.problems.isEmpty)
    #expect(options.programs == ["a", "b"])
    #expect(options.traps == "index \"out\"")
    #expect(options.timeout == 0.5)
  }

  @Test func `a backslash keeps a quote in a quoted value`() {
    #expect(Self.parse("error=\"no \\\"x\\\"\"").error == "no \"x\"")
  }

  @Test func `an option's text may be left out where any will do`() {
    #expect(Self.parse("error").error == "")
    #expect(Self.parse("traps").traps == "")
    #expect(Self.parse("no-run").noRun)
    #expect(Self.parse("optimize").optimizes && Self.parse("optimize", .chapter).optimizes)
    #expect(Self.parse("skip=\"no GPU\"").skip == "no GPU")
  }

  @Test func `an output block's options`() {
    let options = Self.parse("rtol=1e-3 atol=0 below=-0.5 decreasing", .output)
    #expect(options.problems.isEmpty)
    #expect(options.relativeTolerance == 1e-3)
    #expect(options.absoluteTolerance == 0)
    #expect(options.below == -0.5)
    #expect(options.decreasing)
  }

  @Test
  func `a chapter's defaults take the options of cells and output blocks, and the language mode`() {
    let options = Self.parse("timeout=2m rtol=1e-3 language-mode=6 no-run program=x", .chapter)
    #expect(options.problems.isEmpty)
    #expect(options.timeout == 120)
    #expect(options.relativeTolerance == 1e-3)
    #expect(options.languageMode == 6)
  }

  @Test func `DocC's annotations are left to DocC`() {
    let text = "nocopy, highlight=[1, 3], showLineNumbers wrap=80 strikeout=[2] no-run"
    #expect(Self.parse(text).problems.isEmpty)
    #expect(Self.parse(text).noRun)
  }

  @Test(arguments: [
    "title=\"A b, c\" no-run", "{.line-numbers} no-run", "linenos no-run", "file=a/b.swift no-run",
    "{#id .numberLines startFrom=\"10\"},no-run", "{1,3-5} no-run", "{.a no-run}", "{} no-run",
    "numberLines=7 theme={dark} no-run", "x no-run", "caption='no-run' {}no-run",
  ])
  func `attributes of other tools on a fence are let be`(text: String) {
    let options = Self.parse(text, isFence: true)
    #expect(options.problems.isEmpty, "\(options.problems)")
    #expect(options.noRun)
    #expect(Self.parse("title=\"a\"", .output, isFence: true).problems.isEmpty)
    #expect(Self.parse("{.terminal #id} wrap=80", .output, isFence: true).problems.isEmpty)
  }

  @Test(arguments: ["decrease", "max=0.5", "tolerance=1e-3", "approx", "linenos", "{exact}"])
  func `on an output block what could be meant for a check is an error`(text: String) {
    let found = Self.parse("rtol=10 \(text)", .output, isFence: true).problems
    #expect(found.count == 1)
    #expect(found.first?.1 == Position(line: 7, column: text.hasPrefix("{") ? 19 : 18))
    #expect(Self.parse(text, isFence: true).problems.isEmpty)
  }

  @Test(
    arguments: [
      ("title=\"a\" norun", .unknownOption(name: "norun", suggestion: "no-run", on: .cell), 20),
      ("{tiemout=3s}", .unknownOption(name: "tiemout", suggestion: "timeout", on: .cell), 11),
      ("linenos Skip=x", .unknownOption(name: "Skip", suggestion: "skip", on: .cell), 18),
      ("programme=a", .unknownOption(name: "programme", suggestion: "program", on: .cell), 10),
      ("= x", .unknownOption(name: "=", suggestion: nil, on: .cell), 10),
      ("title=\"a", .unclosedValue(closer: "\""), 16),
      ("{title=\"a\"b}", .textAfterValue(option: "title"), 20),
    ] as [(String, FormatProblem, Int)])
  func `a misspelt option among other tools' attributes is told`(
    text: String, problem: FormatProblem, column: Int
  ) {
    let found = Self.parse(text, isFence: true).problems
    #expect(found.count == 1)
    #expect(found.contains { $0 == (problem, Position(line: 7, column: column)) }, "\(found)")
  }

  @Test(arguments: ForeignWord.allCases)
  func `a word of rustdoc or mdoc is told as such, on a fence and in a comment`(word: ForeignWord) {
    for isFence in [true, false] {
      let found = Self.parse("title=a \(word.rawValue)", isFence: isFence).problems
      let place = Position(line: 7, column: 18)
      #expect(found.contains { $0 == (.foreignWord(word), place) }, "\(found)")
    }
  }

  @Test func `a comment to the runner is nobody else's`() {
    #expect(Self.parse("title=\"a\"").problems.count == 1)
  }

  @Test func `a brace that nothing has opened belongs to its value`() {
    #expect(Self.parse("error=} no-run").error == "}")
    #expect(Self.parse("{error=a} traps=b").error == "a")
  }

  @Test(
    arguments: [
      ("tiemout=3s", .unknownOption(name: "tiemout", suggestion: "timeout", on: .cell), 10),
      (" x, No-Run", .unknownOption(name: "x", suggestion: nil, on: .cell), 11),
      ("no_rum", .unknownOption(name: "no_rum", suggestion: "no-run", on: .cell), 10),
      ("rtol=1", .misplacedOption(name: "rtol", on: .cell, belongsOn: .output), 10),
      (
        "language-mode=6", .misplacedOption(name: "language-mode", on: .cell, belongsOn: .chapter),
        10
      ),
      ("no-run skip", .missingValue(option: .skip), 17),
      ("skip=", .missingValue(option: .skip), 15),
      ("error=\"\" x=", .unknownOption(name: "x", suggestion: nil, on: .cell), 19),
      ("program", .missingValue(option: .program), 10),
      ("program = x", .missingValue(option: .program), 10),
      ("no-run=yes", .unexpectedValue(option: "no-run"), 10),
      ("optimize=2", .unexpectedValue(option: "optimize"), 10),
      (
        "timeout=20",
        .invalidValue(option: .timeout, value: "20"),
        18
      ),
      (
        "program=../x",
        .invalidValue(option: .program, value: "../x"), 18
      ),
      ("skip=\"a b", .unclosedValue(closer: "\""), 15),
      ("wrap=[1", .unclosedValue(closer: "]"), 15),
      ("error=\"a\"b", .textAfterValue(option: "error"), 19),
      ("no-run no-run", .duplicateOption(name: "no-run"), 17),
      ("=x", .unknownOption(name: "=", suggestion: nil, on: .cell), 10),
      ("skip=x error", .excludingOptions(first: "skip", second: "error"), 17),
      ("traps no-run", .excludingOptions(first: "traps", second: "no-run"), 16),
    ] as [(String, FormatProblem, Int)])
  func `a wrong option is told with its place`(text: String, problem: FormatProblem, column: Int)
    throws
  {
    let found = Self.parse(text).problems
    let place = Position(line: 7, column: column)
    #expect(found.contains { $0 == (problem, place) }, "\(found)")
  }

  @Test(arguments: [
    "timeout=0s", "timeout=-1s", "timeout=nans", "timeout=1e9s", "timeout=s", "timeout=2h",
    "skip=\" \"", "program=a,", "program=\"a a\"", "program=\".x\"", "program=\"a/b\"",
  ])
  func `values outside their range are refused`(text: String) {
    let isFine = text == "program=a,"
    #expect(Self.parse(text).problems.isEmpty == isFine)
  }

  @Test(arguments: [
    "rtol=-1", "rtol=nan", "atol=inf", "rtol=0x1p3", "below=nan", "below=x", "rtol=1e999",
  ])
  func `tolerances are numbers that are not negative, bounds are finite`(text: String) {
    #expect(Self.parse(text, .output).problems.count == 1)
  }

  @Test func `imports are names of modules`() {
    for text in ["imports=A", "imports=\"A, B.C\"", "imports=[A B_2]"] {
      #expect(Self.parse(text, .chapter).problems.isEmpty, "\(text)")
    }
    for text in ["imports=\"a b.\"", "imports=2a", "imports=\"a;b\"", "imports=\", \"", "imports"] {
      #expect(Self.parse(text, .chapter).problems.count == 1, "\(text)")
    }
  }

  @Test func `every option has an example that is accepted`() {
    for name in OptionName.allCases {
      #expect(Self.parse(name.example, name.holder).problems.isEmpty, "\(name)")
    }
  }
}
