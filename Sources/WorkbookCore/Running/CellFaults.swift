import WorkbookSystem
import WorkbookChapters

extension Program {
  /// The cell that a place in its code is in.
  func cell(at place: Location) -> Int? {
    guard place.path == chapterPath else { return nil }
    // Those of an exercise's program stand in another order than in the file.
    return cells.indices.filter { cells[$0].line <= place.line }
      .max { cells[$0].line < cells[$1].line }
  }

  /// The errors by the numbers of the units that they stand in.
  func byUnit(_ errors: [Diagnostic], _ units: [[Int]]) -> [Int: [Diagnostic]] {
    var numbers: [Int: Int] = [:]
    for (number, unit) in units.enumerated() {
      for index in unit { numbers[index] = number }
    }
    var found: [Int: [Diagnostic]] = [:]
    for error in errors {
      if let cell = error.location.flatMap({ self.cell(at: $0) }), let number = numbers[cell] {
        found[number, default: []].append(error)
      }
    }
    return found
  }

  /// What the compiler says where the unit imports one of the modules, which are missing.
  func missingModules(_ modules: Set<String>, in unit: [Int]) -> [Diagnostic] {
    unit.flatMap { cells[$0].content.lines }.compactMap { line in
      guard let (name, column) = line.importedModule, modules.contains(name) else { return nil }
      return Diagnostic(
        severity: .error, text: "no such module '\(name)'",
        location: Location(path: chapterPath, line: line.line, column: column))
    }
  }
}

extension Cell {
  func mentions(_ names: Set<String>) -> Bool {
    content.string.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
      .contains { names.contains(String($0)) }
  }

  /// What it declares, as far as its words tell.
  var declaredNames: Set<String> {
    let pattern =
      #/\b(?:let|var|func|struct|class|enum|actor|protocol|typealias|macro)\s+(?:\(([^)]*)\)|`?(\w+))/#
    return Set(
      content.string.matches(of: pattern).flatMap { match in
        (match.2.map { [$0] } ?? match.1?.split { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? [])
          .map(String.init)
      })
  }
}

extension Diagnostic {
  /// What stands between the first two quotes of its text.
  var quotedName: String? {
    let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : nil
  }

  /// What only a parser of several files says, to which one without `main.swift` is a library's.
  var isOfLibraries: Bool { text.hasSuffix("not allowed at the top level") }

  /// Whether brackets or quotes do not fit.
  var isOfBrackets: Bool {
    ["expected '}'", "expected ')'", "expected ']'", "extraneous", "unterminated"]
      .contains { text.hasPrefix($0) }
  }
}

extension Text.Line {
  /// The module that it imports, and where that stands.
  var importedModule: (name: String, column: Int)? {
    let pattern =
      #/\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(\w+)/#
    guard let match = text.prefixMatch(of: pattern) else { return nil }
    return (String(match.1), column + text[..<match.1.startIndex].utf8.count)
  }
}
