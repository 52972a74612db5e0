import Testing

@testable import WorkbookChapters
@testable import WorkbookCore

@Suite struct CellFaultsTests {
  @Test(arguments: [
    ("import A", "A"), ("  @testable import A // b", "A"), ("import struct A.V", "A"),
    ("public import A", "A"), ("import A.B", "A"), ("@_spi(X) import A", "A"),
    ("let important = 1", nil), ("// import A", nil),
  ])
  func `an import names its module`(line: String, name: String?) {
    #expect(Text.Line(text: line, line: 1, column: 1).importedModule?.name == name)
  }

  @Test func `errors belong to the unit of their cell, imports of missing modules to their lines`()
  {
    var program = Samples.program(code: "import A\nimport B", line: 3)
    program.cells += Samples.program(code: "x", line: 8).cells
    program.cells += Samples.program(code: "  import B", line: 12).cells
    let errors = [4, 9, 13, 1].map { line in
      Diagnostic(
        severity: .error, text: "\(line)", location: Location(path: "a.md", line: line, column: 1))
    }
    #expect(
      program.byUnit(errors, [[0, 1], [2]]).mapValues { $0.map(\.text) } == [
        0: ["4", "9"], 1: ["13"],
      ])
    let missing = program.missingModules(["B"], in: [0, 2])
    #expect(missing.map(\.text) == ["no such module 'B'", "no such module 'B'"])
    #expect(missing.compactMap { $0.location?.line } == [5, 13])
    #expect(missing.compactMap { $0.location?.column } == [8, 10])
  }
}
