extension EntryPoint {
  /// nil where the code has none.
  init?(in code: Text) {
    guard code.lines.contains(where: { $0.text.contains("@main") }) else { return nil }
    var lexer = SwiftLexer()
    for (number, line) in code.lines.enumerated() {
      let bytes = Array(line.text.utf8)
      for (part, range) in lexer.parts(of: line) where part == .code {
        let found = range.first { start in
          bytes[start..<range.upperBound].starts(with: "@main".utf8)
            && bytes[start...].dropFirst(5).first?.isWordByte != true
        }
        guard let found else { continue }
        self.line = number
        self.range = found..<found + 5
        let rest = code.lines[(number + 1)...].map(\.text).joined(separator: "\n")
        let declaration = String(decoding: bytes[(found + 5)...], as: UTF8.self) + "\n" + rest
        guard let name = Declaration(declaration)?.name else { return nil }
        type = name
        let main = declaration.firstMatch(of: #/static\s+func\s+main\(\)\s*(async)?\s*(throws)?/#)
        let body = declaration.firstMatch(of: #/static\s+(?:func|var|let)\s+main\b/#)
        isInherited = body == nil
        if isInherited {
          // Whether it throws or waits only the compiler knows, which warns where it does not.
          effects = "try await "
          return
        }
        effects = (main?.2 == nil ? "" : "try ") + (main?.1 == nil ? "" : "await ")
        return
      }
    }
    return nil
  }
}
