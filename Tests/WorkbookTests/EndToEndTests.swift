import Foundation
import Testing

/// What a person at a terminal sees.
///
/// Each folder of Cases holds chapters and `terminal.txt`: commands behind `$ `, and below each what the
/// terminal shows and, unless it is 0, the exit code. Every case runs in a copy of its folder.
///
/// `RECORD=1 swift test --filter EndToEndTests` writes the transcripts anew; read the difference before
/// committing it.
@Suite struct EndToEndTests {
  static let cases = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  static var names: [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: cases.path)
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }

  @Test("The terminal shows what the case says", arguments: names)
  func terminal(name: String) throws {
    let folder = Self.cases.appending(path: name)
    let file = folder.appending(path: "terminal.txt")
    let expected = try String(contentsOf: file, encoding: .utf8)
    let copy = FileManager.default.temporaryDirectory
      .appending(path: "workbook-case-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.copyItem(at: folder, to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }

    var actual = ""
    for command in expected.split(separator: "\n") where command.hasPrefix("$ ") {
      let (text, code) = try run(command.dropFirst(2), in: copy)
      actual += "\(command)\n\(text)"
      if code != 0 { actual += "[exit code \(code)]\n" }
    }
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try Data(actual.utf8).write(to: file)
    }
    #expect(actual == expected)
  }

  /// Runs a line of a shell in which `workbook` is the one just built.
  private func run(_ command: Substring, in folder: URL) throws -> (text: String, code: Int32) {
    let built = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().path
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exec 2>&1; \(command)"]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = "\(built):\(environment["PATH"] ?? "")"
    environment["XDG_CACHE_HOME"] = folder.appending(path: ".cache").path
    process.environment = environment
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
      .replacing(folder.path, with: "FOLDER")
      .replacing(/[0-9.]+ s\b/, with: "0.00 s")
      .replacing(/("[a-zA-Z]*[sS]econds" : )[0-9.e-]+/) { "\($0.1)0" }
      .replacing(/("peakMemoryBytes" : )[0-9]+/) { "\($0.1)0" }
    return (text, process.terminationStatus)
  }
}
