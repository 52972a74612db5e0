import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite

@Suite struct ReferencePageTests {
  static let json = """
    {"metadata":{"title":"A & B"},"abstract":[{"type":"text","text":"x < y"}],
    "primaryContentSections":[{"kind":"content","content":[
    {"type":"heading","level":2,"anchor":"H","text":"H"},
    {"type":"codeListing","code":["let a = 1","<b>"]},
    {"type":"paragraph","inlineContent":[{"type":"reference","identifier":"r"},
    {"type":"image","identifier":"i"}]},
    {"type":"table","header":"row","rows":[[[{"type":"paragraph","inlineContent":[{"type":"codeVoice","code":"c"}]}]]]}]}],
    "references":{"r":{"type":"topic","title":"R","url":"/documentation/r"},
    "i":{"type":"image","alt":"Alt","variants":[{"url":"/images/i.svg","traits":["1x","light"]},
    {"url":"/images/i~dark.svg","traits":["1x","dark"]}]}}}
    """

  @Test func `a page can be read without scripts`() throws {
    let page = try #require(ReferencePage(json: Data(Self.json.utf8), basePath: "/base"))
    let html = page.fill("<title>Documentation</title><noscript>old</noscript><div>")
    #expect(html.hasPrefix("<title>A &amp; B</title><noscript><style>"))
    for part in [
      "<p>x &lt; y</p>", "<h2 id=\"H\">H</h2>",
      "let a = 1&#10;&lt;b&gt;</code></pre>",
      "<a href=\"/base/documentation/r\">R</a>",
      "<source media=\"(prefers-color-scheme:dark)\" srcset=\"/base/images/i~dark.svg\">",
      "<img src=\"/base/images/i.svg\" alt=\"Alt\">", "<th><p><code>c</code></p></th>",
    ] {
      #expect(html.contains(part), "\(part) in \(html)")
    }
    #expect(!html.contains("old"))
  }

  @Test func `what is searched is the text alone`() throws {
    let json = #"{"metadata":{"title":"A \"b\""},"abstract":[{"type":"text","text":"x\n\t<y>"}]}"#
    let page = try #require(ReferencePage(json: Data(json.utf8), basePath: ""))
    #expect(
      SearchIndex.terms(of: page.text, isQuestion: false).sorted() == ["a", "b", "x", "y"])
  }

  @Test func `a page leads back to the book, and to the chapters that use what it is about`() throws
  {
    var page = try #require(ReferencePage(json: Data(Self.json.utf8), basePath: "/base"))
    let chapter = Samples.page("# A <b>\n")
    page.addWaysBack(to: [chapter], in: Samples.book([chapter]))
    let html = page.fill("<noscript></noscript>")
    for part in [
      "<h2 id=\"in-the-book\">In the book</h2>", "<a href=\"/base/index.html\">Book</a>",
      "<a href=\"/base/a.html\">A &lt;b&gt;</a>",
    ] {
      #expect(html.contains(part), "\(part) in \(html)")
    }
    let json = String(decoding: page.json, as: UTF8.self)
    #expect(json.contains(#""url":"/base/a.html""#))
    #expect(page.text.contains("x < y") && page.text.contains("let a = 1"))
    var failed = chapter
    failed.failures = [
      Failure(.fault(.cancelled), at: Location(path: "a.md", line: 3, column: 1))
    ]
    page.addWaysBack(to: [failed], in: Samples.book([failed]))
    #expect(page.text.contains("A <b> ✗ failed"))
  }

  @Test func `a page says what became of its examples, and how to repeat it`() throws {
    var page = try #require(ReferencePage(json: Data(Self.json.utf8), basePath: ""))
    var book = Samples.book([Samples.page("# A\n")])
    (book.commit, book.toolchain) = ("abc1234", "Swift version 6.3.1")
    let source = "/// ```swift\n/// print(1)\n/// ```\nfunc f() {}\n"
    let program = Chapter(path: "Sources/A/f.swift", bytes: Array(source.utf8)).programs[0]
    page.addProof(of: [], in: book)
    #expect(!page.text.contains("Verified"))
    page.addProof(of: [ProgramResult(program: program, status: .ran)], in: book)
    #expect(
      page.text.contains(
        "✓ Verified 2026-11-23: the examples ran and print what is written here. · commit abc1234 · "
          + "Swift version 6.3.1"))
    #expect(page.text.contains("workbook run Sources/A/f.swift#f"))
    let failed = ProgramResult(program: program, status: .notRun(.compiler))
    page.addProof(of: [failed], in: book)
    #expect(page.text.contains("✗ The examples failed on 2026-11-23."))
  }

  @Test func `what is no page is none`() {
    #expect(ReferencePage(json: Data("[]".utf8), basePath: "") == nil)
  }
}
