import Testing

@testable import WorkbookChapters
@testable import WorkbookSite

@Suite struct OutputFigureTests {
  private static let fence = Chapter(
    path: "c.md", bytes: Array("```swift\n```\n\n- ```output\n  t = é 0.5 <\n  0.5\n  ```\n".utf8)
  ).fences[1]

  /// The figure where the block's number is off, as the checker says it: in lines and bytes of the file.
  private static func figure(
    printed: String, line: Int = 5, column: Int, expected: String, actual: String,
    actualLine: String, in words: SiteWords = .english
  ) -> String {
    let problem = CheckProblem.differs(
      CheckProblem.Difference(
        expectedLine: "", actualLine: actualLine, expected: expected, actual: actual))
    let failure = Failure(
      .check(problem), at: Location(path: "c.md", line: line, column: column))
    return OutputFigure(
      expected: fence.text, printed: printed, mark: OutputFigure.Mark(failure, in: fence),
      status: .failed
    ).html(in: words)
  }

  @Test func `what is off first is marked in both texts, behind other characters, and escaped`() {
    let html = Self.figure(
      printed: "0.25\nt = é 0.25 <  \n", column: 10, expected: "0.5", actual: "0.25",
      actualLine: "t = é 0.25 <")
    #expect(html.contains("<code>t = é <mark>0.5</mark> &lt;\n0.5\n</code>"))
    #expect(html.contains("<code>0.25\nt = é <mark>0.25</mark> &lt;  \n</code>"))
    #expect(html.components(separatedBy: "<mark>").count == 3)
  }

  @Test func `where a line has nothing more, that is marked`() {
    let html = Self.figure(
      printed: "t = é\n", column: 10, expected: "0.5", actual: "", actualLine: "t = é",
      in: .chinese)
    #expect(html.contains("<code>t = é<mark>无</mark>\n</code>"))
  }

  @Test(arguments: [(4, 3), (5, 200), (6, 1), (99, 1)])
  func `a place that is not in the text traps nowhere`(line: Int, column: Int) {
    let html = Self.figure(
      printed: "1\n", line: line, column: column, expected: "7", actual: "8", actualLine: "none")
    #expect(html.contains("<code>1\n</code>"))
  }

  @Test func `a block that did not fail is one text, with its verdict and its curve`() {
    var figure = OutputFigure(expected: "1 < 2")
    figure.verdict = "<b>so</b>"
    figure.curve = "<svg></svg>"
    figure.status = .passed
    #expect(
      figure.html(in: .english) == """
        <pre tabindex="0"><code>1 &lt; 2
        </code></pre>
        <figcaption class="verdict passed"><b>so</b></figcaption>
        <svg></svg>
        """)
  }
}
