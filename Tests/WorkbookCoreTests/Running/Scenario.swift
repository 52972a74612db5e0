import Foundation
import Testing

@testable import WorkbookCore

/// A piece of code, and how it should end.
///
/// All scenarios are compiled as one program, which learns
/// from a file which one to be.
struct Scenario: CustomTestStringConvertible, Sendable {
  var code: String
  var end: Transcript.End
  var output = ""
  var testDescription: String { code }

  init(_ code: String, _ end: Transcript.End) {
    self.code = code
    self.end = end
  }

  init(_ code: String, _ limit: String) {
    self.init(code, .exceeded(limit: limit))
  }

  init(_ code: String, prints output: String) {
    self.init(code, .exited(code: 0))
    self.output = output
  }

  /// - Parameter line: of the code, from 0.
  static func trap(_ code: String, _ message: String, _ line: Int, _ column: Int) -> Scenario {
    Scenario(
      code,
      .trapped(message: message, at: Location(path: "chapters/c.md", line: line, column: column)))
  }
}

extension Scenario {
  private static let all: [Scenario] =
    RunnerTests.endings + RunnerTests.excesses + RunnerTests.trespasses + RunnerTests.allowances
    + [RunnerTests.start, RunnerTests.bytes, RunnerTests.daemon, RunnerTests.reader]
    + RunnerTests.forgeries

  private static let prologue = """
    import Foundation; import Shapes
    let scenario = Int(try String(contentsOfFile: "scenario", encoding: .utf8))!
    let nine = scenario - scenario + 9
    let fork = unsafeBitCast(dlsym(nil, "fork"), to: (@convention(c) () -> Int32).self)
    struct Plain: Error {}
    @inline(never) func typed() throws(Plain) { throw Plain() }
    let mebibyte = Data(count: 1 << 20)
    print("begun")
    """

  /// Functions keep the scenarios' calls into the runtime apart.
  private static func function(_ index: Int) -> String {
    "@inline(never) func s\(index)() throws {\n\(all[index].code)\n}\n"
  }

  private static let program = Workshop.program([
    prologue, all.indices.map(function).joined(),
    "switch scenario {\n" + all.indices.map { "case \($0): try s\($0)()\n" }.joined()
      + "default: break\n}",
  ])

  private static let executable = Task {
    let scratch = try await Workshop.scratch()
    let compilation = try await Workshop.compile(program, in: scratch)
    guard let executable = compilation.executable else {
      throw Compilation.Failed(failures: compilation.failures)
    }
    return (scratch, executable)
  }

  /// Runs it with 256 MB of memory, 1 MB of output, and 300 files of 8 MB.
  func run(seconds: Double = 20, isConfined: Bool = true) async throws -> Transcript {
    let (_, executable) = try await Self.executable.value
    let scratch = try await Workshop.scratch()
    let index = Self.all.firstIndex { $0.code == code }!
    try Workshop.write(["work/scenario": "\(index)"], to: scratch.path)
    return try await Runner(launcher: Workshop.launcher, isConfined: isConfined).run(
      executable, of: Self.program, with: Workshop.library(), in: scratch.path,
      limits: Limits(
        seconds: seconds, memoryBytes: 256 << 20, fileBytes: 1 << 20, folderBytes: 8 << 20,
        files: 300))
  }

  /// The end with its place in the whole program.
  var endInChapter: Transcript.End {
    guard case .trapped(let message, var place?) = end else { return end }
    let index = Self.all.firstIndex { $0.code == code }!
    let before = Self.all.indices[..<index].map(Self.function).joined()
    // The second cell's first line is 21, the function's first line is its head.
    place.line += 22 + before.count { $0 == "\n" }
    return .trapped(message: message, at: place)
  }
}

extension Compilation {
  struct Failed: Error { var failures: [Failure] }
}

extension Transcript {
  var outputText: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: errors, as: UTF8.self) }
}
