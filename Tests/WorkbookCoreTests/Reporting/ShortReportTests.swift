import Testing

@testable import WorkbookChapters
@testable import WorkbookCore

@Suite struct ShortReportTests {
  @Test func `each problem is a line as a compiler writes it, in the order of their places`() {
    #expect(
      ShortReport(Samples.report).text() == """
        chapters/01-a,b.md:13:4: error: expected 2.0, printed <1.5>; 100% `off` | by 0.5 [mismatch]
        chapters/01-a,b.md:40:1: warning: the fence is never closed

        """)
    var report = Samples.report
    report.chapters[1].warnings[0].line = 13
    report.chapters[1].warnings[0].column = 2
    #expect(ShortReport(report).text().hasPrefix("chapters/01-a,b.md:13:2: warning: "))
  }

  @Test func `editors' matchers read every line`() throws {
    // Visual Studio Code's `$gcc`.
    let matcher = /(.*):(\d+):(\d+):\s+(?:fatal\s+)?(warning|error):\s+(.*)/
    var report = Samples.report
    report.chapters[1].failures[0].message = "a\u{1B}[2J\n\n  b\r\nc"
    let lines = ShortReport(report).text().split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines { #expect(line.wholeMatch(of: matcher) != nil, "\(line)") }
    #expect(!lines.joined().contains("\u{1B}"))
  }

  @Test func `cells that did not run are noted, each once`() {
    var report = Samples.report
    for index in report.chapters[1].programs.indices {
      report.chapters[1].programs[index].skippedCells = [.init(line: 90, reason: "needs\na GPU")]
      report.chapters[1].programs[index].dependentCells = [.init(line: 95, reason: "why")]
    }
    #expect(
      ShortReport(report).text().hasSuffix(
        """
        chapters/01-a,b.md:90:1: note: skipped: needs; a GPU
        chapters/01-a,b.md:95:1: note: not run: why

        """))
    #expect(
      GitHubReport(report: report).annotations().hasSuffix(
        """
        ::notice file=chapters/01-a%2Cb.md,line=90,col=1,title=not run::skipped: needs%0Aa GPU
        ::notice file=chapters/01-a%2Cb.md,line=95,col=1,title=not run::not run: why

        """))
  }

  @Test func `of a run without problems nothing is said`() {
    var report = Samples.report
    report.chapters.removeLast()
    #expect(ShortReport(report).text() == "")
  }
}
