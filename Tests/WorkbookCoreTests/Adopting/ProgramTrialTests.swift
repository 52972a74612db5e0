import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct ProgramTrialTests {
  private func settled(
    _ cells: [String], change: (inout Program) -> Void = { _ in }
  ) async throws -> (drafts: [Draft], mistakes: [(location: Location, message: String)]) {
    var program = Workshop.program(cells)
    change(&program)
    return try await ProgramTrial(try await Trials.ofWorkshop())
      .settle(Draft(program, program.units))
  }

  @Test func `what ends well is run twice`() async throws {
    let (drafts, mistakes) = try await settled(["print(1)", "print(2)"])
    #expect(drafts.count == 1 && mistakes.isEmpty && !drafts[0].isNotRun)
    #expect(
      drafts[0].transcripts.map { String(decoding: $0.output, as: UTF8.self) } == [
        "1\n2\n", "1\n2\n",
      ])
  }

  @Test func `a cell that traps is not run with those that need it, beside those that it needs`()
    async throws
  {
    let (drafts, _) = try await settled([
      "struct Empty { var first: Int? }", "let e = Empty()", "let n = e.first!", "print(n)",
      "print(e)",
    ])
    #expect(drafts.map { $0.cells.map(\.line) } == [[10, 20, 50], [10, 20, 30, 40]])
    #expect(drafts.map(\.isNotRun) == [false, true] && drafts.map(\.isNew) == [false, true])
    #expect(drafts[0].transcripts.count == 2 && drafts[1].transcripts.isEmpty)
  }

  @Test func `cell after cell is taken out until the rest ends well`() async throws {
    let (drafts, _) = try await settled(["fatalError()", "print(1)", "while true {}", "print(2)"]) {
      $0.timeout = 5
    }
    #expect(drafts.map { $0.cells.map(\.line) } == [[20, 40], [10], [30]])
    #expect(drafts.map(\.isNotRun) == [false, true, true])
  }

  @Test func `where the author says what is printed, all of a program is not run`() async throws {
    let (drafts, _) = try await settled(["print(1)", "fatalError()"]) { program in
      program.expectations = [
        Expectation(
          line: 15, column: 1, cellCount: 1, decreasing: false,
          content: Text(lines: [Text.Line(text: "1", line: 16, column: 1)]))
      ]
    }
    #expect(drafts.map(\.isNotRun) == [true])
    #expect(drafts[0].cells.count == 2)
  }

  @Test func `what is not to be run is not`() async throws {
    let (drafts, _) = try await settled(["fatalError()"]) { $0.mode = .compileOnly }
    #expect(drafts.count == 1 && drafts[0].transcripts.isEmpty && !drafts[0].isNotRun)
  }
}
