import Testing

@testable import WorkbookChapters

@Suite struct EntryPointTests {
  private func entry(_ code: String) -> EntryPoint? {
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    return EntryPoint(
      in: Text(lines: lines.map { Text.Line(text: String($1), line: 5 + $0, column: 1) }))
  }

  @Test func `the type behind @main is found, and what its main needs`() throws {
    let found = try #require(
      entry("import A\n@MainActor @main\npublic final class Tool {\n  static func main() {}\n}"))
    #expect(found.line == 1 && found.range == 11..<16)
    #expect(found.type == "Tool" && found.effects == "")
  }

  @Test(arguments: [
    ("() async throws {", "try await "), ("() async {", "await "), ("() throws {", "try "),
    ("(_ x: Int) throws {", ""),
  ])
  func `a main that waits or throws is called so`(signature: String, effects: String) {
    #expect(entry("@main struct T { static func main\(signature) } }")?.effects == effects)
  }

  @Test(arguments: [
    ("@main struct T: Tool {}", true), ("@main struct T: Tool { func main() {} }", true),
    ("@main struct T: Tool { static func main() {} }", false),
  ])
  func `a main from elsewhere may wait and throw`(code: String, isInherited: Bool) throws {
    let found = try #require(entry(code))
    #expect(found.isInherited == isInherited)
    #expect(found.effects == (isInherited ? "try await " : ""))
  }

  @Test(arguments: [
    "print(1)", "// @main", "/* @main */", "let a = \"@main\"", "@mainly struct T {}", "@main",
    "let a = \"\"\"\n  @main struct T {}\n  \"\"\"",
  ])
  func `elsewhere it is no attribute`(code: String) {
    #expect(entry(code) == nil)
  }
}
