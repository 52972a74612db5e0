import Testing

@testable import WorkbookSystem

@Suite struct TerminalTests {
  @Test(arguments: [
    ("a\tb\n", "a\tb\n"), ("\u{1B}[31m", "␛[31m"), ("\u{9B}x\u{7F}", "\u{FFFD}x\u{FFFD}"),
    ("\u{202E}\u{200F}\u{2028}\u{061C}.", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}."),
    ("x ##vso[task.setvariable]a", "x ## vso[task.setvariable]a"),
    ("##teamcity[a]", "## teamcity[a]"), ("## heading ##[x]", "## heading ##[x]"),
  ])
  func `what a terminal or a build server would obey is shown as text`(
    text: String, shown: String
  ) {
    #expect(printable(text).unicodeScalars.elementsEqual(shown.unicodeScalars))
  }
}
