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
  static var names: [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: CaseCopy.cases.path)
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }

  @Test(arguments: names)
  func `the terminal shows what the case says`(name: String) throws {
    let file = CaseCopy.cases.appending(path: "\(name)/terminal.txt")
    let expected = try String(contentsOf: file, encoding: .utf8)
    let copy = try CaseCopy(of: name)

    var actual = ""
    for command in expected.split(separator: "\n") where command.hasPrefix("$ ") {
      let (text, code) = try run(command.dropFirst(2), in: copy.url)
      actual += "\(command)\n\(text)"
      if code != 0 { actual += "[exit code \(code)]\n" }
    }
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try Data(actual.utf8).write(to: file)
    }
    #expect(actual == expected)
  }

  /// Runs a command, and hides what differs from run to run.
  private func run(_ command: Substring, in folder: URL) throws -> (text: String, code: Int32) {
    let (text, code) = try shell(command, in: folder)
    let shown = text.replacing(folder.path, with: "FOLDER")
      .replacing(/([0-9]+ (h|min) )*[0-9.]+ s\b/, with: "0.00 s")
      .replacing(/("[a-zA-Z]*[sS]econds" : )[0-9.e-]+/) { "\($0.1)0" }
      .replacing(/("peakMemoryBytes" : )[0-9]+/) { "\($0.1)0" }
    return (shown, code)
  }
}
