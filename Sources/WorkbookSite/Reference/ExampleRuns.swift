import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// What became of the examples in doc comments when they ran, by the symbols that they stand above.
struct ExampleRuns {
  private var runs: [String: [ProgramResult]] = [:]

  /// - Parameter results: of Swift files and of chapters, which have no symbols.
  init(_ results: [ChapterResult], of graphs: [SymbolGraph]) {
    var programs: [String: [ProgramResult]] = [:]
    for result in results where isSwiftFile(result.chapter.path) {
      programs[absolutePath(result.chapter.path)] = result.programs
    }
    if programs.isEmpty { return }
    for symbol in graphs.flatMap(\.symbols) {
      guard let file = symbol.location.flatMap({ URL(string: $0.uri)?.path }),
        let comment = symbol.docComment?.lines,
        let first = comment.first?.range?.start.line, let last = comment.last?.range?.end.line
      else { continue }
      // Counted from 0 there.
      let lines = first + 1...max(first, last) + 1
      let own = (programs[file] ?? []).filter { result in
        result.program.cells.contains { lines.contains($0.line) }
      }
      if !own.isEmpty { runs[symbol.identifier.precise] = own }
    }
  }

  /// Of the symbol with a precise identifier.
  subscript(symbol: String) -> [ProgramResult] { runs[symbol] ?? [] }
}
