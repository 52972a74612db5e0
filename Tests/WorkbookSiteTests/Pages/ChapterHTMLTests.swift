import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct ChapterHTMLTests {
  @Test(arguments: [
    ("a *b* **c** `d` ~~e~~", "<p>a <em>b</em> <strong>c</strong> <code>d</code> <del>e</del></p>"),
    ("a\nb  \nc", "<p>a\nb<br>\nc</p>"), ("---", "<hr>"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("3. a\n\n4. b", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>"),
    ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
    (
      "> [!NOTE]\n> a",
      "<blockquote class=\"alert\"><p><strong>Note</strong></p>\n<p>a</p>\n</blockquote>"
    ),
    (
      "~~~text wide\n<a>\n~~~",
      "<pre tabindex=\"0\"><code class=\"language-text\">&lt;a&gt;\n</code></pre>"
    ),
    (
      "```js{1,3} a\n```", "<pre tabindex=\"0\"><code class=\"language-js\">\n</code></pre>"
    ),
    ("    a\n\n    b", "<pre tabindex=\"0\"><code>a\n\nb\n</code></pre>"),
    ("is 0.5<!-- workbook: value=a --> now", "<p>is 0.5 now</p>"),
    ("a\n\n<!-- workbook hidden\n```swift\nlet a = 1\n```\n-->\n\nb", "<p>a</p>\n\n<p>b</p>"),
    ("<!-- a --> b", "b"),
  ])
  func `Markdown becomes HTML`(markdown: String, expected: String) {
    #expect(Samples.body(markdown).trimmingCharacters(in: .whitespaces) == expected)
  }

  @Test func `an image that shows a program's curve is left out, as the page draws it itself`() {
    let cell = "\n\n```swift\n```"
    let image = "![loss](curve.svg)<!-- workbook: curve=main -->"
    #expect(!Samples.body(image + cell).contains("loss"))
    #expect(Samples.body("a \(image) ![b](a.svg)" + cell).hasPrefix("<p>a  <img src="))
    #expect(Samples.made(Samples.page("# T\n\n" + image + cell)).problems.isEmpty)
  }

  @Test func `a table scrolls by itself, is aligned, and has no empty heading`() {
    #expect(
      Samples.body("| | b |\n|---|--:|\n| `x\\|y` | **2** |\n| c |")
        == """
        <div class="wide" tabindex="0"><table>
        <thead>
        <tr><td></td><th class="right">b</th></tr>
        </thead>
        <tbody>
        <tr><td><code>x|y</code></td><td class="right"><strong>2</strong></td></tr>
        <tr><td>c</td><td class="right"></td></tr>
        </tbody>
        </table></div>
        """)
  }

  @Test(arguments: [
    ("[a](b.md)", "<a href=\"b.html\">a</a>"),
    ("[a](./b.md#things-to-try \"x\")", "<a href=\"b.html#things-to-try\" title=\"x\">a</a>"),
    ("[a](#t)", "<a href=\"#t\">a</a>"), ("[a](a.md)", "<a href=\"#main\">a</a>"),
    ("[a](https://b.c/d.md?x&y)", "<a href=\"https://b.c/d.md?x&amp;y\">a</a>"),
    ("[a]\n\n[a]: b.md", "<a href=\"b.html\">a</a>"),
    ("<https://a.b>", "<a href=\"https://a.b\">https://a.b</a>"),
    ("<a@b.c>", "<a href=\"mailto:a@b.c\">a@b.c</a>"),
    ("see the [`a`](LICENSE) file", "see the <code>a</code> file"),
    ("![a *b*](https://b.c/d.png)", "<a href=\"https://b.c/d.png\">a b</a>"),
    ("![](https://b.c/d.png)", "<a href=\"https://b.c/d.png\">https://b.c/d.png</a>"),
    ("[![a](https://b.c/d.png)](https://e.f)", "<a href=\"https://e.f\">a</a>"),
    (
      "[![](https://b.c/d.png)](https://e.f) ![a](https://b.c/d)",
      "<a href=\"https://e.f\">https://b.c/d.png</a> <a href=\"https://b.c/d\">a</a>"
    ),
    (
      "![a](a.svg)",
      "<img src=\"pictures/a--a.svg\" alt=\"a\" width=\"480\" height=\"196\">"
    ),
    (
      "![a](night.svg)",
      "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"pictures/a--night-dark.svg\">"
        + "<img src=\"pictures/a--night.svg\" alt=\"a\" width=\"480\" height=\"196\"></picture>"
    ),
  ])
  func `links lead within the site, and pictures have their room`(
    markdown: String, expected: String
  ) {
    #expect(Samples.body(markdown) == "<p>\(expected)</p>")
  }

  @Test(arguments: [
    ("`Tensor` and `Tensor`", 1), ("`Tensor`\n\n## A\n\n`Tensor`", 2), ("[`Tensor`](b.md)", 0),
    ("## `Tensor`", 0), ("`Tensor`\n\n```swift\nstruct Tensor {}\n```", 0), ("`Nowhere`", 0),
  ])
  func `code that names a symbol is linked to it, once a section`(markdown: String, count: Int) {
    let link = "<a href=\"documentation/tensors/tensor/\"><code>Tensor</code></a>"
    #expect(Samples.body(markdown).components(separatedBy: link).count - 1 == count)
  }

  @Test(arguments: [
    ("x [a](c.md)", "4:7 there is no file c.md"),
    ("[a](b.md#nope)", "4:5 \(Samples.folder)/b.md has no heading"),
    (
      "[a](b.md#thing-to-try)",
      "4:5 \(Samples.folder)/b.md has no heading '#thing-to-try'; did you mean '#things-to-try'?"
    ),
    ("> ![a](b.svg)", "4:8 there is no picture b.svg"),
    ("![a](x.pdf)", "4:6 x.pdf cannot be shown"),
    ("[a](LICENSE)", "4:5 the site has no page for LICENSE"),
    ("a <b>c</b>", "4:3 the site shows this HTML as text"),
    ("<div>\n\n</div>", "4:1 the site shows this HTML as text"),
    ("a $\\nope$", "4:3 the site cannot show \\nope"), ("[a](doc:x)", "4:5 doc:x is no address"),
  ])
  func `what is broken is told at its place`(markdown: String, expected: String) {
    let problem = Samples.made(Samples.page("# T\n\n\n" + markdown)).problems.first
    let first = problem.map { "\($0.location.line):\($0.location.column) \($0.problem.message)" }
    #expect(first?.hasPrefix(expected) == true, "\(first ?? "nothing")")
  }

  @Test(
    arguments: [
      "[a](javascript:alert(1))", "[a](<JaVaScRiPt:alert(1)>)", "[a](javascript&#58;alert(1))",
      "[a](&#106;avascript:x)", "[a](&#1;javascript:x)", "[a](java&#10;script:x)",
      "[a](data:text/html,x)", "![a](data:image/png;base64,AA)", "![a](javascript:x)",
      "[a](file:///etc/passwd)", "[a](vbscript:x)", "[a](//host/x)", "[a](\\/\\/host/x)",
      "[a](/&#47;host)", "[a](<https://a\"b>)", "[a](<https:\\\\a>)", "<javascript:alert(1)>",
      "[a]: javascript:x\n\n[a]", "[a]:\njavascript:x\n\n[a]", "[a]: javascript:x\nT [a]\n---\n",
      "## [a](javascript:x)", "- [a](javascript:x)", "> [a](javascript:x)",
      "| [a](javascript:x) |\n|---|", "[![a](data:x)](https://b.c)", "<img src=\"data:x\">",
      "<picture><source srcset=\"https://b.c/x.png\"></picture>",
    ])
  func `an address that runs scripts or hides where it leads is refused`(markdown: String) {
    let page = Samples.made(Samples.page("# T\n\n" + markdown))
    #expect(page.problems.first?.severity == .error)
    guard case .refused = page.problems.first?.problem else {
      Issue.record("\(page.problems)")
      return
    }
    #expect(
      !page.content.contains(#/(?:href|src|srcset)="(?!https:\/\/b\.c"|#)/#), "\(page.content)")
  }

  @Test(arguments: [
    "[a](http://b.c)", "[a](HTTPS://b.c)", "[a](mailto:a@b.c)", "[a](#t)", "<https://a.b>",
    "<a@b.c>", "![a](https://b.c/d.png)", "`[a](javascript:x)`", "\\[a](javascript:x)",
  ])
  func `an address of the web stays`(markdown: String) {
    #expect(Samples.made(Samples.page("# T\n\n" + markdown)).problems.isEmpty)
  }

  @Test(
    arguments: [
      ("![a](out.svg)", PublishingProblem.leadsOut(target: "out.svg")),
      ("![a](dark.svg)", .leadsOut(target: "dark.svg")), ("[a](out)", .leadsOut(target: "out")),
      ("![a](pipe.svg)", .noPicture(target: "pipe.svg")),
      ("![a](big.svg)", .pictureSize(target: "big.svg")),
      ("![a](script.svg)", .pictureScript(target: "script.svg")),
      ("[x]: out.svg\n\n![x]", .leadsOut(target: "out.svg")),
      ("<img src=\"out.svg\">", .leadsOut(target: "out.svg")),
    ])
  func `a file that is not the book's is refused`(markdown: String, expected: PublishingProblem) {
    let page = Samples.made(Samples.page("# T\n\n" + markdown))
    #expect(page.problems.map(\.problem) == [expected])
    #expect(page.pictures.isEmpty)
  }

  @Test func `pictures of one name in two folders are two`() {
    let page = Samples.made(Samples.page("# T\n\n![a](a.svg) ![b](b/a.svg) ![c](a.svg)"))
    #expect(page.pictures.map(\.address) == ["pictures/a--a.svg", "pictures/a--a--2.svg"])
  }

  @Test(arguments: [
    (
      "<details>\n<summary>S</summary>\n\na\n\n</details>",
      "<details>\n<summary>S</summary>\n<p>a</p>\n</details>"
    ),
    ("a<br>b<sub>2</sub> <kbd class=\"x\">k</kbd>", "<p>a<br>b<sub>2</sub> <kbd>k</kbd></p>"),
    ("> <details>\n\nb", "<blockquote>\n<details>\n</details></blockquote>\n<p>b</p>"),
    ("a</details>", "<p>a</p>"),
    ("<div>a < b", "&lt;div&gt;a &lt; b"), ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
    ("<b onclick=\"x\">a</b>", "<p>&lt;b onclick=&quot;x&quot;&gt;a&lt;/b&gt;</p>"),
    ("<details ontoggle=\"x()\">", "<details>\n</details>"),
    (
      "<img src=\"a.svg\" onerror=\"x\" style=\"y\">",
      "<img src=\"pictures/a--a.svg\" alt=\"\" width=\"480\" height=\"196\">"
    ),
    (
      "<img src=\"a.svg\" alt=\"x &amp; &quot;\\*\" width=300>",
      "<img src=\"pictures/a--a.svg\" alt=\"x &amp; &quot;\\*\" width=\"300\">"
    ),
    (
      "<img src=\"a.svg\" width=\"50%\" height=\"20\">",
      "<img src=\"pictures/a--a.svg\" alt=\"\" height=\"20\">"
    ),
  ])
  func `harmless HTML stays, is closed where it should be, and the rest is text`(
    markdown: String, expected: String
  ) {
    let body = Samples.body(markdown)
    #expect(body == expected || body == "<p>\(expected)</p>", "\(body)")
  }

  @Test func `headings have ids of their own, and lead to themselves`() {
    let page = Samples.made(
      Samples.page("# Main\n\n## A `b`\n\n## A b\n\n# Two\n\n## Cell-3\n\n## Live\n"))
    #expect(page.headings.map(\.id) == ["main-1", "a-b", "a-b-1", "two", "cell-3-1", "live-1"])
    #expect(page.headings.map(\.level) == [1, 2, 2, 2, 2, 2])
    #expect(
      page.content.contains(
        "<h2 id=\"a-b\">A <code>b</code> <a class=\"anchor\" href=\"#a-b\" aria-label=\"Link to “A b”\">#</a></h2>"
      ))
  }

  @Test func `a heading's id is its name on Git hosts, and links by that name lead there`() {
    let page = Samples.made(
      Samples.page(
        """
        # T

        [a](#see-docs-here) [b](#usage) [c](#usage-1) [d](#search) [e](#cell-3) [f](#code--x)

        ## See [docs](https://example.com/x) here

        ## Usage

        ## Usage

        ## Search

        ## Cell-3

        ## `Code` & *x*
        """))
    #expect(page.problems.isEmpty, "\(page.problems)")
    let ids = ["see-docs-here", "usage", "usage-1", "search-1", "cell-3-1", "code--x"]
    #expect(page.headings.dropFirst().map(\.id) == ids)
    #expect(
      page.content.matches(of: #/<p>.*<\/p>/#).first?.0.matches(of: #/href="#([^"]*)"/#).map {
        String($0.1)
      } == ids)
  }

  @Test(arguments: [
    "<!-- workbook: timeout=30s -->\n\n# T\n\ntext\n", "---\ntitle: x\n---\n\n# T\n\ntext\n",
    "---\ntitle: x\n...\n<!-- a -->\n\n# T\n\ntext\n",
  ])
  func `a title behind comments and YAML is the only one`(markdown: String) {
    let page = Samples.made(Samples.page(markdown))
    let content = page.content.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(content == "<h1 id=\"t\">T</h1>\n\n<p>text</p>")
    #expect(page.headings.map(\.title) == ["T"])
  }

  @Test(arguments: [
    "$$x$$", "$$\nx\n$$", "a\n$$x$$", "a $$x$$ b", "$$ x $$\nb", "| $$x$$ |\n|---|",
  ])
  func `two dollars make a formula on a line of its own`(markdown: String) {
    let body = Samples.body(markdown)
    let formula = "<span class=\"formula\" tabindex=\"0\"><math display=\"block\" aria-label=\"x\">"
    #expect(body.contains(formula) && !body.contains("$"), "\(body)")
  }

  @Test(arguments: ["costs $$ and $$", "$$", "a $$$ b", "$$ \\$", "$$$$", "$$ $$"])
  func `dollars that hold nothing stay`(markdown: String) {
    #expect(!Samples.body(markdown).contains("<math"))
  }

  @Test(arguments: ["text\n\n# T\n", "text\n", "> # T\n", "## T\n", "\u{FEFF}text\n", ""])
  func `a chapter without a title at its start gets one`(markdown: String) {
    let content = Samples.made(Samples.page(markdown)).content
    #expect(content.hasPrefix("<h1>"))
    #expect(content.components(separatedBy: "<h1").count == 2)
  }

  @Test(arguments: [
    "> ", "- ", "[", "*a_", "<!--", "<a b ", "![", "`a``", "$a ", "[a](b \"", "|", "&a", "~~a~",
    "<!a ",
  ])
  func `text of what nobody writes takes neither a deep stack nor long`(part: String) {
    let body = Samples.body("a" + String(repeating: part, count: 10_000) + "z")
    let own = Samples.body(String(repeating: part, count: 10_000) + "[z](b.md)")
    #expect(body.contains("z") && (own.contains("z") || part.hasPrefix("<!")))
  }
}
