import Testing
import WorkbookCore
import WorkbookSite

@testable import workbook

@Suite struct InvocationTests {
  @Test func `the options of run are read, in any order, with = or a space`() throws {
    var expected = RunOptions(paths: ["chapters/", "-odd.md"])
    expected.jobs = 3
    expected.shard = .init(index: 2, count: 5)
    expected.reports = [.junit(file: "a=b.xml"), .github]
    expected.sandbox = .required
    expected.format = .json
    (expected.savesTemps, expected.usesCache) = (true, false)
    (expected.isStrict, expected.readsPlainCode) = (true, true)
    let words = [
      "run", "--plain-code", "--save-temps", "--strict", "--jobs", "3", "chapters/",
      "--shard=2/5",
      "--report",
      "junit=a=b.xml",
      "--report=github", "--require-sandbox", "--format=json", "--", "-odd.md",
    ]
    #expect(try Invocation(words) == .run(expected))
  }

  @Test func `options of swift build are read as it reads them`() throws {
    let build = BuildOptions(traits: ["defaults", "A"], swiftcFlags: ["-DX=1", "-O"])
    let words = ["--traits", "defaults,A", "-Xswiftc", "-DX=1", "-Xswiftc", "-O"]
    var (run, docs, serve) = (
      RunOptions(paths: []), DocsOptions(paths: []), ServeOptions(paths: [])
    )
    (run.build, docs.build, serve.build) = (build, build, build)
    #expect(try Invocation(["run"] + words) == .run(run))
    #expect(try Invocation(["docs"] + words) == .docs(docs))
    #expect(try Invocation(["serve"] + words) == .serve(serve))
    run.build = BuildOptions(traits: [])
    #expect(try Invocation(["run", "--traits="]) == .run(run))
  }

  @Test func `the options of docs are read`() throws {
    var expected = DocsOptions(paths: ["chapters/"])
    (expected.output, expected.basePath, expected.allowsFailures) = ("out", "/a/b", true)
    let words = ["docs", "chapters/", "--output", "out", "--hosting-base-path", "a/b/"]
    #expect(try Invocation(words + ["--allow-failures"]) == .docs(expected))
    expected.language = "pt-BR"
    #expect(
      try Invocation(words + ["--allow-failures", "--language", "pt-BR"]) == .docs(expected))
    #expect(throws: UsageError.self) { try Invocation(["docs", "--language", "Chinese"]) }
    for words in [["--allow-failures"], ["--hosting-base-path", "/x"], ["--pdf"]] {
      #expect(throws: UsageError.exclusive("--preview", words[0])) {
        try Invocation(["docs", "--preview"] + words)
      }
    }
    #expect(throws: UsageError.needs("--port", "--preview")) {
      try Invocation(["docs", "--port", "8080"])
    }
    #expect(throws: UsageError.exclusive("--preview", "--output")) {
      try Invocation(["docs", "--preview", "--output", "x"])
    }
    for port in ["0", "-1", "65536", "x", ""] {
      #expect(throws: UsageError.self) { try Invocation(["serve", "--port", port]) }
    }
  }

  @Test func `options have short names, and colours are as wanted`() throws {
    var expected = RunOptions(paths: ["a.md"])
    expected.showsOutput = true
    #expect(try Invocation(["run", "-v", "a.md"]) == .run(expected))
    (expected.showsOutput, expected.isQuiet, expected.hasColour) = (false, true, false)
    #expect(try Invocation(["run", "-q", "a.md", "--color", "never"]) == .run(expected))
    expected.hasColour = nil
    #expect(try Invocation(["run", "-q", "a.md", "--color=auto"]) == .run(expected))
    expected = RunOptions(paths: [])
    (expected.format, expected.watches) = (.jsonLines, true)
    #expect(try Invocation(["run", "--watch", "--format=json-lines"]) == .run(expected))
    expected = RunOptions(paths: ["a.md"])
    expected.changedSince = "HEAD"
    #expect(try Invocation(["run", "--changed", "a.md"]) == .run(expected))
    (expected.changedSince, expected.filter, expected.onlyLastFailed) = ("v1", "a|b", true)
    let words = ["run", "--changed=v1", "a.md", "--filter", "a|b", "--last-failed"]
    #expect(try Invocation(words) == .run(expected))
    #expect(try Invocation(["list", "--color=always"]).hasColour == true)
    #expect(try Invocation(["clean"]).hasColour == nil)
  }

  @Test func `the options of adopt are read`() throws {
    var expected = AdoptOptions(paths: ["README.md"])
    #expect(try Invocation(["adopt", "README.md"]) == .adopt(expected))
    expected.writes = true
    #expect(try Invocation(["adopt", "--write", "README.md"]) == .adopt(expected))
    (expected.writes, expected.removes) = (false, true)
    #expect(try Invocation(["adopt", "README.md", "--remove"]) == .adopt(expected))
    expected = AdoptOptions(paths: ["README.md"])
    expected.readsPlainCode = true
    expected.build = BuildOptions(traits: ["A"], swiftcFlags: ["-O"])
    let words = ["--plain-code", "--traits", "A", "-Xswiftc", "-O", "README.md"]
    #expect(try Invocation(["adopt"] + words) == .adopt(expected))
  }

  @Test func `serve and docs read plain code where they are told to`() throws {
    var serve = ServeOptions(paths: ["a.md"])
    serve.readsPlainCode = true
    #expect(try Invocation(["serve", "--plain-code", "a.md"]) == .serve(serve))
    var docs = DocsOptions(paths: ["a.md"])
    docs.readsPlainCode = true
    #expect(try Invocation(["docs", "--plain-code", "a.md"]) == .docs(docs))
  }

  @Test func `every other command is read`() throws {
    #expect(try Invocation(["list", "a.md"]) == .list(paths: ["a.md"], format: .text))
    #expect(
      try Invocation(["compare", "a", "b"]) == .compare(original: "a", translation: "b"))
    #expect(
      try Invocation(["list", "--plain-code"])
        == .list(paths: [], format: .text, readsPlainCode: true))
    #expect(throws: UsageError.self) { try Invocation(["compare", "a"]) }
    #expect(try Invocation(["new", "A title"]) == .new(title: "A title", folder: "chapters"))
    #expect(try Invocation(["export", "a.md", "d"]) == .export(chapter: "a.md", folder: "d"))
    #expect(
      try Invocation(["merge", "a", "b", "--report", "json=c"])
        == .merge(paths: ["a", "b"], reports: [.json(file: "c")]))
    #expect(try Invocation(["clean"]) == .clean(path: "."))
    #expect(try Invocation(["completions", "zsh"]) == .completions(.zsh))
    #expect(try Invocation(["--version"]) == .version)
    #expect(try Invocation([]) == .help(CommandSpec.overview))
    for word in ["help", "--help", "-h", "--version"] {
      #expect(try Invocation(["help", word]) == .help(CommandSpec.overview), "\(word)")
    }
    #expect(try Invocation(["help", "run"]) == .help(CommandSpec.run.helpText))
    #expect(try Invocation(["run", "-h"]) == .help(CommandSpec.run.helpText))
  }

  @Test(arguments: [
    (["rnu"], "unknown command 'rnu', did you mean 'run'? see workbook --help"),
    (["RUN"], "unknown command 'RUN', did you mean 'run'? see workbook --help"),
    (["--versoin"], "unknown command '--versoin', did you mean '--version'? see workbook --help"),
    (["zzz"], "unknown command 'zzz'; see workbook --help"),
    (
      ["run", "--watch", "--report=github"],
      "--watch and --report exclude each other; give one of them"
    ),
    (["run", "--format=x"], "--format cannot be 'x'; it takes text, short, json or json-lines"),
    (["run", "--color=red"], "--color cannot be 'red'; it takes auto, always or never"),
    (["run", "-q", "-v"], "--verbose and --quiet exclude each other; give one of them"),
    (["run", "-q", "--plot"], "--plot and --quiet exclude each other; give one of them"),
    (
      ["run", "--format=json", "-v"],
      "--verbose and --format json exclude each other; give one of them"
    ),
    (
      ["run", "--plot", "--format=short"],
      "--plot and --format short exclude each other; give one of them"
    ),
    (
      ["adopt", "--write", "--remove", "a.md"],
      "--write and --remove exclude each other; give one of them"
    ),
    (["run", "-x"], "unknown option '-x'; see workbook run --help"),
    (["list", "--format=short"], "--format cannot be 'short'; it takes text or json"),
    (
      ["run", "--watch", "--format=short"],
      "--watch and --format short exclude each other; give one of them"
    ),
    (["new", " "], "TITLE cannot be ' '; it takes a title of some letters"),
    (
      ["run", "--verbos"],
      "unknown option '--verbos', did you mean '--verbose'? see workbook run --help"
    ),
    (["list", "--plot"], "unknown option '--plot'; see workbook list --help"),
    (["run", "--jobs"], "--jobs needs a value: --jobs N"),
    (["run", "--jobs", "0"], "--jobs cannot be '0'; it takes a number from 1 to 1000"),
    (
      ["run", "--jobs", "9223372036854775807"],
      "--jobs cannot be '9223372036854775807'; it takes a number from 1 to 1000"
    ),
    (
      ["run", "--shard", "1/9223372036854775807"],
      "--shard cannot be '1/9223372036854775807'; it takes a part and a count, such as 2/5"
    ),
    (["run", "--plot=yes"], "--plot takes no value"),
    (
      ["run", "--shard", "6/5"],
      "--shard cannot be '6/5'; it takes a part and a count, such as 2/5"
    ),
    (["run", "--jobs=1", "--jobs=2"], "--jobs is given twice; give it once"),
    (
      ["run", "--no-sandbox", "--require-sandbox"],
      "--no-sandbox and --require-sandbox exclude each other; give one of them"
    ),
    (
      ["run", "--report", "xml"],
      "--report cannot be 'xml'; it takes junit=FILE, json=FILE or github"
    ),
    (["new"], "something is missing; usage: workbook new TITLE [FOLDER]"),
    (["clean", "a", "b"], "'b' is one word too many; usage: workbook clean [PATH]"),
  ])
  func `wrong words get an error that says what is meant`(words: [String], message: String) {
    #expect { try Invocation(words) } throws: { error in
      #expect((error as? UsageError)?.message == message)
      return true
    }
  }

  @Test(arguments: Command.allCases.map(\.spec))
  func `every command's help fits a screen and shows an example`(spec: CommandSpec) {
    let lines = spec.helpText.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 36)
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(spec.helpText.contains("\nexample: workbook \(spec.name)"))
  }
}
