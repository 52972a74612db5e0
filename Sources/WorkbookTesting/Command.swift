import Foundation

/// A call of `workbook`, which SwiftPM builds beside the tests that use this library.
struct Command: Sendable {
  /// What a call printed.
  struct Result {
    var output: Data
    var errors: String

    /// The one JSON document that it printed; throws its error where there is none.
    func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
      guard let value = try? JSONDecoder().decode(type, from: output) else {
        throw WorkbookError(description: errors.isEmpty ? "workbook printed no report" : errors)
      }
      return value
    }
  }

  private final class Marker {}

  private let executable: URL
  private let words: [String]
  private let folder: URL

  init(_ words: [String], in folder: URL) throws {
    self.words = words
    self.folder = folder
    // Where tests are a bundle, it stands in that folder.
    var built = Bundle(for: Marker.self).bundleURL
    for _ in 0..<3 {
      let file = built.appending(path: "workbook")
      if (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true {
        executable = file
        return
      }
      built.deleteLastPathComponent()
    }
    throw WorkbookError(
      description:
        "workbook is not built beside the tests in \(Bundle(for: Marker.self).bundlePath)")
  }

  /// Waits for its end.
  func run() throws -> Result {
    let output = FileManager.default.temporaryDirectory.appending(path: "workbook-\(UUID())")
    defer { try? FileManager.default.removeItem(at: output) }
    try Data().write(to: output)
    let errors = Pipe()
    let process = Process()
    process.executableURL = executable
    process.arguments = words
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = errors
    try process.run()
    let text = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Result(
      output: try Data(contentsOf: output), errors: String(decoding: text, as: UTF8.self))
  }

  /// The same, while other tests go on.
  func runAside() async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Swift.Result { try run() }) }
    }
  }
}
