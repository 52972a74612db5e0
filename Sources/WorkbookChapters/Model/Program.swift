import WorkbookSystem

/// Cells that are compiled and run together, with what they are expected to print.
package struct Program: Sendable {
  package enum Mode: Hashable, Sendable {
    case run
    case compileOnly
  }

  package var name: String
  package var chapterPath: String
  /// What its cells see without importing it: the module whose documentation they are.
  package var module: String?
  /// The same by the chapter's default, and where that stands.
  package var imports: [String] = []
  package var importsPlace: Location?
  package var prelude: Prelude?
  /// What it may do that others may not.
  package var allowances: Set<Allowance> = []
  package var givenFiles: GivenFiles?
  package var mode: Mode
  /// Where `no-run` stands, of a program that is only compiled.
  package var noRunLine: Int?
  /// Seconds.
  package var timeout: Double
  /// Whether it is compiled with `-O`, for cells that compute much themselves.
  package var optimizes = false
  /// 5 or 6.
  package var languageMode: Int
  /// The chapter's defaults, by which `// Prints` comments are compared too.
  package var relativeTolerance: Double?
  package var absoluteTolerance: Double?
  package var cells: [Cell]
  package var expectations: [Expectation]
  /// In the order of their places.
  package var quotedNumbers: [QuotedNumber] = []
  /// In the order of their places.
  package var curveImages: [CurveImage] = []
  /// A format failure stands in one of its cells or expectations: report it, do not compile.
  package var isBroken: Bool
  /// Set of the program that an exercise makes.
  package var exercise: Exercise?

  /// All that its cells see without importing it.
  package var modules: [String] { imports + [module].compactMap(\.self) }

  /// Those of its cells that are part of it, by their indices; such that no statement may stand between
  /// stand together.
  package var units: [[Int]] {
    var units: [[Int]] = []
    for index in cells.indices where cells[index].compiles {
      if cells[index].startsAtTopLevel || units.isEmpty {
        units.append([index])
      } else {
        units[units.count - 1].append(index)
      }
    }
    return units
  }

  /// Whether all its cells are left out by their author.
  package var isSkipped: Bool { cells.allSatisfy { $0.skipReason != nil } }

  /// The name of the program of a cell without `program=`.
  package static let mainName = "main"
  /// Seconds that a program may run whose cells say nothing.
  static let defaultTimeout = 60.0
}

/// A program whose solution gave its place to a reader's cell.
package struct Exercise: Hashable, Sendable {
  /// The opening fence's line of the reader's cell.
  package var line: Int
  /// The solution's.
  package var program: String
  /// Whether the cell is an answer, which passes; what the book shows is the start of one, which does not.
  package var isAnswer = false
  /// The reader's own `// Prints "…"` comments; the solution's hold as well.
  package var prints: [Text.Line] = []

  /// The name of the program that an exercise makes, which no other can have.
  package static func programName(_ name: String) -> String { "exercise=\(name)" }
}

/// One `swift` fence as part of one program.
package struct Cell: Sendable {
  package enum Kind: Hashable, Sendable {
    case plain
    /// Must fail to compile, after the plain cells before it, with an error that contains the text.
    case error(containing: String)
    /// Must end the program with a runtime error that contains the text.
    case trap(containing: String)
    /// Is no code, but declarations without bodies, which the library must have.
    case declarations
    /// Left out by its author.
    case skipped(reason: String)
  }

  /// The opening fence's line.
  package var line: Int
  package var kind: Kind
  package var content: Text
  /// The `// Prints "…"` comments.
  package var prints: [Text.Line]
  /// Whether a statement may stand before the cell: all braces, brackets and literals are closed.
  package var startsAtTopLevel: Bool
  /// Whether its names end with it.
  package var isScope = false
  package var entryPoint: EntryPoint?
  /// Whether comments in it give values.
  package var hasValues = false
  /// What prints them.
  package var insertions: [Insertion] = []

  /// Whether it is part of the program; one that must fail to compile is not, nor is one that only
  /// declares or is skipped.
  package var compiles: Bool {
    switch kind {
    case .plain, .trap: true
    case .error, .declarations, .skipped: false
    }
  }

  /// Its code such that it can stand among others: in braces if it is a scope, without `@main`,
  /// and with what prints its values.
  ///
  /// The first line of a scope stands one line further down.
  package var code: String {
    var lines = content.lines.map(\.text)
    if let entryPoint {
      var bytes = Array(lines[entryPoint.line].utf8)
      bytes.replaceSubrange(entryPoint.range, with: repeatElement(UInt8(ascii: " "), count: 5))
      lines[entryPoint.line] = String(decoding: bytes, as: UTF8.self)
    }
    for insertion in insertions.reversed() {
      var bytes = Array(lines[insertion.line].utf8)
      bytes.insert(contentsOf: insertion.text.utf8, at: insertion.offset)
      lines[insertion.line] = String(decoding: bytes, as: UTF8.self)
    }
    // Outside of its scope a type cannot be called.
    let call = entryPoint.map { "\($0.effects)\($0.type).main() " } ?? ""
    if isScope { lines = ["do {"] + lines + [call + "}"] }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Why its author left it out; nil where it is not.
  package var skipReason: String? {
    if case .skipped(let reason) = kind { reason } else { nil }
  }
}

/// An `output` block.
package struct Expectation: Sendable {
  /// The opening fence's line and column.
  package var line: Int
  package var column: Int
  /// It covers what the program prints from the last expectation before it (or the program's start)
  /// to the end of its first `cellCount` cells (the count includes cells that must fail to compile).
  package var cellCount: Int
  package var relativeTolerance: Double?
  package var absoluteTolerance: Double?
  /// What the last number of the last line must not exceed.
  package var below: Double?
  package var decreasing: Bool
  package var content: Text

  /// Whether it is said of the numbers that they fall.
  package var isLoss: Bool { decreasing || below != nil }
}

/// A number in prose that a program prints, as a comment behind it says: `0.25<!-- workbook: value="499" -->`.
package struct QuotedNumber: Hashable, Sendable {
  /// As it is written, and where.
  package var number: Text.Line
  /// What the printed line begins with; the number is the first one behind.
  package var label: String
  /// The cells of its program that stand before it: where several lines begin so, it is the nearest.
  package var cellCount: Int
  package var relativeTolerance: Double?
  package var absoluteTolerance: Double?
}
