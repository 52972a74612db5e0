import WorkbookSystem
import WorkbookChapters

/// The Swift source of a program: its cells joined, with directives that map every line back to the
/// Markdown, and a call at the start of each cell that records how much was printed.
struct ProgramSource: Sendable {
  let text: String

  /// The file as directives, and so the compiler's messages, spell it.
  let spelledPath: String
  private let path: String
  /// In the order of the file.
  private let lines: [Text.Line]

  /// All cells but those that must fail to compile.
  init(of program: Program) {
    self.init(program, cells: program.cells.indices.filter { program.cells[$0].compiles })
  }

  /// A cell that must fail to compile, after the cells before it that do compile.
  init(of program: Program, errorCell: Int) {
    let before = program.cells[..<errorCell].indices.filter { program.cells[$0].compiles }
    self.init(program, cells: before + [errorCell])
  }

  private init(_ program: Program, cells: [Int]) {
    path = program.chapterPath
    // Without its quotes.
    spelledPath = String(literal(path).dropFirst().dropLast())
    // One line, before any line of a cell.
    var text = program.module.map { "import \($0); " } ?? ""
    text += "@_silgen_name(\"\(ProgramRuntime.cellBegan)\") func __workbookCellBegan(_: Int)\n"
    var lines: [Text.Line] = []
    /// The number that the compiler gives to the next line of `text`.
    var next = 0
    for index in cells {
      let cell = program.cells[index]
      let first = cell.content.lines.first?.line ?? cell.line + 1
      if cell.startsAtTopLevel { text += "__workbookCellBegan(\(index))\n" }
      if cell.startsAtTopLevel || index == cells.first {
        text += "#sourceLocation(file: \"\(spelledPath)\", line: \(first))\n"
      } else {
        // Inside of braces a directive may not stand; empty lines bring the count up as well.
        text += String(repeating: "\n", count: max(0, first - next))
      }
      text += cell.content.string
      lines += cell.content.lines
      next = first + cell.content.lines.count
    }
    self.text = text
    self.lines = lines
  }

  /// The place in the chapter that the compiler, or a trap, calls `line` and `column`.
  ///
  /// A place behind a cell's end, where a missing brace is reported, is the end of that cell.
  /// O(log n) for n lines.
  func location(line: Int, column: Int) -> Location? {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].line <= line { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let found = lines[low - 1]
    let column = found.line == line ? column : found.text.utf8.count + 1
    return Location(path: path, line: found.line, column: found.column + max(column, 1) - 1)
  }

  /// The end of the last cell, if that is the place, `/…/main.swift:5:1`.
  ///
  /// What only the end of the file brings out, such as a missing brace, no directive maps back.
  func end(at place: Substring) -> Location? {
    let parts = place.split(separator: ":")
    let endLine = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    guard parts.count == 3, parts[0].hasSuffix("/main.swift"), Int(parts[1]) == endLine,
      let last = lines.last
    else { return nil }
    return Location(
      path: path, line: last.line, column: last.column + last.text.utf8.count)
  }

  /// Whether the compiler or the runtime calls the chapter so: by its path, or by module and file name.
  func isNamed(_ file: String) -> Bool {
    let name = spelledPath.split(separator: "/").last ?? ""
    return file == spelledPath || file == "./" + spelledPath || file == "main/" + name
  }

  /// The line of a cell with this number.
  func cellLine(_ number: Int) -> String? {
    guard let location = location(line: number, column: 1), location.line == number else {
      return nil
    }
    return lines.first { $0.line == number }?.text
  }
}
