import Testing

@testable import WorkbookCore

@Suite struct GitHubReportTests {
  @Test func `each failure and warning is one annotation at its line, with GitHub's escapes`() {
    #expect(
      GitHubReport(report: Samples.report).annotations() == """
        ::error file=chapters/01-a%2Cb.md,line=13,col=4,title=mismatch::expected 2.0, printed \
        <1.5>%0A100%25 `off` | by 0.5
        ::warning file=chapters/01-a%2Cb.md,line=40,col=1,title=warning::the fence is never closed

        """)
  }

  @Test func `no text can break the summary's table or add markup to it`() {
    let summary = GitHubReport(report: Samples.report).summary()
    #expect(
      summary.contains("| <code>chapters/01-a,b.md</code> | failed | 0.75 | 0 of 1 |\n"))
    #expect(
      summary.hasSuffix(
        "- <code>chapters/01-a,b.md:13:4</code> mismatch: <code>expected 2.0, printed "
          + "&lt;1.5&gt; 100% &#96;off&#96; &#124; by 0.5</code>\n"))
  }

  @Test func `the summary says where programs were not confined`() {
    var report = Samples.report
    #expect(GitHubReport(report: report).summary().hasPrefix("### workbook: failed in 1.50 s\n"))
    report.confinement = .none
    #expect(
      GitHubReport(report: report).summary().hasPrefix(
        "### workbook: failed in 1.50 s, not confined\n"))
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `a message cannot begin a workflow command of its own`(end: String) {
    var report = Samples.report
    report.chapters[1].failures[0].message = "x\(end)::set-output name=a::b"
    #expect(
      GitHubReport(report: report).annotations().split(whereSeparator: \.isNewline).count == 2)
  }
}
