import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct DiagnosticTests {
  /// As the compiler has it.
  private let file = absolutePath("chapters/c.md")
  private let source = ProgramSource(of: Workshop.program(["let a = b", "fake"], column: 3))

  @Test func `errors, warnings and notes are read with their places`() {
    let diagnostics = Diagnostic.parse(
      """
      \(file):11:9: error: cannot find 'b' in scope [#group]
      let a = b
              ^
      \(file):21:1: note: did you mean this?
      Swift.==:1:24: note: elsewhere
      \(file):11:5: warning: never used
      """, of: source)
    let path = "chapters/c.md"
    #expect(
      diagnostics == [
        Diagnostic(
          severity: .error, text: "cannot find 'b' in scope",
          location: Location(path: path, line: 11, column: 11),
          notes: [
            .init(
              text: "did you mean this?", location: Location(path: path, line: 21, column: 3)),
            .init(text: "elsewhere", location: nil),
          ]),
        Diagnostic(
          severity: .warning, text: "never used",
          location: Location(path: path, line: 11, column: 7)),
      ])
  }

  @Test func `a quoted line is no diagnostic`() {
    let text = "error: fake"
    let source = ProgramSource(of: Workshop.program([text]))
    let diagnostics = Diagnostic.parse(
      "\(file):11:1: error: real\n\(text)\n^\n", of: source)
    #expect(diagnostics.map(\.text) == ["real"])
  }

  @Test(arguments: [
    ("error: no such module", "no such module"),
    ("<unknown>:0: error: lost", "lost"),
    ("/include/C.h:3:1: error: broken", "broken (/include/C.h:3:1)"),
    ("/scratch/1/main.swift:1:1: error: odd", "odd"),
  ])
  func `what lies outside of the chapter has no place`(line: String, text: String) {
    #expect(
      Diagnostic.parse(line, of: source) == [
        Diagnostic(severity: .error, text: text, location: nil)
      ])
  }

  @Test func `what the end of the file brings out stands at the end of the last cell`() {
    let end = source.text.split(separator: "\n", omittingEmptySubsequences: false).count
    let message = "/scratch/1/main.swift:\(end):1: error: expected '}'"
    #expect(
      Diagnostic.parse(message, of: source) == [
        Diagnostic(
          severity: .error, text: "expected '}'",
          location: Location(path: "chapters/c.md", line: 21, column: 7))
      ])
  }

  @Test(arguments: ["", "all is well", "a: error", "3 errors generated"])
  func `other text is passed over`(line: String) {
    #expect(Diagnostic.parse(line, of: source).isEmpty)
  }
}
