import Testing

@testable import WorkbookChapters

@Suite struct ValueCommentsTests {
  private func text(_ code: String) -> Text {
    Text(
      lines: code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
        Text.Line(text: String($1), line: $0 + 10, column: 1)
      })
  }

  /// The code with what prints the values, and those.
  private func read(_ code: String) -> (code: String, values: [String]) {
    let content = text(code)
    let comments = ValueComments(in: content)
    var cell = Cell(line: 9, kind: .plain, content: content, prints: [], startsAtTopLevel: true)
    cell.insertions = comments.insertions
    return (String(cell.code.dropLast()), comments.values.map(\.text))
  }

  @Test(arguments: [
    ("1 + 1 // 2", "print((1 + 1) as Any) // 2", "2"),
    ("  a.b(c) { $0 = 1 }  //  -0.5 ", "  print((a.b(c) { $0 = 1 }) as Any)  //  -0.5 ", "-0.5"),
    ("name // \"x // y\"", "debugPrint((name) as Any) // \"x // y\"", "\"x // y\""),
    ("a == b // false", "print((a == b) as Any) // false", "false"),
    ("a[0] // nil", "print((a[0]) as Any) // nil", "nil"),
    ("side // .north", "print((side) as Any) // .north", "north"),
    ("x // .5", "print((x) as Any) // .5", ".5"),
    ("x // [1, 2]", "print((x) as Any) // [1, 2]", "[1, 2]"),
    ("x // Optional(2)", "print((x) as Any) // Optional(2)", "Optional(2)"),
    ("try await f() // 3", "print((try await f()) as Any) // 3", "3"),
    ("print(a) // 1 2", "print(a) // 1 2", "1 2"), ("print(a) // \"b\"", "print(a) // \"b\"", "b"),
    ("f() // => any words", "print((f()) as Any) // => any words", "any words"),
    ("let a: Int = 3 // => 3", "let a: Int = 3; print(a as Any) // => 3", "3"),
    ("f(\n  1\n)\n// => 3", "print((f(\n  1\n)) as Any)\n// => 3", "3"),
    ("[1]\n  .map { $0 } // [1]", "print(([1]\n  .map { $0 }) as Any) // [1]", "[1]"),
    ("a // 1\n  + b // 2", "print((a // 1\n  + b) as Any) // 2", "2"),
    ("a // 1\n// => 2", "print((a) as Any) // 1\n// => 2", "2"),
    ("let q=5 // => 5", "let q=5; print(q as Any) // => 5", "5"),
    (
      "let d: Dictionary<Int, Int> = f(a: 1, b == c) // => [:]",
      "let d: Dictionary<Int, Int> = f(a: 1, b == c); print(d as Any) // => [:]", "[:]"
    ),
    ("prefix.count // => 9", "print((prefix.count) as Any) // => 9", "9"),
    ("open(1) + 1 // => 9", "print((open(1) + 1) as Any) // => 9", "9"),
    ("package // 9", "print((package) as Any) // 9", "9"),
    ("#selector(a) // => 1", "print((#selector(a)) as Any) // => 1", "1"),
    (
      "let a = 1\n\n// Some words.\na // 1", "let a = 1\n\n// Some words.\nprint((a) as Any) // 1",
      "1"
    ),
  ])
  func `a comment gives the value of the statement before it`(
    code: String, printing: String, value: String
  ) {
    let (read, values) = read(code)
    #expect(read == printing && values == [value])
  }

  @Test(arguments: [
    "a.sort() // sorts it", "let a = 1 // 1", "a = 1 // 1", "a += 1 // 1", "f(); g() // 1",
    "func f() { // 1", "if a { // 1\n}", "return 1 // 1", "} // 1", "f( // 1\n)", "// 1", "// => 1",
    "a\n\n// => 1", "\"\"\"\n  a // 1\n  \"\"\"", "/* a */ // 1", "a // true story", "@A // 1",
    "#if A // 1\n#endif", "import A // 1", "a /* 1 */", "nonisolated(unsafe) var a = 1 // 1",
    "lazy var a = 1 // 1",
  ])
  func `others give none`(code: String) {
    let (read, values) = read(code)
    #expect(read == code && values == [])
  }

  @Test func `a value stands where it is written`() {
    let value = ValueComments(in: text("a\nb  //  => .c")).values[0]
    #expect((value.line, value.column) == (11, 12))
  }

  @Test(arguments: [
    "x += 1 // => 99", "let (a, b) = (1, 2) // => (9, 9)", "let z = 5, w = 6 // => 77",
    "let z = 5, w: [Int] = f(1, 2) // => 77", "lazy var a = 1 // => 1", "// => 1", "a\n\n// => 1",
    "func f() {\n  a // => 1\n}", "a // =>", "if a { // => 1\n}",
    "a // => 1\n  + b // 2", "a // => 1\n// => 1",
  ])
  func `an arrow behind nothing that has one value is told`(code: String) throws {
    let lines = text(code).lines
    let place = try #require(ValueComments(in: Text(lines: lines)).unbound.first)
    let line = try #require(lines.first { $0.line == place.line })
    #expect(line.text.dropFirst(place.column - 1).hasPrefix("// =>"))
    #expect(line.text.contains("// =>") && line == lines.first { $0.text.contains("// =>") })
  }

  @Test(arguments: [
    "a // => 1", "a // 1\n// => 2", "let a = 1 // 1", "a += 1 // 1", "a // true story",
  ])
  func `other comments are not`(code: String) {
    #expect(ValueComments(in: text(code)).unbound.isEmpty)
  }
}
