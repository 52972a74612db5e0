/// The code of a program's cells, as far as statements and comments go.
///
/// A bracket or literal that no cell closes ends with its cell: the compiler shall tell of that one, and the
/// others are what they are.
struct CellCode {
  /// Whether a statement may stand before each cell.
  private(set) var startsAtTopLevel: [Bool] = []
  /// The same behind it.
  private(set) var endsAtTopLevel: [Bool] = []
  /// The `Prints` comments of each.
  private(set) var prints: [[SwiftLexer.Prints]] = []

  init(of cells: [Cell]) {
    var neverClosed: Set<Int> = []
    // What stands behind an open literal may be open itself.
    for _ in 0..<3 {
      let depths = read(cells, closing: neverClosed)
      guard var leastBehind = depths.last, leastBehind > 0 else { return }
      for number in depths.indices.reversed() {
        leastBehind = min(leastBehind, depths[number])
        let before = number > 0 ? min(leastBehind, depths[number - 1]) : 0
        if leastBehind > before { neverClosed.insert(number) }
      }
    }
  }

  /// Gives how many brackets and literals are open behind each cell.
  private mutating func read(_ cells: [Cell], closing neverClosed: Set<Int>) -> [Int] {
    (startsAtTopLevel, endsAtTopLevel, prints) = ([], [], [])
    var lexer = SwiftLexer()
    return cells.enumerated().map { number, cell in
      startsAtTopLevel.append(
        lexer.isAtTopLevel && !SwiftLexer.continuesStatement(cell.content))
      let before = lexer
      prints.append(lexer.read(cell.content))
      // The cells after it do not see it.
      if !cell.compiles { lexer = before }
      if neverClosed.contains(number) { lexer = SwiftLexer() }
      endsAtTopLevel.append(lexer.isAtTopLevel)
      return lexer.depth
    }
  }
}
