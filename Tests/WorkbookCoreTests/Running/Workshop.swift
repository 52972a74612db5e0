import Foundation

@testable import WorkbookChapters
@testable import WorkbookConfinement
@testable import WorkbookCore
@testable import WorkbookSystem

/// What the tests of compiling and running share: a package with a C target, built once.
enum Workshop {
  /// Removed when the process ends.
  static let folder: String = {
    let path = NSTemporaryDirectory() + "/workbook tests \(getpid())"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(atPath: Workshop.folder) }
    return path
  }()

  static let environment = ProcessInfo.processInfo.environment.merging(
    ["XDG_CACHE_HOME": folder + "/caches"]
  ) { $1 }

  static func write(_ files: [String: String], to folder: String) throws {
    for (name, text) in files {
      let path = "\(folder)/\(name)"
      try FileManager.default.createDirectory(
        atPath: WorkbookSystem.folder(of: path), withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }

  private static let library = Task {
    let package = folder + "/Süß package"
    try write(
      [
        "Package.swift": """
        // swift-tools-version: 6.2
        import PackageDescription
        let package = Package(
          name: "Shapes", products: [.library(name: "Shapes", targets: ["Shapes"])],
          targets: [.target(name: "CShapes"), .target(name: "Shapes", dependencies: ["CShapes"])])
        """,
        "Sources/CShapes/include/CShapes.h": "static const int CORNERS = 4;\nint twice(int x);\n",
        "Sources/CShapes/twice.c": "int twice(int x) { return 2 * x; }\n",
        "Sources/Shapes/Shapes.swift": """
        import CShapes
        public func double(_ x: Int) -> Int { Int(twice(Int32(x))) }
        public func mm(_ a: Int, _ b: Int) {
          precondition(a == b, "mm: cannot multiply [\\(a)] by [\\(b)]")
        }
        """,
      ], to: package)
    let toolchain = try await Toolchain.find(environment: environment)
    return try await Library.build(for: package, toolchain: toolchain) { _ in }
  }

  static func library() async throws -> Library { try await library.value }

  /// A program of these cells, which stand from line 10 on in `chapters/c.md`, ten lines apart.
  static func program(
    _ cells: [String], kinds: [Int: Cell.Kind] = [:], column: Int = 1, timeout: Double = 20,
    languageMode: Int = 5
  ) -> Program {
    Program(
      name: Program.mainName, chapterPath: "chapters/c.md", mode: .run, timeout: timeout,
      languageMode: languageMode,
      cells: cells.enumerated().map { index, text in
        let line = 10 * (index + 1)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        return Cell(
          line: line, kind: kinds[index] ?? .plain,
          content: Text(
            lines: lines.map {
              Text.Line(text: String($1), line: line + 1 + $0, column: column)
            }), prints: [], startsAtTopLevel: true)
      }, expectations: [], isBroken: false)
  }

  static func compile(_ program: Program, in scratch: Scratch) async throws -> Compilation {
    // However busy the machine is.
    try await Compilation(
      of: program, with: library(), by: runner, in: scratch.path, timeout: 3600, trialSeconds: 3600)
  }

  /// The runner's executable, which stands beside the tests.
  static let launcher = WorkbookSystem.folder(of: ownExecutable) + "/workbook"

  static let runner = Runner(Launchers(launcher), isConfined: true)

  /// Compiles and runs cells.
  static func run(_ cells: [String]) async throws -> Transcript { try await run(program(cells)) }

  static func run(_ program: Program) async throws -> Transcript {
    let scratch = try await scratch()
    let compilation = try await compile(program, in: scratch)
    guard let executable = compilation.executable else {
      throw Compilation.Failed(failures: compilation.failures)
    }
    return try await runner.run(
      executable, of: program, with: library(), in: scratch.path, limits: Limits(seconds: 600))
  }

  static func scratch() async throws -> Scratch {
    try await Scratch(in: library().folder + "/run")
  }
}
