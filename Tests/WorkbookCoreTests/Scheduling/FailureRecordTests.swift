import Testing
import WorkbookTestTools

@testable import WorkbookChapters
@testable import WorkbookCore

@Suite struct FailureRecordTests {
  @Test func `what failed is known until it passes, also in a checkout elsewhere`() throws {
    let (here, there) = (TemporaryFolder(), TemporaryFolder())
    func record(_ folder: TemporaryFolder) -> FailureRecord {
      FailureRecord(file: folder["failed.json"], root: folder.path)
    }
    let programs = ["a", "b", "c"].map { Samples.program($0, in: here["chapters/a.md"]) }
    let place = Location(path: here["chapters/a.md"], line: 1, column: 1)
    var results = programs.map { ProgramResult(program: $0, status: .ran) }
    results[0].failures = [Failure(.check(.startPasses), at: place)]
    results[1] = .notRun(programs[1], for: .compiler)
    var first = record(here)
    first.note(results)
    #expect(programs.map(record(here).holds) == [true, true, false])

    // What did not get its turn is what it was.
    first.note([
      .notRun(programs[0], for: .earlierFailure), ProgramResult(program: programs[1], status: .ran),
      .notRun(programs[2], for: .interruption),
    ])
    #expect(programs.map(record(here).holds) == [true, false, false])

    try there.write("failed.json", try here.read("failed.json"))
    #expect(record(there).holds(Samples.program("a", in: there["chapters/a.md"])))
    #expect(!record(there).holds(Samples.program("b", in: there["chapters/a.md"])))
    try there.write("failed.json", "[\"a")
    #expect(!record(there).holds(Samples.program("a", in: there["chapters/a.md"])))
  }
}
