import Testing

@testable import WorkbookChapters

@Suite struct SwiftLexerTests {
  @Test func `operators are made of these bytes`() {
    let bytes = (UInt8.min...UInt8.max).filter(SwiftLexer.isOperator)
    #expect(Set(bytes) == Set("=+-*/%<>&|^~?!".utf8))
  }

  static func text(_ code: String) -> Text {
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    return Text(
      lines: lines.enumerated().map { Text.Line(text: String($1), line: $0 + 1, column: 1) })
  }

  static func prints(_ code: String) -> [String?] {
    var lexer = SwiftLexer()
    return lexer.read(text(code)).map(\.text?.text)
  }

  @Test(arguments: [
    ("// Prints \"a\"", "a"), ("print(1) // Prints \"1\".", "1"),
    ("//Prints \"a \"b\" c\"", "a \"b\" c"),
    ("  //  Prints \"x\"  ", "x"), ("/* c */ // Prints \"\"", ""), ("x / y // Prints \"ä\"", "ä"),
    ("\"\\(\"// Prints \\\"no\\\"\")\" // Prints \"b\"", "b"), ("#\"\"\"# // Prints \"c\"", "c"),
  ])
  func `the quoted text of a comment is what is printed`(code: String, text: String) {
    #expect(Self.prints(code) == [text])
  }

  @Test(arguments: [
    "\"// Prints \\\"a\\\"\"", "/* // Prints \"a\" */", "/* /* */ // Prints \"a\"\n*/",
    "let s = \"\"\"\n  // Prints \"a\"\n  \"\"\"", "#\"\\\" // Prints \"a\"\"#",
    "// prints \"a\"",
    "// Prints 3", "/// Prints \"a\"", "// It Prints \"a\"", "let r = #/\"// Prints \"a\"/#",
    "\"\"\"\n\\(\"x\") // Prints \"a\"\n\"\"\"",
  ])
  func `a comment inside a string or comment is none, and prose is none`(code: String) {
    #expect(Self.prints(code).isEmpty)
  }

  @Test(arguments: ["// Prints \"a", "// Prints \"", "// Prints \".x"])
  func `a quote that does not close is told`(code: String) {
    #expect(Self.prints(code) == [nil])
  }

  @Test func `the text has its own place`() {
    var lexer = SwiftLexer()
    let line = Text.Line(text: "é // Prints \"a\"", line: 9, column: 5)
    let prints = lexer.read(Text(lines: [line]))
    #expect(prints.first?.text?.line == 9)
    #expect(prints.first?.text?.column == 5 + 14)
    #expect(prints.first?.column == 8)
  }

  @Test(arguments: [
    "", "let a = [1, (2), { $0 }]", "\"}\"", "// {", "/* { */", "\"\\(f(\"{\"))\"", "#\"\\(\"#",
    "#/{\"/#",
    "\"\"\"\n{ \" \"\" \\\"\"\"\n\"\"\"", "let x: [Int]?", "typealias A = Array<Int>",
    "let `{` = 1",
    "##\"\"#{\"##", "let s = \"unclosed {", "prefix operator +++", "infix operator **",
  ])
  func `all is closed between statements`(code: String) {
    var lexer = SwiftLexer()
    _ = lexer.read(Self.text(code))
    #expect(lexer.isAtTopLevel)
  }

  @Test(arguments: [
    "func f() {", "f(1,", "let a = [", "/* x", "\"\"\"\nx", "let a =", "let a = 1 +",
    "let operators = a +", "let operator_ =", "\"\\(f(",
    "#\"\"\"\n\"\"\"",
  ])
  func `a statement may go on in the next cell`(code: String) {
    var lexer = SwiftLexer()
    _ = lexer.read(Self.text(code))
    #expect(!lexer.isAtTopLevel)
  }

  @Test func `a statement that one cell opens, the next may close`() {
    var lexer = SwiftLexer()
    _ = lexer.read(Self.text("func f() {\n  g(\""))
    #expect(!lexer.isAtTopLevel)
    _ = lexer.read(Self.text(")\n}"))
    #expect(lexer.isAtTopLevel)
  }

  @Test(arguments: [
    ("else {", true), ("  .map { $0 }", true), ("// c\n/* d */ catch {", true), ("+ 1", true),
    ("{ $0 }", true), ("? 1 : 2", true), ("let x = 1", false), ("-x", false),
    ("elsewhere()", false),
    ("", false), ("// only", false), ("/* a", false), ("[1].map(f)", false),
  ])
  func `a first token can tell that a statement goes on`(code: String, expected: Bool) {
    #expect(SwiftLexer.continuesStatement(Self.text(code)) == expected)
  }

  @Test(arguments: [
    ("let a = 1  // b", "let a = 1  |c:// b"), ("a /* b */ c", "a |c:/* b */| c"),
    ("print(\"a\\(b + \"c\")\\n\")", "print(\"|w:a|\\(b + \"|w:c|\")\\n\")"),
    ("\"\\u{1F600}x\" // \"", "\"\\u{1F600}|w:x|\" |c:// \""),
    ("#\"a\\n\\#n\"#", "#\"|w:a\\n|\\#n\"#"), ("#/a \"b\" // c/#", "#/a \"b\" // c/#"),
    ("\"a\\", "\"|w:a|\\"), ("", ""),
  ])
  func `a line falls into code, comments and the words of literals`(code: String, expected: String)
  {
    var lexer = SwiftLexer()
    let parts = lexer.parts(of: Text.Line(text: code, line: 1, column: 1)).map { part, range in
      let mark =
        switch part {
        case .code: ""
        case .comment: "c:"
        case .words: "w:"
        }
      return mark + String(decoding: Array(code.utf8)[range], as: UTF8.self)
    }
    #expect(parts.joined(separator: "|") == expected)
    #expect(lexer.isAtTopLevel || code.contains("\"a\\"))
  }

  @Test func `literals and comments of several lines go on`() {
    var lexer = SwiftLexer()
    let parts = Self.text("\"\"\"\nlet // a\n\"\"\" /* b\nc\n*/ d").lines.map { line in
      lexer.parts(of: line).map(\.part)
    }
    #expect(parts == [[.code], [.words], [.code, .comment], [.comment], [.comment, .code]])
  }
}
