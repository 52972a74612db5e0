import Foundation
import Synchronization
import WorkbookSystem
import WorkbookConfinement

/// Runs the tools that work on what a program's author wrote, confined as the program is: they read the
/// toolchain and the package, write in a folder of their own, and reach no network.
final class ToolRunner: Sendable {
  private let runner: Runner
  private let library: Library
  private let folder: String
  private let looks = Mutex<[String: InputStamp]>([:])

  /// - Parameter folder: the program's own.
  init(_ runner: Runner, _ library: Library, in folder: String) {
    self.runner = runner
    self.library = library
    self.folder = folder
  }

  /// The files of the package that tools have looked at so far, with their stamps from before, where a macro may
  /// make something of them; what compilers themselves read of it, the library is made of.
  var inputs: [String: InputStamp] { looks.withLock { $0 } }

  var toolchain: Toolchain { library.toolchain }

  /// The folder that a tool works and writes in at a stage.
  func workFolder(_ stage: String) -> String { "\(folder)/\(stage)/work" }

  /// Runs an executable of the toolchain to its end or its limits.
  ///
  /// - Parameter readable: what it needs besides the toolchain and the package.
  func run(
    _ executable: String, _ arguments: [String], in stage: String, readable: [String],
    seconds: Double
  ) async throws(Fault) -> ToolResult {
    guard seconds > 0 else { return ToolResult(end: .timedOut, output: [], errors: []) }
    let work = workFolder(stage)
    var files = library.filesForTools
    files.readable += readable
    var environment = ["HOME": work, "TMPDIR": work, "LANG": "C.UTF-8"]
    for name in ["PATH", "LD_LIBRARY_PATH", "SDKROOT"] {
      environment[name] = library.toolchain.environment[name]
    }
    let launch = Launch(
      executable: executable, arguments: arguments, environment: environment,
      folder: "\(folder)/\(stage)", limits: .tool(seconds: seconds), role: .tool,
      inputs: library.commands.loadsMacros ? library.packageFolder : nil,
      isConfined: runner.isConfined, files: files, landlock: runner.landlock)
    let report = try await runner.launch(launch)
    if report.end == .interrupted { throw .cancelled }
    looks.withLock { $0.merge(report.inputs) { first, _ in first } }
    return ToolResult(
      end: report.end, output: try firstBytes(of: launch.outputPath),
      errors: try firstBytes(of: launch.errorsPath))
  }

  /// More words of a tool help nobody.
  private func firstBytes(of path: String) throws(Fault) -> [UInt8] {
    try attempt("read \(path)") {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      return Array(try file.read(upToCount: 16 << 20) ?? Data())
    }
  }
}

/// What came of a tool's run.
struct ToolResult {
  var end: LaunchReport.End
  var output: [UInt8]
  var errors: [UInt8]

  var succeeded: Bool { end == .exited(0) }

  /// The lines that it printed as errors.
  var errorLines: [String] {
    String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }
}
