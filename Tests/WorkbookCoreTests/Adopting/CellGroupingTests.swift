import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

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

  @Test
  func `a name that is declared again is one of a scope, or of another program where cells use it`()
    async throws
  {
    let grouping = try await grouping([
      "let a = 1", "print(a)", "let a = \"x\"", "print(a.uppercased())", "let a = [1]",
    ])
    #expect(grouping.groups == [[[0], [1], [4]], [[2], [3]]])
    #expect(grouping.program.cells.map(\.isScope) == [false, false, false, false, true])
    #expect(grouping.faults.isEmpty)
  }

  @Test func `another program has the nearest declarations above, and shares what it needs`()
    async throws
  {
    let grouping = try await grouping([
      "let n = 1", "struct P { var a = n }", "print(P().a)", "struct P { var b = n }",
      "extension P { var c: Int { b } }", "print(P().c)",
    ])
    #expect(grouping.groups == [[[0], [1], [2]], [[0], [3], [4], [5]]])
    #expect(grouping.faults.isEmpty)
  }

  @Test func `a type that the library has hides it from no other cell`() async throws {
    let grouping = try await grouping([
      "struct Double {}", "let x: Double = 0.5", "print(x)",
    ])
    #expect(grouping.groups == [[[0], [1], [2]]])
    #expect(grouping.program.cells.map(\.isScope) == [true, false, false])
  }

  @Test func `what begins with a point need not go on with the cell before it`() async throws {
    let grouping = try await grouping(["let a = 1", ".package(url: \"x\")", "print(a)"])
    #expect(grouping.groups == [[[0], [2]]] && grouping.faults.keys.sorted() == [1])
  }

  @Test func `cells whose options may not be added to are in no other program`() async throws {
    let cells = ["let a = 1", "let a = \"x\"", "print(a.uppercased())"]
    var grouping = CellGrouping(
      Workshop.program(cells), try await Trials.ofWorkshop(), fixed: [1])
    try await grouping.run()
    #expect(grouping.groups == [[[0]]] && !grouping.program.cells[1].isScope)
    #expect(
      grouping.faults.mapValues { $0.first?.text } == [
        1: "invalid redeclaration of 'a'", 2: "value of type 'Int' has no member 'uppercased'",
      ])
  }

  @Test(arguments: [1, 2, 3])
  func `a literal that is never closed takes no other cell along`(count: Int) async throws {
    let open = Array(repeating: ["let s = \"\"\"\nx", "print(1)"], count: count).joined()
    let grouping = try await grouping(["print(0)"] + open)
    #expect(grouping.groups == [[[0]] + (1...count).map { [$0 * 2] }])
    #expect(grouping.faults.keys.sorted() == (0..<count).map { $0 * 2 + 1 })
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
