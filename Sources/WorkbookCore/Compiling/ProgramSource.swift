import WorkbookSystem
import WorkbookChapters

/// The Swift source of a program: its cells joined, with directives that map every line back to the
/// Markdown, and a call before each unit of cells that records how much was printed.
struct ProgramSource: Sendable {
  let text: String

  /// The file as directives, and so the compiler's messages, spell it.
  let spelledPath: String
  private let program: Program
  private let units: [[Int]]
  /// In the order of the file.
  private let lines: [Text.Line]

  /// All cells that are part of the program.
  init(of program: Program) {
    self.init(of: program, units: program.units)
  }

  /// A cell that must fail to compile, behind those of the units that stand before it.
  init(of program: Program, errorCell: Int, units: [[Int]]) {
    var units = units.map { unit in unit.filter { $0 < errorCell } }.filter { !$0.isEmpty }
    let before = program.cells[..<errorCell].lastIndex(where: \.compiles)
    if !program.cells[errorCell].startsAtTopLevel, let before, units.last?.last == before {
      units[units.count - 1].append(errorCell)
    } else {
      units.append([errorCell])
    }
    self.init(of: program, units: units)
  }

  /// One cell as it is, for who reads what the compiler says of it.
  init(of program: Program, only cell: Cell) {
    var program = program
    program.cells = [cell]
    self.init(of: program, units: [[0]])
  }

  /// Some of its cells: those between which no statement may stand together.
  init(of program: Program, units: [[Int]]) {
    self.program = program
    self.units = units
    spelledPath = Self.spelled(program.chapterPath)
    // One line, before any line of a cell.
    text =
      program.modules.map { "import \($0); " }.joined()
      + "@_silgen_name(\"\(ProgramRuntime.cellBegan)\") func __workbookCellBegan(_: Int)\n"
      + (program.prelude.map(Self.text) ?? "")
      + units.map { [spelledPath] unit in
        // The semicolon keeps what begins with a `.` from going on with the call.
        "__workbookCellBegan(\(unit[0]));\n" + Self.text(of: unit, in: program, spelledPath)
      }.joined() + Self.calls(in: units.joined().map { program.cells[$0] }, spelledPath)
    lines = units.joined().flatMap { program.cells[$0].content.lines }
      .sorted { $0.line < $1.line }
  }

  /// As `#filePath` has it of any source that SwiftPM builds, in a literal without its quotes.
  static func spelled(_ path: String) -> String {
    String(literal(absolutePath(path)).dropFirst().dropLast())
  }

  private static func text(of prelude: Prelude) -> String {
    "#sourceLocation(file: \"\(spelled(prelude.path))\", line: 1)\n\(prelude.code.string)"
  }

  /// A unit's cells under their directive.
  private static func text(of unit: [Int], in program: Program, _ spelledPath: String) -> String {
    /// The number that the compiler gives to the next line of `text`.
    var next = program.cells[unit[0]].firstCodeLine
    var text = "#sourceLocation(file: \"\(spelledPath)\", line: \(next))\n"
    for index in unit {
      let cell = program.cells[index]
      // Inside of braces a directive may not stand; empty lines bring the count up as well.
      text += String(repeating: "\n", count: max(0, cell.firstCodeLine - next))
      text += cell.code
      next = cell.firstLine + cell.content.lines.count + (cell.isScope ? 1 : 0)
    }
    return text
  }

  /// Calls of the types that are marked `@main`, which may not stand among code of the top level.
  private static func calls(in cells: [Cell], _ spelledPath: String) -> String {
    cells.filter { !$0.isScope }.compactMap { cell in
      cell.entryPoint.map { entry in
        let line = cell.content.lines[entry.line].line
        return "#sourceLocation(file: \"\(spelledPath)\", line: \(line))\n"
          + "\(entry.effects)\(entry.type).main()\n"
      }
    }.joined()
  }

  /// The prelude and each unit as a file of its own, for a parser.
  var files: [(name: String, text: String)] {
    [program.prelude].compactMap(\.self).map { ("prelude.swift", Self.text(of: $0)) }
      + units.enumerated().map { number, unit in
        ("unit-\(number).swift", Self.text(of: unit, in: program, spelledPath))
      }
  }

  /// The files as the compiler's messages spell them: the chapter, and the prelude.
  var spelledPaths: [String] {
    [spelledPath]
      + [program.prelude].compactMap(\.self).map {
        Self.spelled($0.path)
      }
  }

  /// The place that the compiler calls so, in a file that it spells so.
  func location(in file: String, line: Int, column: Int) -> Location? {
    if file == spelledPath { return location(line: line, column: column) }
    guard let prelude = program.prelude else { return nil }
    let length = self.line(line, in: file)?.utf8.count ?? 0
    return Location(path: prelude.path, line: line, column: min(max(column, 1), length + 1))
  }

  /// The line with this number of a file that the compiler spells so.
  func line(_ number: Int, in file: String) -> String? {
    if file == spelledPath { return cellLine(number) }
    return program.prelude?.code.lines.first { $0.line == number }?.text
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
    // What the compiler prints may be a cell's own words.
    let end = found.text.utf8.count + 1
    let column = found.line == line ? min(max(ownColumn(column, line), 1), end) : end
    return Location(path: program.chapterPath, line: found.line, column: found.column + column - 1)
  }

  /// The column without what the runner adds before it.
  private func ownColumn(_ column: Int, _ line: Int) -> Int {
    var own = column
    for cell in units.joined().map({ program.cells[$0] }) where !cell.insertions.isEmpty {
      for insertion in cell.insertions(inLine: line) where insertion.offset < own - 1 {
        own = max(insertion.offset + 1, own - insertion.text.utf8.count)
      }
    }
    return own
  }

  /// The end of the last cell, or of a unit's, if that is the place, `/…/main.swift:5:1`.
  ///
  /// What only the end of a file brings out, such as a missing brace, no directive maps back.
  func end(at place: Substring) -> Location? {
    let parts = place.split(separator: ":")
    guard parts.count == 3, let file = parts[0].split(separator: "/").last else { return nil }
    if file == "prelude.swift", let prelude = program.prelude, let last = prelude.code.lines.last {
      return Location(path: prelude.path, line: last.line, column: last.text.utf8.count + 1)
    }
    let unit: [Int]?
    if file == "main.swift" {
      let endLine = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
      unit = Int(parts[1]) == endLine ? units.last : nil
    } else {
      let number = file.hasPrefix("unit-") ? Int(file.dropFirst(5).dropLast(6)) : nil
      unit = number.flatMap { units.indices.contains($0) ? units[$0] : nil }
    }
    guard let cell = unit?.last.map({ program.cells[$0] }) else { return nil }
    let last = cell.content.lines.last
    return Location(
      path: program.chapterPath, line: last?.line ?? cell.line,
      column: last.map { $0.column + $0.text.utf8.count } ?? 1)
  }

  /// Whether the compiler or the runtime calls the chapter so: by its path, or by module and file name.
  func isNamed(_ file: String) -> Bool {
    let name = spelledPath.split(separator: "/").last ?? ""
    return file == spelledPath || file == "main/" + name
  }

  /// The line of a cell with this number.
  func cellLine(_ number: Int) -> String? {
    guard let location = location(line: number, column: 1), location.line == number else {
      return nil
    }
    return lines.first { $0.line == number }?.text
  }
}

extension Cell {
  /// Its first line's, or where that would stand.
  fileprivate var firstLine: Int { content.lines.first?.line ?? line + 1 }
  /// The same of its code.
  fileprivate var firstCodeLine: Int { isScope ? firstLine - 1 : firstLine }
}
