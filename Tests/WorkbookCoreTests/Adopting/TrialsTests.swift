import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

extension Trials {
  static func ofWorkshop() async throws -> Trials {
    Trials(
      library: try await Workshop.library(), runner: Workshop.runner, turns: Turns(count: 2),
      scratch: Workshop.folder + "/trials")
  }
}

@Suite struct TrialsTests {
  @Test func `parts of a program are compiled side by side, and told in their order`() async throws
  {
    let program = Workshop.program(["let a = 1", "print(a)", "print(b)"])
    let results = try await Trials.ofWorkshop().all(
      [[[0], [1]], [[1]], [[0], [2]], [[0]]], of: program)
    #expect(
      results.map { $0.errors.map(\.text) } == [
        [], ["cannot find 'a' in scope"], ["cannot find 'b' in scope"], [],
      ])
  }

  @Test func `a list of declarations is held against the library`() async throws {
    var program = Workshop.program([
      "func double(_ x: Int) -> Int", "func double(_ x: String) -> Int",
    ])
    program.imports = ["Shapes"]
    let trials = try await Trials.ofWorkshop()
    #expect(try await trials.declarationFailures(0, of: program).isEmpty)
    #expect(try await trials.declarationFailures(1, of: program).map(\.location.line) == [21])
  }

  @Test func `what is done side by side ends in order, or with the first fault`() async throws {
    let doubled = try await sideBySide(Array(0..<50)) { number throws(Fault) in
      await Task.yield()
      return number * 2
    }
    #expect(doubled == (0..<50).map { $0 * 2 })
    await #expect(throws: Fault.self) {
      try await sideBySide([1, 2]) { number throws(Fault) in
        if number == 2 { throw .cancelled }
        return number
      }
    }
  }
}
