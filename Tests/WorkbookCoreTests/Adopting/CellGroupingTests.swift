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

@Suite struct CellGroupingTests {
  private func grouping(_ cells: [String]) async throws -> CellGrouping {
    var grouping = CellGrouping(Workshop.program(cells), try await Trials.ofWorkshop())
    try await grouping.run()
    return grouping
  }

  @Test func `cells that compile together stay together`() async throws {
    let grouping = try await grouping(["let a = 1", "print(a)", "print(a + 1)"])
    #expect(grouping.groups == [[[0], [1], [2]]] && grouping.faults.isEmpty)
  }

  @Test func `a name that is declared again begins another program, with the cells that use it`()
    async throws
  {
    let grouping = try await grouping([
      "let a = 1", "print(a)", "let a = \"x\"", "print(a.uppercased())", "let a = [1]",
    ])
    #expect(grouping.groups == [[[0], [1]], [[2], [3]], [[4]]])
    #expect(grouping.faults.isEmpty)
  }

  @Test func `what compiles nowhere is told in the compiler's words, each cell's own`() async throws
  {
    let grouping = try await grouping([
      "let a = 1", "import Nowhere\nprint(a)", "func f() -> Int", "let b = (", "print(a.nope)",
      "print(missing)", "var unused: Int\nprint(unused)",
    ])
    #expect(grouping.groups == [[[0]]])
    #expect(
      grouping.faults.mapValues { $0.first?.text } == [
        1: "no such module 'Nowhere'", 2: "expected '{' in body of function declaration",
        3: "expected expression in list of expressions",
        4: "value of type 'Int' has no member 'nope'", 5: "cannot find 'missing' in scope",
        6: "variable 'unused' used before being initialized",
      ])
  }
}
