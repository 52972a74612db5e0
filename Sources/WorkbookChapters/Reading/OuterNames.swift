/// What the code of a cell declares where no bracket is open, as far as its words tell.
package struct OuterNames: Hashable, Sendable {
  package private(set) var declared: Set<String> = []
  /// Those of them that are types.
  package private(set) var types: Set<String> = []
  /// The types that extensions there are of.
  package private(set) var extended: Set<String> = []

  package init(of code: Text) {
    var lexer = SwiftLexer()
    for line in code.lines {
      let isOuter = lexer.depth == 0
      _ = lexer.read(Text(lines: [line]))
      guard isOuter, let match = line.text.prefixMatch(of: Self.declaration) else { continue }
      let names =
        match.output.name.map { [String($0)] }
        ?? match.output.tuple?.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
      if match.output.keyword == "extension" {
        extended.formUnion(names ?? [])
      } else {
        declared.formUnion(names ?? [])
        if !["let", "var", "func", "macro"].contains(match.output.keyword) {
          types.formUnion(names ?? [])
        }
      }
    }
  }

  private static var declaration:
    Regex<(Substring, keyword: Substring, tuple: Substring?, name: Substring?)>
  {
    #/\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|open|package|internal|private|fileprivate|final|indirect|lazy|weak|unowned|nonisolated|async|prefix|postfix|infix)(?:\([^)]*\))?\s+)*(?<keyword>let|var|func|struct|class|enum|actor|protocol|typealias|macro|extension)\s+(?:\((?<tuple>[^)]*)\)|`?(?<name>\w+))/#
  }
}
