import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct StartPageTests {
  static let cell = "# T\n\n```swift\n```\n```output decreasing\n0 3\n```\n"

  @Test func `the start says what the book is, and leads to its chapters in order`() {
    let book = Samples.book([
      Samples.page("# A\n\nA *book*.\n\nMore.\n\nAnd more.\n"), Samples.page("# B\n", "part/b.md"),
      Samples.page("# 甲\n", "zh/a.md", in: "zh"),
    ])
    let html = book.startPage(of: nil, Samples.files)
    for part in [
      "<h1>Book</h1>\n<p>A <em>book</em>.</p>\n<p>More.</p>\n\n<p><a class=\"start\" href=\"a.html\">Start reading</a></p>",
      "2 chapters and 0 programs. All ran and printed what their pages say, as of 2026-11-23.",
      "<ol>\n<li><a href=\"a.html\">A</a></li>\n</ol>\n<p>part</p>\n<ol>\n<li><a href=\"part/b.html\">B</a></li>",
      "href=\"print.html\"", "href=\"documentation/book/\"", "href=\"zh.html\">中文</a>",
    ] {
      #expect(html.contains(part), "\(part) in \(html)")
    }
    #expect(!html.contains("And more."))
    #expect(book.startPage(of: "zh", Samples.files).contains("共 1 章、0 个程序。"))
  }

  @Test func `what the start takes from its first chapter leads into that chapter`() {
    let book = Samples.book([
      Samples.page("# A\n\n[S](#setup), [M](#), [A](a.md), [B](b.md#x).\n\n## Setup\n"),
      Samples.page("# B\n\n## X\n", "b.md"),
    ])
    let html = book.startPage(of: nil, Samples.files)
    #expect(
      html.contains(
        "<p><a href=\"a.html#setup\">S</a>, <a href=\"a.html\">M</a>, "
          + "<a href=\"a.html\">A</a>, <a href=\"b.html#x\">B</a>.</p>"))
  }

  @Test func `the start begins with its first chapter's words, whatever the file says of itself`() {
    for start in ["<!-- workbook: timeout=30s -->\n\n", "---\nlayout: x\n---\n\n"] {
      let book = Samples.book([
        Samples.page(start + "# A\n\n<!-- note -->\n\nA *book*.\n\n<!-- note -->\n\nMore.\n")
      ])
      let html = book.startPage(of: nil, Samples.files)
      #expect(html.contains("<p>A <em>book</em>.</p>") && html.contains("<p>More.</p>"))
    }
  }

  @Test func `folders of one name are two, and none is called like what all stand in`() {
    func folders(_ files: [String]) -> [String] {
      Samples.book(files.map { Samples.page("# A\n", $0) }).groups(of: nil).map(\.folder)
    }
    #expect(folders(["a/x/1.md", "b/x/1.md", "a/x/2.md"]) == ["a/x", "b/x"])
    #expect(folders(["c/1.md", "c/x/1.md"]) == ["", "x"])
    #expect(folders(["c/x/1.md", "c/y/1.md"]) == ["x", "y"])
    #expect(folders(["c/x/1.md", "c/x/2.md"]) == [""])
  }

  @Test func `main programs are compared where there are two or more`() {
    var page = Samples.output(Self.cell, printed: "0 3\n1 2\n2 1\n")
    #expect(Samples.book([page]).comparison(of: nil) == "")
    var other = page
    (other.name, page.chapter.title) = ("b", "S")
    let html = Samples.book([page, other]).comparison(of: nil)
    #expect(
      html.contains(
        "<tr><td><a href=\"a.html\">S</a></td><td class=\"right\">3 at 0</td><td class=\"right\">1 at 2</td></tr>"
      ))
    #expect(html.contains("<svg class=\"curve\""))
    page.failures = [Failure(.fault(.cancelled), at: Location(path: "a.md", line: 3, column: 1))]
    #expect(
      Samples.book([page, other]).comparison(of: nil)
        .contains("S</a> <strong class=\"mark\">✗ failed</strong></td>"))
  }

  @Test func `the whole book stands on one page, whose links stay on it`() {
    let book = Samples.book([
      Samples.page(
        "# A\n\n## X\n\n[b](b.md) [x](#x) [y](b.md#y) [z](zh/a.md) [w](https://w.x) `Tensor` [p](a.svg)\n\n```swift\n```\n"
      ),
      Samples.page("# B\n\n## X\n\n## Y\n\n<details>\n\nc\n\n</details>\n", "b.md"),
      Samples.page("# 甲\n", "zh/a.md", in: "zh"),
    ])
    let html = book.printPage(of: nil) { _ in Samples.files }
    for part in [
      "<section class=\"chapter\" id=\"a--main\">", "<h2 id=\"b--x\">",
      "<a href=\"#b--main\">b</a>",
      "<a href=\"#a--x\">x</a>", "<a href=\"#b--y\">y</a>",
      "id=\"a--cell-7\" data-line=\"7\"",
      // Unfolded, since paper cannot be.
      "<details open>",
    ] {
      #expect(html.contains(part), "\(part) in \(html)")
    }
    // What stands beside the page is not there on paper.
    #expect(html.contains(" z <a href=\"https://w.x\">w</a> <code>Tensor</code> p</p>"))
    #expect(!html.contains("甲"))
  }
}
