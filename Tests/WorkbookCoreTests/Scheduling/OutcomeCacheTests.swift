import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct OutcomeCacheTests {
  private let folder = TemporaryFolder()
  private var cache: OutcomeCache { OutcomeCache(folder: folder.path) }

  private static let failing = Outcome(
    failures: [
      Failure(
        .compile(
          .error(
            "cannot find 'x' in scope",
            notes: [.init(text: "here", location: Location(path: "a.md", line: 4, column: 2))])),
        at: Location(path: "a.md", line: 5, column: 9))
    ],
    leftOut: [2: .needs(cell: 0)],
    checks: [Check(program: "main", line: 3, kind: .error, status: .failed)],
    warnings: [
      Warning(.compiler("never used"), at: Location(path: "a.md", line: 4, column: 1))
    ],
    compileSeconds: 0.125)

  private static let passing = Outcome(
    compileSeconds: 0.25, transcript: Samples.transcript("99 1.5\n\u{0}\u{FFFD}"))

  private static let trapping = Outcome(
    transcript: Samples.transcript(
      "1\n",
      end: .trapped(
        message: "Fatal error: x", at: Location(path: "a.md", line: 4, column: 7))))

  @Test(arguments: [failing, passing, trapping])
  func `what is kept comes back the same, failed or passed`(outcome: Outcome) {
    let program = Samples.program(code: "let y = 1\nprint(x)")
    cache.store(outcome, of: program, for: "key")
    let found = cache.outcome(for: "key", program)
    #expect(found.map { "\($0)" } == "\(outcome)")
  }

  @Test(arguments: [
    Transcript.End.timedOut(seconds: 60), .exceeded(.printed(bytes: 16 << 20)),
    .killed(signal: 9),
    .interrupted,
  ])
  func `what a slow or full machine may have caused is never kept`(end: Transcript.End) {
    cache.store(
      Outcome(transcript: Samples.transcript(end: end)), of: Samples.program(), for: "key")
    #expect(folder.names.isEmpty)
  }

  @Test func `what a compiler does that was killed is never kept`() {
    let failure = Failure(
      .compile(.compilerFailed(.signalled(9), lines: [])),
      at: Location(path: "a.md", line: 3, column: 1))
    let outcome = Outcome(failures: [failure], compilesRepeatably: false)
    cache.store(outcome, of: Samples.program(), for: "key")
    #expect(folder.names.isEmpty)
  }

  @Test func `what a program reads is part of what its outcome depends on`() throws {
    let data = TemporaryFolder()
    let program = Samples.program()
    let path = try data.write("data.csv")
    var outcome = Self.passing
    try data.write("there/1")
    try data.link("link", to: "there")
    for name in ["data.csv", "data.csv.none", "there", "link/1"] {
      outcome.transcript?.inputs["\(data.path)/\(name)"] = InputStamp("\(data.path)/\(name)")
    }
    cache.store(outcome, of: program, for: "key")
    #expect(cache.outcome(for: "key", program)?.transcript?.inputs.count == 4)
    let more = try data.write("there/2")
    #expect(cache.outcome(for: "key", program) == nil)
    unlink(more)
    let there = InputStamp(data.path + "/there")
    outcome.transcript?.inputs[data.path + "/there"] = there
    cache.store(outcome, of: program, for: "key")
    #expect(cache.outcome(for: "key", program) != nil)
    try data.write("data.csv.none")
    #expect(cache.outcome(for: "key", program) == nil)
    unlink("\(path).none")
    #expect(cache.outcome(for: "key", program) != nil)
    unlink(data.path + "/link")
    try data.link("link", to: data.path + "/there")
    #expect(cache.outcome(for: "key", program) == nil)
    outcome.transcript?.inputs = [path: InputStamp(path)]
    cache.store(outcome, of: program, for: "key")
    #expect(cache.outcome(for: "key", program) != nil)
    try data.write("data.csv", "1,2\n")
    #expect(cache.outcome(for: "key", program) == nil)
  }

  @Test func `what a macro reads is part of what the outcome depends on`() throws {
    let data = TemporaryFolder()
    let path = try data.write("table.json")
    var outcome = Self.failing
    outcome.compileInputs = [path: InputStamp(path)]
    cache.store(outcome, of: Samples.program(), for: "key")
    #expect(cache.outcome(for: "key", Samples.program())?.compileInputs.count == 1)
    try data.write("table.json", "[1]\n")
    #expect(cache.outcome(for: "key", Samples.program()) == nil)
  }

  @Test func `an entry that is cut short or altered in any byte is not believed`() throws {
    let program = Samples.program()
    cache.store(Self.passing, of: program, for: "key")
    let url = URL(filePath: folder.path).appending(path: "key")
    let whole = try Data(contentsOf: url)
    for count in 0..<whole.count {
      try whole.prefix(count).write(to: url)
      #expect(cache.outcome(for: "key", program) == nil)
    }
    for index in whole.indices where index != 64 {
      var altered = whole
      altered[index] ^= 0x01
      try altered.write(to: url)
      #expect(cache.outcome(for: "key", program) == nil)
    }
  }

  @Test func `the key changes with everything that can change the outcome`() {
    let program = Samples.program(code: "print(1)")
    let key = OutcomeCache.key(for: program, environment: "swift 6.3")
    var changed: [Program] = []
    changed.append(Samples.program(code: "print(2)"))
    changed.append(Samples.program(code: "print(1)", mode: .compileOnly))
    var other = program
    other.timeout = 61
    changed.append(other)
    other = program
    other.languageMode = 6
    changed.append(other)
    other = program
    other.module = "Tensors"
    changed.append(other)
    other = program
    other.imports = ["A", "B"]
    changed.append(other)
    other = program
    other.prelude = Prelude(file: "p", place: Location(path: "a.md", line: 1, column: 1), path: "p")
    changed.append(other)
    other.prelude?.code.lines.append(Text.Line(text: "let a = 1", line: 1, column: 1))
    changed.append(other)
    other = program
    other.cells[0].kind = .trap(containing: "")
    changed.append(other)
    other = program
    other.cells[0].isScope = true
    changed.append(other)
    other = program
    other.cells += program.cells
    changed.append(other)
    var keys = Set(changed.map { OutcomeCache.key(for: $0, environment: "swift 6.3") })
    keys.insert(OutcomeCache.key(for: program, environment: "swift 6.4"))
    #expect(!keys.contains(key))
    #expect(keys.count == changed.count + 1)
  }

  @Test func `what a line comment says matters only where a macro may read it`() {
    func key(_ code: String, mode: Int = 5) -> String {
      var program = Samples.program(code: code)
      program.languageMode = mode
      return OutcomeCache.key(for: program, environment: "")
    }
    #expect(key("print(1)  // a") == key("print(1)  // 甲"))
    #expect(key("// a\nprint(1)") == key("// 甲\nprint(1)"))
    #expect(key("// a\nprint(1)") != key("print(1)\n// a"))
    #expect(key("print(\"// a\")") != key("print(\"// b\")"))
    #expect(key("/* a */ print(1)") != key("/* abc */ print(1)"))
    #expect(key("#m(1)  // a") != key("#m(1)  // b"))
    #expect(key("@M var a = 1  // a") != key("@M var a = 1  // b"))
    #expect(key("print(1)  // a", mode: 6) != key("print(1)  // b", mode: 6))
    #expect(key("print(1)  // a\u{0}") != key("print(1)  // a"))
    let slashes = ["one", "two"].map { word in
      OutcomeCache.key(
        for: Samples.program(code: "let r = /a\\//; print(\"\(word)\")"), environment: "",
        hasBareSlashes: true)
    }
    #expect(slashes[0] != slashes[1])
  }

  @Test(arguments: [
    ("/*\n// */\nprint(\"A\")\n// */", "/*\n// x\nprint(\"A\")\n// */"),
    ("/* /*\n*/\n// a */", "/* /*\n*/\n// b */"), ("/*\n/* */// a\n*/", "/*\n/* */// b\n*/"),
    ("\"\"\"\n// a\n\"\"\"", "\"\"\"\n// b\n\"\"\""),
    ("\"\"\"\n\\(1\n) // a\n\"\"\"", "\"\"\"\n\\(1\n) // b\n\"\"\""),
    ("\"\"\"\n\"\" \\\"\"\"// a\n\"\"\"", "\"\"\"\n\"\" \\\"\"\"// b\n\"\"\""),
    ("\"\\(\"// a\")\"", "\"\\(\"// b\")\""), ("let `// a` = 1", "let `// b` = 1"),
    ("'// a'", "'// b'"),
  ])
  func `what looks like a line comment and is none matters`(first: String, second: String) {
    let keys = [first, second].map { code in
      OutcomeCache.key(for: Samples.program(code: code), environment: "")
    }
    #expect(keys[0] != keys[1])
  }

  @Test func `what one cell opens, the next one goes on with`() {
    func key(_ cells: [String], kind: Cell.Kind = .plain) -> String {
      var program = Samples.program(code: cells[0])
      program.cells[0].kind = kind
      program.cells.append(Samples.program(code: cells[1], line: 20).cells[0])
      return OutcomeCache.key(for: program, environment: "")
    }
    #expect(key(["let a = \"\"\"", "// a\n\"\"\""]) != key(["let a = \"\"\"", "// b\n\"\"\""]))
    #expect(key(["/*", "// a\n*/"]) != key(["/*", "// b\n*/"]))
    #expect(key(["let a = 1", "// a"]) == key(["let a = 1", "// b"]))
    let error = Cell.Kind.error(containing: "")
    #expect(key(["/*", "// a"], kind: error) == key(["/*", "// b"], kind: error))
  }

  @Test func `where a program stands matters to its key only if it may ask`() {
    let here = Samples.program(in: "a.md", code: "print(1)", line: 3)
    let there = Samples.program("other", in: "b.md", code: "print(1)", line: 90)
    #expect(
      OutcomeCache.key(for: here, environment: "") == OutcomeCache.key(for: there, environment: ""))
    for (code, placeMatters) in [("print(#line)", false), ("@M var a = 1", false), ("f()", true)] {
      let keys = [("a.md", 3), ("a.md", 4), ("b.md", 3)].map { path, line in
        OutcomeCache.key(
          for: Samples.program(in: path, code: code, line: line), environment: "",
          placeMatters: placeMatters)
      }
      #expect(Set(keys).count == 3)
    }
  }

  @Test func `the oldest entries go until the rest is within the limit`() throws {
    var cache = cache
    cache.limitBytes = 2500
    for index in 0..<4 {
      let name = String(repeating: "\(index)", count: 64)
      let path = try folder.write(name, String(repeating: "x", count: 1000))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: Double(index - 10))], ofItemAtPath: path)
    }
    try folder.write(".new-1", "left by a writer that was killed")
    cache.trim()
    #expect(folder.names.map(\.first) == ["2", "3"])
  }
}
