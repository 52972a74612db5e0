import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct ProgramSourceTests {
  /// As directives have them.
  private let path = absolutePath("chapters/c.md")
  private let prelude = absolutePath("chapters/p")

  @Test func `cells are joined under directives and marks`() {
    let source = ProgramSource(of: Workshop.program(["a\nb", "c"]))
    #expect(
      source.text.split(separator: "\n").dropFirst() == [
        "__workbookCellBegan(0);", "#sourceLocation(file: \"\(path)\", line: 11)", "a", "b",
        "__workbookCellBegan(1);", "#sourceLocation(file: \"\(path)\", line: 21)", "c",
      ])
  }

  @Test func `a module is imported without moving a line`() {
    var program = Workshop.program(["a"])
    let lines = ProgramSource(of: program).text.split(separator: "\n")
    program.module = "Shapes"
    let importing = ProgramSource(of: program).text.split(separator: "\n")
    #expect(
      importing[0] == "import Shapes; " + lines[0] && importing.dropFirst() == lines.dropFirst())
  }

  @Test func `a scope is in braces, its lines at their numbers`() {
    var program = Workshop.program(["a", "b", "c"])
    for index in [1, 2] { program.cells[index].isScope = true }
    #expect(
      ProgramSource(of: program).text.hasSuffix(
        """
        __workbookCellBegan(1);
        #sourceLocation(file: "\(path)", line: 20)
        do {
        b
        }
        __workbookCellBegan(2);
        #sourceLocation(file: "\(path)", line: 30)
        do {
        c
        }

        """))
  }

  @Test func `instead of @main, its type is called at the end`() {
    var program = Workshop.program(["@main struct T { static func main() {} }", "b"])
    program.cells[0].entryPoint = EntryPoint(in: program.cells[0].content)
    let source = ProgramSource(of: program)
    #expect(source.text.contains("\n      struct T { static func main() {} }\n"))
    #expect(
      source.text.hasSuffix(
        "b\n#sourceLocation(file: \"\(path)\", line: 11)\nT.main()\n"))
    #expect(!ProgramSource(of: program, units: [[1]]).text.contains("T.main()"))
    // Behind a scope its type is gone.
    program.cells[0].isScope = true
    let text = ProgramSource(of: program).text
    #expect(text.contains("\nT.main() }\n") && !text.contains("\nT.main()\n"))
  }

  @Test func `a prelude stands before the cells, at its own lines`() {
    var program = Workshop.program(["a"])
    program.prelude = Prelude(
      file: "p", place: Location(path: "chapters/c.md", line: 1, column: 1), path: "chapters/p",
      code: Text(lines: [Text.Line(text: "x y", line: 1, column: 1)]))
    let source = ProgramSource(of: program)
    #expect(
      source.text.split(separator: "\n").dropFirst().prefix(3) == [
        "#sourceLocation(file: \"\(prelude)\", line: 1)", "x y", "__workbookCellBegan(0);",
      ])
    #expect(source.files.map(\.name) == ["prelude.swift", "unit-0.swift"])
    #expect(
      source.location(in: prelude, line: 1, column: 3)
        == Location(path: "chapters/p", line: 1, column: 3))
    #expect(
      source.end(at: "/x/prelude.swift:3:1") == Location(path: "chapters/p", line: 1, column: 4))
    #expect(source.line(1, in: prelude) == "x y")
    #expect(source.line(11, in: path) == "a")
  }

  @Test func `a cell inside of braces is brought to its line by empty lines`() {
    var program = Workshop.program(["do {\nx", "}"])
    program.cells[1].startsAtTopLevel = false
    let source = ProgramSource(of: program)
    #expect(source.text.hasSuffix("do {\nx\n" + String(repeating: "\n", count: 8) + "}\n"))
  }

  @Test func `a first cell that begins in the middle of something stands at its lines, too`() {
    var program = Workshop.program(["}\nx"])
    program.cells[0].startsAtTopLevel = false
    let source = ProgramSource(of: program)
    #expect(
      source.text.split(separator: "\n").dropFirst(2) == [
        "#sourceLocation(file: \"\(path)\", line: 11)", "}", "x",
      ])
  }

  @Test func `a cell that must fail stands in its own source alone`() {
    let program = Workshop.program(["a", "b", "c"], kinds: [1: .error(containing: "")])
    #expect(!ProgramSource(of: program).text.contains("\nb\n"))
    let failing = ProgramSource(of: program, errorCell: 1, units: program.units).text
    #expect(failing.contains("\na\n") && failing.contains("\nb\n") && !failing.contains("\nc\n"))
    let alone = ProgramSource(of: program, errorCell: 1, units: [[2]]).text
    #expect(!alone.contains("\na\n") && alone.contains("\nb\n") && !alone.contains("\nc\n"))
  }

  @Test func `each unit is a file for the parser, and its end a place`() {
    var program = Workshop.program(["f(", "a)", "b"])
    program.cells[1].startsAtTopLevel = false
    let source = ProgramSource(of: program)
    #expect(source.files.map(\.name) == ["unit-0.swift", "unit-1.swift"])
    #expect(
      source.files[1].text == "#sourceLocation(file: \"\(path)\", line: 31)\nb\n")
    let chapter = program.chapterPath
    #expect(source.end(at: "/x/unit-0.swift:12:1") == Location(path: chapter, line: 21, column: 3))
    #expect(source.end(at: "/x/unit-1.swift:3:1") == Location(path: chapter, line: 31, column: 2))
    for place in ["/x/unit-2.swift:3:1", "/x/unit-x.swift:3:1", "unit-1.swift", "/x/y.swift:1:1"] {
      #expect(source.end(at: Substring(place)) == nil)
    }
  }

  @Test(arguments: [(11, 2, 11, 6), (12, 1, 12, 5), (14, 1, 12, 7), (21, 3, 21, 7)])
  func `places are the Markdown's`(line: Int, column: Int, toLine: Int, toColumn: Int) {
    let source = ProgramSource(of: Workshop.program(["ab", "c"].map { "xy\n" + $0 }, column: 5))
    #expect(
      source.location(line: line, column: column)
        == Location(path: "chapters/c.md", line: toLine, column: toColumn))
  }

  @Test(arguments: [(1, 5), (8, 5), (12, 9), (16, 13), (17, 14), (26, 14), (27, 15)])
  func `what is added to a line takes no columns`(column: Int, toColumn: Int) {
    var program = Workshop.program(["a + b + c // 3"], column: 5)
    program.cells[0].insertions = ValueComments(in: program.cells[0].content).insertions
    let source = ProgramSource(of: program)
    #expect(source.text.hasSuffix("\nprint((a + b + c) as Any) // 3\n"))
    #expect(source.location(line: 11, column: column)?.column == toColumn)
  }

  @Test(arguments: [Int.max, 1 << 40, 0, -1, .min])
  func `a column that no line has is the end of the line or its start`(column: Int) throws {
    let source = ProgramSource(of: Workshop.program(["let a = 1"]))
    let place = try #require(source.location(line: 11, column: column))
    let start = try #require(source.location(line: 11, column: 1))
    #expect(place.line == start.line && place.column - start.column == (column > 0 ? 9 : 0))
  }

  @Test func `before the first cell is no place`() {
    #expect(ProgramSource(of: Workshop.program(["a"])).location(line: 3, column: 1) == nil)
  }
}
