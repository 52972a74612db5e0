import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct PageFiguresTests {
  @Test func `a cell says its line, its program, and where the program's other cells are`() {
    let body = Samples.body(
      "```swift\nlet a = 1 // one\n```\n\n```swift program=b\n```\n\n```swift\nprint(a)\n```\n")
    #expect(
      body.hasPrefix(
        """
        <figure class="cell" id="cell-3" data-line="3" data-program="main" data-kind="run">
        <figcaption><a href="#cell-3">main</a> · 1/2 <a href="#cell-10" aria-label="Next cell of the program">→</a></figcaption>
        <pre tabindex="0"><code class="language-swift"><span class="k">let</span> a = 1 <span class="c">// one</span>
        </code></pre>
        </figure>
        """))
    #expect(body.contains("<figcaption><a href=\"#cell-7\">b</a></figcaption>"))
    #expect(
      body.contains("<a href=\"#cell-3\" aria-label=\"Previous cell of the program\">←</a> 2/2"))
  }

  @Test(arguments: [
    ("error=\"x\"", "error", "<strong>meant not to compile</strong>"),
    ("traps=\"x\"", "traps", "<strong>meant to end in a runtime error</strong>"),
    ("no-run", "no-run", "compiled, not run"), ("skip=\"why\"", "skip", "not compiled"),
  ])
  func `a cell says what is meant to become of it`(options: String, kind: String, words: String) {
    let body = Samples.body("```swift \(options)\na\n```\n")
    #expect(body.contains("data-program=\"main\" data-kind=\"\(kind)\">"))
    #expect(body.contains("main</a> · \(words)</figcaption>"))
  }

  @Test func `a shared beginning is one cell, which the others say that they continue`() {
    let body = Samples.body(
      "```swift program=\"a b\"\nlet x = 1\n```\n\n```swift program=b\nprint(x)\n```\n")
    #expect(body.contains("data-line=\"3\" data-program=\"a\" data-also=\"b\" data-kind=\"run\""))
    #expect(body.contains("<a href=\"#cell-3\">a, b</a>"))
    #expect(
      body.contains("data-line=\"7\" data-program=\"b\" data-continues=\"a\" data-kind=\"run\""))
    #expect(body.contains("b</a> · continues a · "))
  }

  @Test
  func `an exercise's cell names the blocks that it is held against, the others stay as they are`()
  {
    let body = Samples.body(
      """
      ```swift program="main a"
      ```

      ```swift exercise=a
      ```

      ```swift solution=a
      ```

      ```output
      1
      ```
      """)
    #expect(
      body.contains(
        "data-line=\"6\" data-program=\"exercise=a\" data-continues=\"main\" data-kind=\"exercise\""
      ))
    #expect(body.contains("exercise a</a>"))
    #expect(
      body.contains("data-line=\"3\" data-program=\"main\" data-also=\"a\" data-kind=\"run\""))
    #expect(body.contains("id=\"output-12\" data-line=\"12\" data-program=\"a\""))
  }

  static let loop = "# T\n\n```swift\n```\n\n```output rtol=1e-9 decreasing\n0 3.0\n```\n"

  @Test func `before a run an output is what is expected, with no verdict`() {
    let content = Samples.made(Samples.page(Self.loop)).content
    #expect(
      content.contains(
        """
        <figure class="output" id="output-6" data-line="6" data-program="main">
        <pre tabindex="0"><code>0 3.0
        </code></pre>
        <figcaption class="verdict"></figcaption>
        </figure>
        """))
  }

  @Test func `a cell that cannot be shown as it is says what it holds`() {
    let body = Samples.body(
      "```swift\nlet a = 1 // \u{1B} \u{202E}\"\n```\n\n```swift\nlet b = 2 // \u{200F}\n```\n")
    #expect(body.contains("<span class=\"c\">// ␛ \u{FFFD}&quot;</span>"))
    let codes = body.matches(of: #/ data-code="([^"]*)"/#).map { String($0.1) }
    #expect(codes == ["&quot;let a = 1 \\/\\/ \\u001b \\u202e\\&quot;&quot;"])
  }

  @Test func `a cell that the page hides is not counted, and nothing leads to it`() {
    var page = Samples.page(
      """
      # T

      ```swift
      let a = 1
      ```

      <!-- workbook hidden
      ```swift
      let b = 2
      ```
      -->

      ```swift
      print(a, b)
      ```
      """)
    page.failures = [
      Failure(.fault(.cancelled), at: Location(path: "a.md", line: 9, column: 1))
    ]
    let content = Samples.made(page).content
    #expect(content.contains("1/2 <a href=\"#cell-13\""))
    #expect(content.contains("<li>a.md:9:1: "))
    #expect(!content.contains("cell-8"))
  }

  @Test func `after a run stands how it was verified, how to repeat it, and its curve`() {
    let page = Samples.output(Self.loop, printed: "0 3\n1 2\n2 1\n")
    var book = Samples.book([page])
    (book.commit, book.toolchain) = ("abc1234", "Swift version 6.3.1")
    let content = BookPage(page, in: book, Samples.files).content
    for part in [
      "<figcaption class=\"verdict passed\"><details><summary>✓ Verified 2026-11-23, within a relative 1e-9, falling from line to line.</summary>",
      "off by at most 2.5e-07, relative 1e-08 · commit abc1234 · Swift version 6.3.1",
      "<code>workbook run \(Samples.folder)/a.md#main</code>", "<a href=\"#output-6\">line 6</a>",
      "<svg class=\"curve\" width=\"480\"", "aria-label=\"The loss by step. T: 3 at step 0, 2 at",
    ] {
      #expect(content.contains(part), "\(part) in \(content)")
    }
  }

  @Test func `a failed output shows expected beside printed, and the chapter says so everywhere`() {
    var page = Samples.output(Self.loop, printed: "0 4\n", status: .failed)
    page.failures = [
      Failure(.fault(.cancelled), at: Location(path: "a.md", line: 7, column: 1))
    ]
    let other = Samples.page("# Other\n\n[See](a.md).\n", "b.md")
    var twin = Samples.page("# 乙\n", "zh/b.md", in: "zh")
    twin.failures = page.failures
    let book = Samples.book([page, other, twin])
    let html = BookPage(page, in: book, Samples.files).html()
    for part in [
      "<p>Expected</p><pre tabindex=\"0\" class=\"expected\"><code>0 3.0\n</code>",
      "<p>Printed</p><pre tabindex=\"0\" class=\"printed\"><code>0 4\n</code>",
      "<figcaption class=\"verdict failed\"><details><summary>✗ Not verified",
      "<div class=\"failed\"><p>This chapter failed on 2026-11-23.</p>",
      "<li><a href=\"#output-6\">a.md:7:1</a>: ",
    ] {
      #expect(html.contains(part), "\(part) in \(html)")
    }
    #expect(!html.contains("✓"))
    let mark = "T</a> <strong class=\"mark\">✗ failed</strong>"
    let beside = BookPage(other, in: book, Samples.files).html()
    #expect(beside.contains(mark))
    #expect(beside.contains("See</a> <strong class=\"mark\">✗ failed</strong>."))
    #expect(beside.contains("中文</a> <strong class=\"mark\">✗ failed</strong>"))
    #expect(
      beside.contains(
        "<a rel=\"prev\" href=\"a.html\">← T <strong class=\"mark\">✗ failed</strong></a>"))
    #expect(book.startPage(of: nil, Samples.files).contains(mark))
    #expect(html.contains("<title>T ✗ failed · Book</title>"))
  }

  @Test
  func
    `numbers that are exact are not off at all, and those of a cell's comments are held to their digits`()
  {
    var page = Samples.page("# T\n\n```swift\nprint(1.5) // Prints \"1.5\"\n```\n")
    page.cellChecks = [
      Check(
        program: "main", line: 4, kind: .prints, status: .passed, maxAbsoluteError: 0,
        maxRelativeError: 0)
    ]
    let content = Samples.made(page).content
    #expect(
      content.contains("to the digits written.</summary>\nno number is off <code>"), "\(content)")
  }

  @Test func `what the compiler refused and what trapped is said at its cell, with its proof`() {
    var page = Samples.page("# T\n\n```swift error\nx\n```\n")
    page.cellChecks = [Check(program: "main", line: 3, kind: .error, status: .passed)]
    let content = Samples.made(page).content
    for part in [
      "<div class=\"verdict passed\"><details><summary>✓ Verified 2026-11-23: the compiler refuses it.",
      "<code>workbook run \(Samples.folder)/a.md#main</code>", "<a href=\"#cell-3\">line 3</a>",
    ] {
      #expect(content.contains(part), "\(part) in \(content)")
    }
  }

  @Test func `beside a curve stand the earlier ones of its kind over the same steps`() {
    func program(_ name: String, _ options: String) -> String {
      "## \(name)\n\n```swift program=\(name)\n```\n```output\(options)\n```\n"
    }
    let markdown =
      "# T\n\n" + program("a", " below=9") + program("b", "") + program("c", " below=9")
    let content = Samples.made(Samples.output(markdown, printed: "0 3\n1 2.5\n2 1\n")).content
    #expect(content.contains("The loss by step. a: 3 at"))
    #expect(content.contains("The number printed by step. b: 3 at"))
    #expect(content.contains("The loss by step. a · c: 3 at"))
  }
}
