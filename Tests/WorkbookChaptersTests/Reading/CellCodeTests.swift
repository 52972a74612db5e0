import Testing

@testable import WorkbookChapters

@Suite struct CellCodeTests {
  @Test(arguments: ["func f() {", "let a = [", "/*"])
  func `what no cell closes ends with its cell`(open: String) {
    let chapter = Chapter(
      ProgramsBuilderTests.fence("swift", "f(") + ProgramsBuilderTests.fence("swift", ")")
        + ProgramsBuilderTests.fence("swift", open)
        + ProgramsBuilderTests.fence("output") + ProgramsBuilderTests.fence("swift", "g() {\n}")
        + ProgramsBuilderTests.fence("swift", open)
        + ProgramsBuilderTests.fence("swift", "// Prints \"1\""))
    #expect(chapter.failures.isEmpty)
    let cells = chapter.programs[0].cells
    #expect(cells.map(\.startsAtTopLevel) == [true, false, true, true, true, true])
    #expect(cells.map(\.prints.count) == [0, 0, 0, 0, 0, 1])
    #expect(chapter.programs[0].units == [[0, 1], [2], [3], [4], [5]])
  }
}
