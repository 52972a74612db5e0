import Foundation
import Testing

/// `workbook run --watch`, as an author leaves it running.
@Suite struct WatchTests {
  private let copy: CaseCopy
  /// In the package that is watched.
  private var log: URL { copy.url.appending(path: "log") }

  init() throws {
    copy = try CaseCopy(of: "passing")
    try Data().write(to: log)
    try Data(
      "// swift-tools-version: 6.0\nimport PackageDescription\nlet package = Package(name: \"p\")"
        .utf8
    )
    .write(to: copy.url.appending(path: "Package.swift"))
  }

  /// All that was told, once the condition holds; nil after 60 seconds.
  private func told(_ condition: (String) -> Bool) -> String? {
    for _ in 0..<600 {
      let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      if condition(text) { return text }
      Thread.sleep(forTimeInterval: 0.1)
    }
    return nil
  }

  private func watch(_ options: String...) -> Process {
    let process = Process()
    process.executableURL = builtFolder.appending(path: "workbook")
    process.arguments = ["run", "chapters", "--watch"] + options
    process.currentDirectoryURL = copy.url
    var environment = ProcessInfo.processInfo.environment
    environment["XDG_CACHE_HOME"] = copy.url.appending(path: ".cache").path
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    return process
  }

  @Test func `what a save touched runs again, and nothing else, until Control-C`() throws {
    let process = watch()
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    defer { if process.isRunning { process.terminate() } }

    let first = try #require(told { $0.contains("watching 3 chapters, none fails") })
    #expect(first.contains("✓ chapters/01-descent.md"))
    #expect(first.contains("2 chapters passed, 1 page"))

    let chapter = copy.url.appending(path: "chapters/02-words.md")
    let words = try String(contentsOf: chapter, encoding: .utf8)
    try Data((words + "\n```swift program=new\nprint(7)\n```\n```output\n8\n```\n").utf8)
      .write(to: chapter)
    let told2 = try #require(told { $0.contains("watching 3 chapters, 1 failed") })
    let second = told2.dropFirst(first.count)
    #expect(
      second.contains("✗ chapters/02-words.md") && second.contains("expected '8', printed '7'"))
    #expect(!second.contains("01-descent.md"))

    // What cannot be read is told, and the watch goes on.
    try Data([0x23, 0xFF]).write(to: chapter)
    _ = try #require(told { $0.contains("is not UTF-8") })
    try Data(words.utf8).write(to: chapter)
    let last = try #require(told { $0.contains("1 chapter passed") })
    #expect(last.hasPrefix(told2))

    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
  }

  @Test func `a file that nothing depends on runs nothing, and what chapters depend on runs them`()
    throws
  {
    let manifest = copy.url.appending(path: "Package.swift")
    let prelude = copy.url.appending(path: "Prelude.swift")
    try Data("let one = 1\n".utf8).write(to: prelude)
    try Data(
      "<!-- workbook: prelude=../Prelude.swift -->\n\n```swift\nprint(one)\n```\n```output\n1\n```\n"
        .utf8
    )
    .write(to: copy.url.appending(path: "chapters/04-prelude.md"))
    let process = watch()
    // As `| tee log` does, whose file is none of the process's own.
    let (output, file) = (Pipe(), try FileHandle(forWritingTo: log))
    output.fileHandleForReading.readabilityHandler = { file.write($0.availableData) }
    process.standardOutput = output
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
      output.fileHandleForReading.readabilityHandler = nil
    }
    func runs(_ count: Int) -> String? {
      told { $0.components(separatedBy: "watching ").count > count }
    }
    _ = try #require(runs(1))
    // Were a save of any file one to run for, what is told of that would be one, too.
    Thread.sleep(forTimeInterval: 1)
    try Data("let one = 2\n".utf8).write(to: prelude)
    let second = try #require(runs(2))
    #expect(second.contains("expected '1', printed '2'"))
    #expect(second.components(separatedBy: "watching ").count == 3)
    let text = try String(contentsOf: manifest, encoding: .utf8)
    try Data((text + "\n// changed\n").utf8).write(to: manifest)
    let third = try #require(runs(3))
    #expect(third.components(separatedBy: "watching ").count == 4)
  }

  @Test func `a chapter without exercises that is saved leaves nothing to do`() throws {
    let chapter = copy.url.appending(path: "chapters/04-exercise.md")
    let exercise = """
      ```swift exercise=two
      print(1)
      ```

      ```swift solution=two
      print(2)
      ```

      ```output
      2
      ```

      """
    try Data(exercise.utf8).write(to: chapter)
    let process = watch("--exercises")
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    _ = try #require(told { $0.contains("watching 4 chapters, 1 failed") })
    try Data("# No more\n".utf8).write(to: copy.url.appending(path: "chapters/02-words.md"))
    let second = try #require(told { $0.components(separatedBy: "watching ").count == 3 })
    #expect(!second.contains("exercise in"))
    // Nor does one whose only exercise is gone.
    try Data("# No more\n".utf8).write(to: chapter)
    let third = try #require(told { $0.contains("none fails") })
    #expect(!third.contains("exercise in"))
  }
}
