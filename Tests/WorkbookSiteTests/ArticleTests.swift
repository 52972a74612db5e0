import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct ArticleTests {
  static let folder = absolutePath("nowhere")

  static func page(_ markdown: String, _ file: String = "a.md") -> SitePage {
    let path = "\(folder)/\(file)"
    let bytes = Array(markdown.utf8)
    return SitePage(
      Chapter(path: path, bytes: bytes), source: bytes, name: String(file.dropLast(3)))
  }

  static func book(_ pages: [SitePage]) -> SiteBook {
    SiteBook(
      title: "Book", pages: pages, symbols: SymbolIndexTests.index, date: "2026-11-23",
      packageFolder: nil)
  }

  static func article(_ page: SitePage, refused: Set<String> = []) -> Article {
    let other = Self.page("# Other\n\n## Things to try\n", "b.md")
    let there: [String: SiteFiles.Kind] = [
      "a.svg": .file, "LICENSE": .file, "x.pdf": .file, "out.svg": .outside, "out": .outside,
      "pipe.svg": .other, "big.svg": .tooLarge, "dark.svg": .file, "dark~dark.svg": .outside,
      "@a.svg": .file, "script.svg": .scripted,
    ]
    return Article(page, in: book([page, other]), refusedLinks: refused) { path in
      there[String(path.dropFirst(folder.count + 1))] ?? .missing
    }
  }

  /// The article between its settings and its navigation.
  static func body(_ markdown: String) -> String {
    let article = article(page("# T\n\n" + markdown))
    let text = String(decoding: article.markdown, as: UTF8.self)
    guard let start = text.range(of: "AutomaticSeeAlso(disabled)\n}\n\n\n") else { return text }
    let end = text.range(of: "\n\n---\n\n", options: .backwards)?.lowerBound ?? text.endIndex
    return String(text[start.upperBound..<end])
      .trimmingCharacters(in: .newlines)
  }

  @Test(arguments: [
    ("```swift program=x no-run\na\n```", "```swift\na\n```"),
    ("```swift nocopy, highlight=[1, 3]\na\n```", "```swift, nocopy, highlight=[1, 3]\na\n```"),
    ("~~~text wide\na\n~~~", "~~~text, nocopy\na\n~~~"),
    ("~~~console wide\na\n~~~", "~~~console\na\n~~~"),
    ("<!-- workbook: program=x -->\n```swift\na\n```", "```swift\na\n```"),
    ("a\n\n<!-- workbook hidden\n```swift\nlet a = 1\n```\n-->\n\nb", "a\n\n\n\n\n\n\n\nb"),
    ("> Note: a\n\n| a |\n|---|\n| b |", "> Note: a\n\n| a |\n|---|\n| b |"),
    ("> [!NOTE]\n> a", "> Note:\n> a"), ("is 0.5<!-- workbook: value=a --> now", "is 0.5 now"),
    ("@MainActor is\n@x", "\\@MainActor is\n\\@x"),
    ("∂L/∂w = $x^2$", "∂L/∂w = $x^2$"),
  ])
  func `options go, and what reads well stays`(markdown: String, expected: String) {
    #expect(Self.body(markdown) == expected)
  }

  @Test(arguments: [
    ("[a](b.md)", "[a](<doc:b>)"),
    ("[a](./b.md#things-to-try)", "[a](<doc:b#Things%20to%20try>)"),
    ("[a](#t)", "[a](<doc:a>)"), ("[a](https://b.c/d.md)", "[a](https://b.c/d.md)"),
    ("[a]: b.md\n\n[a]", "[a]: <doc:b>\n\n[a]"), ("![a](a.svg)", "![a](<a--a>)"),
    ("see the [`a`](LICENSE) file", "see the `a` file"),
  ])
  func `links between chapters become DocC's`(markdown: String, expected: String) {
    #expect(Self.body(markdown) == expected)
  }

  @Test(arguments: [
    ("`Tensor` and `Tensor`", "[`Tensor`](<doc:/Tensors/Tensor>) and `Tensor`"),
    (
      "`Tensor`\n\n## A\n\n`Tensor`",
      "[`Tensor`](<doc:/Tensors/Tensor>)\n\n## A\n\n[`Tensor`](<doc:/Tensors/Tensor>)"
    ),
    ("[`Tensor`](b.md)", "[`Tensor`](<doc:b>)"), ("## `Tensor`", "## `Tensor`"),
    ("``Tensor``", "``Tensor``"),
    (
      "`Tensor`\n\n```swift\nstruct Tensor {}\n```", "`Tensor`\n\n```swift\nstruct Tensor {}\n```"
    ),
  ])
  func `code that names a symbol is linked to it, once a section`(
    markdown: String, expected: String
  ) {
    #expect(Self.body(markdown) == expected)
  }

  @Test(arguments: [
    ("x [a](c.md)", "4:7 there is no file c.md"),
    ("[a](b.md#nope)", "4:5 \(folder)/b.md has no heading"),
    (
      "[a](b.md#thing-to-try)",
      "4:5 \(folder)/b.md has no heading '#thing-to-try'; did you mean '#things-to-try'?"
    ),
    ("> ![a](b.svg)", "4:8 there is no picture b.svg"),
    ("![a](x.pdf)", "4:6 x.pdf cannot be shown"),
    ("[a](LICENSE)", "4:5 the site has no page for LICENSE"),
    ("a <b>c</b>", "4:3 the site shows the text of HTML"),
    ("<div>\n\n</div>", "4:1 the site shows the text of HTML"),
  ])
  func `what is broken is told at its place`(markdown: String, expected: String) {
    let problems = Self.article(
      Self.page("# T\n\n\(markdown.hasPrefix("```") ? "" : "\n")" + markdown)
    ).problems
    let first = problems.first.map {
      "\($0.location.line):\($0.location.column) \($0.problem.message)"
    }
    #expect(first?.hasPrefix(expected) == true, "\(first ?? "nothing")")
  }

  @Test(
    arguments: [
      "[a](javascript:alert(1))", "[a](<JaVaScRiPt:alert(1)>)", "[a](javascript&#58;alert(1))",
      "[a](&#106;avascript:x)", "[a](&#1;javascript:x)", "[a](java&#10;script:x)",
      "[a](data:text/html,x)", "![a](data:image/png;base64,AA)", "![a](javascript:x)",
      "[a](file:///etc/passwd)", "[a](vbscript:x)", "[a](//host/x)", "[a](\\/\\/host/x)",
      "[a](/&#47;host)", "[a](<https://a\"b>)", "[a](<https:\\\\a>)", "<javascript:alert(1)>",
      "[a]: javascript:x\n\n[a]", "[a]:\njavascript:x\n\n[a]", "[a]: javascript:x\nT\n---\n",
      "## [a](javascript:x)", "- [a](javascript:x)", "> [a](javascript:x)",
      "| [a](javascript:x) |\n|---|", "[![a](data:x)](https://b.c)",
    ])
  func `an address that runs scripts or hides where it leads is refused`(markdown: String) {
    let problems = Self.article(Self.page("# T\n\n" + markdown)).problems
    #expect(problems.first?.severity == .error)
    guard case .refused = problems.first?.problem else {
      Issue.record("\(problems)")
      return
    }
  }

  @Test(arguments: [
    "[a](http://b.c)", "[a](HTTPS://b.c)", "[a](mailto:a@b.c)", "[a](#t)", "<https://a.b>",
    "<a@b.c>", "![a](https://b.c/d.png)", "`[a](javascript:x)`", "\\[a](javascript:x)",
  ])
  func `an address of the web stays`(markdown: String) {
    let article = Self.article(Self.page("# T\n\n" + markdown))
    #expect(article.problems.isEmpty)
  }

  @Test(
    arguments: [
      ("![a](out.svg)", PublishingProblem.leadsOut(target: "out.svg")),
      ("![a](dark.svg)", .leadsOut(target: "dark.svg")),
      ("[a](out)", .leadsOut(target: "out")), ("![a](pipe.svg)", .noPicture(target: "pipe.svg")),
      ("![a](big.svg)", .pictureSize(target: "big.svg")),
      ("![a](script.svg)", .pictureScript(target: "script.svg")),
      ("[x]: out.svg\n\n![x]", .leadsOut(target: "out.svg")),
    ])
  func `a file that is not the book's is refused`(markdown: String, expected: PublishingProblem) {
    let article = Self.article(Self.page("# T\n\n" + markdown))
    #expect(article.problems.map(\.problem) == [expected])
    #expect(article.pictures.isEmpty || expected == .leadsOut(target: "dark.svg"))
  }

  @Test func `pictures of one name in two folders are two`() {
    let page = Self.page("# T\n\n![a](b/x.svg) ![b](c/x.svg) ![c](b/x.svg)")
    let article = Article(page, in: Self.book([page])) { path in
      path.hasSuffix("/x.svg") ? .file : .missing
    }
    #expect(article.pictures.map(\.name) == ["a--x.svg", "a--x--2.svg"])
  }

  @Test func `a picture whose name begins as a directive of DocC's does is taken along`() {
    #expect(Self.body("![a](\n@a.svg)") == "![a](\n<a---a>)")
  }

  @Test func `a diagnostic of the article's is told at the chapter's own line and column`() throws {
    let article = Self.article(Self.page("# T\n\n`Tensor` ``a ` b`` and ``Nope``\n"))
    let text = String(decoding: article.markdown, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("Nope") })
    func column(_ text: String) throws -> Int {
      let range = try #require(lines[line].range(of: text))
      return lines[line][..<range.lowerBound].utf8.count + 1
    }
    func subject(_ text: String) throws -> Article.Subject {
      article.subject(line: line + 1, column: try column(text))
    }
    #expect(
      try subject("Nope") == .place(Location(path: "\(Self.folder)/a.md", line: 3, column: 26)))
    #expect(try subject("Tensor") == .symbolLink("/Tensors/Tensor"))
    #expect(try subject("a ` b") == .nothing)
  }

  @Test func `a refused symbol stays code`() {
    let article = Self.article(Self.page("# T\n\n`Tensor`\n"), refused: ["/Tensors/Tensor"])
    #expect(!String(decoding: article.markdown, as: UTF8.self).contains("doc:/"))
  }

  @Test(arguments: ["text\n\n# T\n", "text\n", "> # T\n", "## T\n", "\u{FEFF}text\n", ""])
  func `a chapter without a title at its start gets one`(markdown: String) {
    let text = String(decoding: Self.article(Self.page(markdown)).markdown, as: UTF8.self)
    #expect(text.hasPrefix("# "))
  }

  @Test(arguments: ["# T\ntext", "T\n===\ntext", "#\tT #\ntext"])
  func `titles of every form come first`(markdown: String) {
    let text = String(decoding: Self.article(Self.page(markdown)).markdown, as: UTF8.self)
    #expect(text.components(separatedBy: "@Metadata").count == 2)
    #expect(text.hasPrefix(markdown.dropLast("\ntext".count)))
  }

  static func output(_ markdown: String, printed: String, status: Check.Status = .passed)
    -> SitePage
  {
    var page = page(markdown)
    for program in page.chapter.programs {
      for expectation in program.expectations {
        page.outputs[expectation.line] = SitePage.Output(
          program: program.name, expectation: expectation,
          check: Check(
            program: program.name, line: expectation.line, kind: .output, status: status,
            maxAbsoluteError: 0, maxRelativeError: 0), printed: printed)
      }
    }
    return page
  }

  @Test func `under an output stands how it was verified, and its curve`() {
    let markdown = "# T\n\n```swift\n```\n\n> ```output rtol=1e-9 decreasing\n> 0 3\n> ```\n"
    let article = Self.article(Self.output(markdown, printed: "0 3\n1 2\n2 1\n"))
    let text = String(decoding: article.markdown, as: UTF8.self)
    #expect(text.contains("> ```nocopy\n> 0 3\n> ```\n> \n> *✓ Verified 2026-11-23, within"))
    #expect(
      text.contains(
        "> ![The loss by step. T: 3 at step 0, 2 at step 1, 1 at step 2.](a-curve-1)"))
    #expect(article.pictures.map(\.name) == ["a-curve-1.svg", "a-curve-1~dark.svg"])
  }

  @Test func `a failed chapter says so, and its output is not called verified`() {
    var page = Self.output(
      "# T\n\n```swift\n```\n```output\n1\n```\n", printed: "2\n", status: .failed)
    page.failures = [
      Failure(.fault(.cancelled), at: Location(path: "a.md", line: 5, column: 1))
    ]
    let text = String(decoding: Self.article(page).markdown, as: UTF8.self)
    #expect(text.contains("> Warning: **This chapter failed** on 2026-11-23."))
    #expect(text.contains("✗ Not verified") && !text.contains("✓"))
  }

  @Test(arguments: [
    ("# 甲\n\n乙\n丙\n\n丁\n", "乙\n丙\n\n[English](<doc:a>)\n\n\n\n丁"),
    (
      "# 甲\n\n`Tensor`\n",
      "[`Tensor`](<doc:/Tensors/Tensor>)\n\n[English](<doc:a>)\n"
    ),
    ("# 甲\n\n- 乙\n", "}\n\n\n[English](<doc:a>)\n\n\n\n- 乙"),
    ("乙\n", "}\n\n\n\n[English](<doc:a>)\n\n乙"),
  ])
  func `a page leads to its translation below its first paragraph, and speaks its language`(
    markdown: String, expected: String
  ) {
    let page = BookLanguagesTests.page(markdown, "zh/a.md", in: "zh")
    let book = BookLanguagesTests.book([Self.page("# A\n"), page])
    let article = Article(page, in: book) { _ in .missing }
    let text = String(decoding: article.markdown, as: UTF8.self)
    #expect(text.contains(expected), "\(text)")
    #expect(text.hasSuffix("[Book](<doc:zh>)\n"))
  }

  @Test func `a page leads to its neighbours`() {
    let text = String(decoding: Self.article(Self.page("# T\n")).markdown, as: UTF8.self)
    #expect(text.hasSuffix("---\n\n[Book](<doc:book>) · [Other](<doc:b>) →\n"))
  }

  @Test(arguments: [
    ("Next: [Other](b.md)", false), ("Next: [Other](b.md#things-to-try)\n\n", false),
    ("[Other](b.md) is next.\n\nThe end.", true), ("Next: [Other](b.md)\n\n```\na\n```", true),
    ("Next: [Other](https://b.md)", true), ("", true),
  ])
  func `a page that ends with links to its neighbours gets no others`(
    markdown: String, isAdded: Bool
  ) {
    let article = Self.article(Self.page("# T\n\n" + markdown))
    let text = String(decoding: article.markdown, as: UTF8.self)
    #expect(text.contains("[Book](<doc:book>)") == isAdded, "\(text)")
  }

  @Test func `beside a curve stand the earlier ones of its kind over the same steps`() {
    func program(_ name: String, _ options: String) -> String {
      "## \(name)\n\n```swift program=\(name)\n```\n```output\(options)\n```\n"
    }
    let markdown =
      "# T\n\n" + program("a", " below=9") + program("b", "") + program("c", " below=9")
    let article = Self.article(Self.output(markdown, printed: "0 3\n1 2.5\n2 1\n"))
    let text = String(decoding: article.markdown, as: UTF8.self)
    #expect(text.contains("![The loss by step. a: 3 at"))
    #expect(text.contains("![The number printed by step. b: 3 at"))
    #expect(text.contains("![The loss by step. a · c: 3 at"))
  }
}
