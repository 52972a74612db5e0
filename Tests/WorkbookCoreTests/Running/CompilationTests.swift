import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct CompilationTests {
  /// Failures as `line:column: text`.
  private func failures(of program: Program) async throws -> [String] {
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    return texts(compilation.failures)
  }

  private func texts(_ failures: [Failure]) -> [String] {
    failures.map { failure in
      let text =
        switch failure.problem {
        case .compile(.error(let text, _)), .compile(.redeclaration(let text, _)): text
        default: "\(failure.problem)"
        }
      return "\(failure.location.line):\(failure.location.column): \(text)"
    }
  }

  @Test(arguments: [5, 6])
  func `a program of the package's modules compiles`(languageMode: Int) async throws {
    let program = Workshop.program(
      ["import Shapes\nimport CShapes", "print(double(Int(CORNERS)))"], languageMode: languageMode)
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(compilation.failures.isEmpty && compilation.warnings.isEmpty)
    #expect(compilation.executable != nil)
  }

  #if os(Linux)
    /// A macro that answers, and leaves a process behind that waits for the compiler's object file.
    private static let changeling = """
      import Foundation
      @_silgen_name("fork") func cfork() -> Int32
      func answer(_ text: String) {
        var count = UInt64(text.utf8.count).littleEndian
        FileHandle.standardOutput.write(Data(bytes: &count, count: 8) + Data(text.utf8))
      }
      while true {
        let head = FileHandle.standardInput.readData(ofLength: 8)
        if head.count < 8 { break }
        let count = head.withUnsafeBytes { Int($0.loadUnaligned(as: UInt64.self)) }
        let message = String(decoding: FileHandle.standardInput.readData(ofLength: count), as: UTF8.self)
        if message.contains("getCapability") {
          answer(#"{"getCapabilityResult":{"capability":{"protocolVersion":7}}}"#)
        } else if message.contains("expandFreestandingMacro") {
          if cfork() == 0 {
            close(0)
            close(1)
            symlink("FOLDER/key", "link")
            var status = stat()
            while lstat("main.o", &status) != 0 || status.st_size == 0 {}
            rename("link", "main.o")
            _exit(0)
          }
          answer(#"{"expandMacroResult":{"expandedSource":"1","diagnostics":[]}}"#)
        } else {
          answer("{}")
        }
      }
      """

    @Test func `what a macro puts in the place of the object is not read for it`() async throws {
      let folder = TemporaryFolder()
      try folder.write("key", "secret\n")
      try folder.write(
        "p/Package.swift",
        """
        // swift-tools-version: 6.0
        import CompilerPluginSupport
        import PackageDescription
        let package = Package(
          name: "P", products: [.library(name: "L", targets: ["L"])],
          targets: [.macro(name: "M"), .target(name: "L", dependencies: ["M"])])
        """)
      try folder.write(
        "p/Sources/M/main.swift", Self.changeling.replacing("FOLDER", with: folder.path))
      try folder.write(
        "p/Sources/L/L.swift",
        "@freestanding(expression) public macro one() -> Int = #externalMacro(module: \"M\", type: \"E\")\n"
      )
      let toolchain = try await Toolchain.find(environment: Workshop.environment)
      let library = try await Library.build(for: folder.path + "/p", toolchain: toolchain) { _ in }
      let scratch = try Scratch(in: folder.path + "/scratch")
      let compilation = try await Compilation(
        of: Workshop.program(["import L\nprint(#one())"]), with: library, by: Workshop.runner,
        in: scratch.path)
      let problems = compilation.failures.map(\.problem)
      // It may come too late: then there is the compiler's own object.
      let isCaught = problems == [.compile(.link(lines: ["the compiler left no object file"]))]
      #expect(isCaught ? compilation.executable == nil : problems.isEmpty)
    }
  #endif

  @Test func `a doc comment's cells see their module`() async throws {
    let library = try await Workshop.library()
    let file = try #require(library.packageFolder) + "/Sources/Shapes/Shapes.swift"
    var program = Workshop.program(["print(double(2))"])
    #expect(try await failures(of: program) == ["11:7: cannot find 'double' in scope"])
    program.module = library.module(of: file)
    #expect(program.module == "Shapes")
    #expect(try await failures(of: program) == [])
    // Of C targets and of what is no source there is no module to import.
    for other in ["CShapes/twice.c", "../Package.swift"] {
      #expect(library.module(of: library.packageFolder! + "/Sources/\(other)") == nil)
    }
  }

  @Test(arguments: [1, 5])
  func `errors carry the line and column of the Markdown`(column: Int) async throws {
    let program = Workshop.program(["let a = 1", "let b = 2\nprint(a + nope)"], column: column)
    #expect(try await failures(of: program) == ["22:\(10 + column): cannot find 'nope' in scope"])
    #expect(try await Workshop.compile(program, in: Workshop.scratch()).isRepeatable)
  }

  @Test func `every cell's own errors are told, in order, and what compiles without them is made`()
    async throws
  {
    let program = Workshop.program([
      "import Nope", "let a = 1", "struct S {", "let b: String = a", "let c = x\nlet d = y",
      ".f()", "let a = 2", "print(a)", "let e = ",
    ])
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(
      texts(compilation.failures) == [
        "11:8: no such module 'Nope'", "31:11: expected declaration",
        "31:11: expected '}' in struct",
        "41:17: cannot convert value of type 'Int' to specified type 'String'",
        "51:9: cannot find 'x' in scope", "52:9: cannot find 'y' in scope",
        "61:2: reference to member 'f' cannot be resolved without a contextual type",
        "71:5: invalid redeclaration of 'a'", "91:8: expected initial value after '='",
      ])
    #expect(Set(compilation.leftOut.keys) == [0, 2, 3, 4, 5, 6, 8])
    #expect(compilation.leftOut.values.allSatisfy { $0 == .doesNotCompile })
    #expect(compilation.executable != nil && compilation.isRepeatable)
  }

  @Test func `a cell that needs one that does not compile is left out with it`() async throws {
    let program = Workshop.program([
      "let a: Nothing = 1", "print(a)", "let (b, c) = (", "print(c)",
      "extension Int { var q: Int { a } }", "print(1.q)", "print(2)", "func d() -> Int {\n}",
      "print(d())",
    ])
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(compilation.failures.map(\.location.line) == [11, 31, 82])
    #expect(
      compilation.leftOut == [
        0: .doesNotCompile, 1: .needs(cell: 0), 2: .doesNotCompile, 3: .needs(cell: 2),
        4: .needs(cell: 0), 5: .needs(cell: nil), 7: .doesNotCompile, 8: .needs(cell: 7),
      ])
    #expect(compilation.executable != nil)
  }

  @Test func `a cell that must fail is tried behind those that compile`() async throws {
    let program = Workshop.program(
      ["let a: Nothing = 1", "let b = 1", "b = 2", "let c: String = a", "b = 2"],
      kinds: [2: .error(containing: "is a 'let'"), 3: .error(containing: "cannot convert")])
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(compilation.checks.map(\.status) == [.passed, .skipped])
    #expect(compilation.failures.map(\.location.line) == [11, 51])
    #expect(compilation.leftOut[3] == .needs(cell: nil))
  }

  @Test func `cells that go on with each other are judged together, unless brackets do not fit`()
    async throws
  {
    var program = Workshop.program(["f(1,", "2)", "print(3)", "let a = [", "4", "print(5)"])
    for index in [1, 4] { program.cells[index].startsAtTopLevel = false }
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(
      texts(compilation.failures) == [
        "11:1: cannot find 'f' in scope", "41:10: expected expression in container literal",
      ])
    #expect(Set(compilation.leftOut.keys) == [0, 1, 3])
  }

  @Test func `where trying takes too long, the rest is told as it was seen, with a word`()
    async throws
  {
    let program = Workshop.program([
      "let a: Int = \"\"\nfunc f() {}", "let b: Int = \"\"\nfunc f() {}", "print(1)",
    ])
    let scratch = try await Workshop.scratch()
    let compilation = try await Compilation(
      of: program, with: Workshop.library(), by: Workshop.runner, in: scratch.path,
      trialSeconds: 0)
    #expect(compilation.failures.map(\.location.line) == [11, 21, 22])
    #expect(compilation.warnings.map(\.problem) == [.untried(cells: 2, seconds: 0)])
    #expect(compilation.executable != nil && !compilation.isRepeatable)
  }

  @Test func `a name that several cells declare is nobody's fault but the second's`() async throws {
    let program = Workshop.program([
      "struct P { var a = 1 }", "let p = P()", "struct P { var b = 2 }", "print(P().b)",
      "print(P())",
    ])
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(
      texts(compilation.failures) == [
        "31:8: invalid redeclaration of 'P'", "41:11: value of type 'P' has no member 'b'",
      ])
    #expect(Set(compilation.leftOut.keys) == [2, 3])
  }

  @Test func `three hundred cells that do not compile take seconds`() async throws {
    let cells = (0..<300).map { number in
      number % 3 == 0
        ? "let a = \(number)" : number % 3 == 1 ? "let b\(number) = nothing" : "print(\"x\".count)"
    }
    let compilation = try await Workshop.compile(
      Workshop.program(cells), in: Workshop.scratch())
    #expect(compilation.failures.count == 199)
    #expect(compilation.executable != nil)
  }

  @Test func `a redeclaration in another cell is told from one in the same`() async throws {
    func problems(_ cells: [String]) async throws -> [Failure.Problem] {
      try await Workshop.compile(Workshop.program(cells), in: Workshop.scratch())
        .failures.map(\.problem)
    }
    let across = try await problems(["let a = 1", "let a = 2"])
    guard case .compile(.redeclaration(let text, let notes)) = across.first else {
      Issue.record("\(across)")
      return
    }
    #expect(text == "invalid redeclaration of 'a'")
    #expect(notes.map(\.location?.line) == [11])
    let within = try await problems(["let a = 1\nlet a = 2"])
    guard case .compile(.error("invalid redeclaration of 'a'", _)) = within.first else {
      Issue.record("\(within)")
      return
    }
  }

  @Test func `a warning fails nothing`() async throws {
    let program = Workshop.program(["func f() { let unused = 1 }"])
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(compilation.warnings.map(\.location.line) == [11])
    #expect(compilation.executable != nil)
  }

  @Test func `a name that only the linker misses is a failure of the program's`() async throws {
    let program = Workshop.program(["@_silgen_name(\"nowhere\") func f()\nf()"])
    let found = try await failures(of: program)
    #expect(found.count == 1)
    #expect(found.first?.contains("undefined symbol: nowhere") == true)
  }

  @Test func `a cell that must fail is checked on its own`() async throws {
    let cells = ["let x: Int", "let y: String = 1", "print(x)", "let z = 3", "x = 1; print(x)"]
    let program = Workshop.program(
      cells,
      kinds: [
        1: .error(containing: "cannot convert value of type 'Int'"),
        2: .error(containing: "used before being initialized"), 3: .error(containing: ""),
      ])
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(compilation.checks.map(\.status) == [.passed, .passed, .failed])
    #expect(
      compilation.failures == [
        Failure(
          .compile(.compiles(expectedError: "")),
          at: Location(path: "chapters/c.md", line: 40, column: 1))
      ])
  }

  @Test func `another error than the one expected is a failure`() async throws {
    let program = Workshop.program(
      ["let a = 1", "nope()"], kinds: [1: .error(containing: "cannot convert")])
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(
      compilation.failures.map(\.problem) == [
        .compile(
          .otherErrors(
            expectedError: "cannot convert", found: ["cannot find 'nope' in scope"]))
      ])
  }

  @Test func `a warning that looks like an error is none`() async throws {
    let program = Workshop.program(
      [#"#warning("x\n\#(absolutePath("chapters/c.md")):10:1: error: boom")"#],
      kinds: [0: .error(containing: "boom")])
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(compilation.failures.map(\.problem) == [.compile(.compiles(expectedError: "boom"))])
  }

  /// A library whose compiler does something else when its arguments match, `*-o*/main.o*`.
  private func library(
    in folder: TemporaryFolder, compiling pattern: String, does script: String
  ) async throws -> Library {
    let real = try await Toolchain.find(environment: Workshop.environment)
    try makeFolder(folder.path + "/usr/bin")
    for name in ["swiftc", "swift", "clang", "ld.lld"] {
      try folder.link("usr/bin/\(name)", to: "\(real.binaries)/\(name)")
    }
    // Written by another process: a file that one of this process's children still holds to write cannot
    // be run.
    let script = "case $* in \(pattern)) \(script);; esac; exec \(real.frontend) \"$@\""
    _ = try await Subprocess(
      "/bin/sh",
      ["-c", "printf '#!/bin/sh\\n%s' \"$0\" > \"$1\"; chmod +x \"$1\"", script]
        + [folder.path + "/usr/bin/swift-frontend"], environment: [:]
    ).run()
    var toolchain = real
    toolchain.binaries = folder.path + "/usr/bin"
    toolchain.environment["XDG_CACHE_HOME"] = folder.path + "/caches"
    return try await Library.build(for: nil, toolchain: toolchain) { _ in }
  }

  @Test func `all of a program's cells share one time to compile in`() async throws {
    let folder = TemporaryFolder()
    let library = try await library(
      in: folder, compiling: "*/compile/main.swift*", does: "sleep 99")
    let scratch = try Scratch(in: folder.path + "/scratch")
    let program = Workshop.program(
      ["print(1)", "nope", "nope"], kinds: [1: .error(containing: ""), 2: .error(containing: "")])
    let compilation = try await Compilation(
      of: program, with: library, by: Workshop.runner, in: scratch.path, timeout: 1)
    #expect(
      compilation.failures.map(\.problem)
        == Array(repeating: .compile(.timedOut(seconds: 1)), count: 3))
  }

  @Test(arguments: ["kill -9 $$", "echo 'error: no space left on device' >&2; exit 1", "exit 1"])
  func `what the compiler does by itself says nothing of the program`(end: String) async throws {
    let folder = TemporaryFolder()
    let library = try await library(in: folder, compiling: "*-o*/main.o*", does: end)
    let scratch = try Scratch(in: folder.path + "/scratch")
    let compilation = try await Compilation(
      of: Workshop.program(["print(1)"]), with: library, by: Workshop.runner, in: scratch.path)
    #expect(compilation.failures.count == 1 && compilation.executable == nil)
    #expect(!compilation.isRepeatable)
  }

  @Test(arguments: [true, false])
  func `a compiler that finds no end of errors is stopped`(isConfined: Bool) async throws {
    var runner = Workshop.runner
    runner.isConfined = isConfined
    let folder = TemporaryFolder()
    let library = try await library(
      in: folder, compiling: "*-o*/main.o*",
      does:
        "i=0; while :; do i=$((i+1)); echo \"\(absolutePath("chapters/c.md")):11:1: error: no $i\" >&2; done"
    )
    let scratch = try Scratch(in: folder.path + "/scratch")
    let compilation = try await Compilation(
      of: Workshop.program(["print(1)"]), with: library, by: runner, in: scratch.path)
    #expect(
      compilation.failures.prefix(1000).map(\.problem)
        == (1...1000).map { .compile(.error("no \($0)", notes: [])) })
    guard case .compile(.moreErrors) = compilation.failures.last?.problem else {
      Issue.record("nothing is said of more errors")
      return
    }
    #expect(compilation.failures.count == 1001)
    #expect(compilation.isRepeatable)
  }

  @Test func `a program that is not to run is compiled and not linked`() async throws {
    var program = Workshop.program(["print(1)"])
    program.mode = .compileOnly
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(compilation.failures.isEmpty && compilation.executable == nil)
  }

  /// A program whose object asks the linker for these words.
  private func program(linkingWith words: [String]) -> Program {
    let bytes = words.flatMap { (word: String) -> [UInt8] in Array(word.utf8) + [0] }
    let type = bytes.map { _ in "UInt8" }.joined(separator: ", ")
    return Workshop.program([
      """
      private enum Words {
        @section(".swift1_autolink_entries") @used
        static let words: (\(type)) = (\(bytes.map(String.init).joined(separator: ", ")))
      }
      print(1)
      """
    ])
  }

  @Test func `what a cell asks the linker for is not done`() async throws {
    let folder = TemporaryFolder()
    let victim = try folder.write("victim", "precious")
    for words in [
      ["-Map=\(victim)"], ["-o", victim], ["--format=binary", victim], ["-T", victim],
      ["--dynamic-linker=\(victim)"], ["-lm", "-Map=\(victim)"], ["-lnowhere"],
      ["-L/", "@\(victim)"],
    ] {
      let scratch = try await Workshop.scratch()
      _ = try await Workshop.compile(program(linkingWith: words), in: scratch)
      let tools = ToolRunner(Workshop.runner, try await Workshop.library(), in: scratch.path)
      let object = tools.workFolder("compile") + "/main.o"
      #expect(Set(ELFFile.autolinkedArguments(of: [object])).isSuperset(of: words))
      let arguments = try await Workshop.library().commands.linker.command(
        object: object, output: "program")
      #expect(Set(arguments).isDisjoint(with: words.filter { $0 != "-lm" && $0 != "-o" }))
      #expect(arguments.count { $0 == "-o" } == 1)
      #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
      #expect(folder.names == ["victim"])
    }
  }

  @Test func `a library that the toolchain has may be asked for`() async throws {
    let program = Workshop.program([
      "import Synchronization\nlet m = Mutex(1)\nprint(m.withLock { $0 })"
    ])
    #expect(try await failures(of: program) == [])
  }

  @Test func `where there is no lld the driver links`() async throws {
    let folder = TemporaryFolder()
    var toolchain = try await Toolchain.find(environment: Workshop.environment)
    #expect(toolchain.hasLLD)
    toolchain.hasLLD = false
    toolchain.environment["XDG_CACHE_HOME"] = folder.path + "/caches"
    let library = try await Library.build(for: nil, toolchain: toolchain) { _ in }
    let scratch = try Scratch(in: folder.path + "/scratch")
    let program = Workshop.program([
      "import Synchronization\nlet m = Mutex([4, 9])", "print(m.withLock { $0[Int(\"2\")!] })",
    ])
    let compilation = try await Compilation(
      of: program, with: library, by: Workshop.runner, in: scratch.path)
    #expect(compilation.failures.isEmpty)
    #expect(library.commands.linker.command.first == toolchain.binaries + "/clang")
    let transcript = try await Workshop.runner.run(
      #require(compilation.executable), of: program, with: library, in: scratch.path,
      limits: Limits(seconds: 600))
    let place = Location(path: program.chapterPath, line: 21, column: 22)
    #expect(
      transcript.end == .trapped(message: "Fatal error: Index out of range", at: place))
    #expect(transcript.cellStarts == [0, 0])
  }
}
