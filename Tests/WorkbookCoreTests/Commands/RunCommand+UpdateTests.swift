import Synchronization
import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct RunCommandUpdateTests {
  private static let markdown = "```swift\nprint(2)\n```\n```output\n1\n```\n"

  /// A chapter whose program has printed `2`, as it was read.
  private static func result(_ path: String) throws -> ChapterResult {
    let chapter = Chapter(path: path, bytes: Array(markdown.utf8))
    let outcome = Outcome(transcript: Samples.transcript("2\n"))
    return ChapterResult(
      chapter: chapter, source: Array(markdown.utf8),
      programs: [try check(chapter.programs[0], outcome, isCached: false)], failures: [])
  }

  @Test func `a chapter that was edited or is gone meanwhile stops no other, and both are told`()
    throws
  {
    let folder = TemporaryFolder()
    try folder.write("edited.md", "# mine\n")
    try folder.write("good.md", Self.markdown)
    let results = try ["edited.md", "gone.md", "good.md"].map {
      try Self.result("\(folder.path)/\($0)")
    }
    let book = BookResult(
      chapters: results, seconds: 0, shard: nil, wasInterrupted: false, confinement: .full)
    let told = Mutex("")
    var options = RunOptions(paths: [folder.path])
    options.updates = true
    let write: @Sendable (String) -> Void = { text in told.withLock { $0 += text } }
    let reporter = ConsoleReporter(terminal: .plain, write: write, writeError: write)
    let command = RunCommand(
      options, environment: ["XDG_CACHE_HOME": folder.path], onEvent: reporter.receive)
    #expect { try command.update(book) } throws: { error in
      (error as? Fault)?.message
        == "cannot update \(folder.path)/gone.md: No such file or directory"
    }
    let edited = "edited.md: not updated: it was changed while its programs ran; run again\n"
    #expect(told.withLock { $0 }.contains(edited))
    #expect(try folder.read("edited.md") == "# mine\n")
    #expect(try folder.read("good.md") == Self.markdown.replacing("\n1\n", with: "\n2\n"))
  }
}
