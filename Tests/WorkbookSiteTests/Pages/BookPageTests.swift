import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct BookPageTests {
  static let whole = BookLanguagesTests.whole

  static func html(_ index: Int) -> String {
    BookPage(whole.pages[index], in: whole, Samples.files).html()
  }

  @Test func `a page says its language and name, and leads to its neighbours and translations`() {
    let html = Self.html(2)
    for part in [
      "<!doctype html>\n<html lang=\"en\">", "<title>B · Book</title>",
      "<main id=\"main\" data-chapter=\"b\">", "<link rel=\"prev\" href=\"a.html\">",
      "<a rel=\"prev\" href=\"a.html\">← A</a>", "<a aria-current=\"page\" href=\"b.html\">B</a>",
      "<a class=\"language\" lang=\"zh\" hreflang=\"zh\" href=\"zh-b.html\">中文</a>",
      "<link rel=\"alternate\" hreflang=\"pt-BR\" href=\"pt-BR-b.html\">",
      "<a class=\"book\" href=\"index.html\">Book</a>", "<a class=\"skip\" href=\"#main\">",
    ] {
      #expect(html.contains(part), "\(part) in \(html)")
    }
    #expect(!html.contains("rel=\"next\""))
  }

  @Test func `a page of a translation speaks its language`() {
    let html = Self.html(0)
    for part in [
      "<html lang=\"zh\">", "<a class=\"book\" href=\"zh.html\">", ">目录</summary>",
      "<a rel=\"next\" href=\"zh-b.html\">乙 →</a>", "<a class=\"language\" lang=\"en\"",
    ] {
      #expect(html.contains(part), "\(part) in \(html)")
    }
    #expect(!html.contains("href=\"b.html\""))
  }

  @Test func `the page's own contents are its parts, where there are two or more`() {
    let page = Samples.page("# T\n\n## One\n\n### Sub\n")
    #expect(
      Samples.made(page).html().contains(
        "<li><a href=\"#one\">One</a></li>\n<li class=\"sub\"><a href=\"#sub\">Sub</a></li>"))
    #expect(!Samples.made(Samples.page("# T\n\n## One\n")).html().contains("class=\"parts\""))
  }

  @Test func `a page runs nothing inline, and takes further scripts and styles`() {
    let html = Samples.made(Samples.output(PageFiguresTests.loop, printed: "0 3\n1 2\n2 1\n"))
      .html(scripts: ["live.js", "live.css"], version: "1", template: "<template></template>")
    #expect(html.contains("<script src=\"live.js\" type=\"module\"></script>"))
    #expect(html.contains("<link rel=\"stylesheet\" href=\"live.css\">"))
    #expect(html.contains("data-chapter=\"a\" data-version=\"1\">"))
    #expect(html.contains("<template></template></body>"))
    #expect(!html.contains(#/<style|<script>| style=| on[a-z]+=/#))
  }

  @Test func `a served page says what keeps it from a site`() {
    let page = Samples.made(Samples.page("# T\n\n[x](<no&.md>) [y](LICENSE)\n"))
    let html = page.html(version: "1")
    #expect(
      html.contains(
        "<li>\(Samples.folder)/a.md:3:5: there is no file no&amp;.md; mend the link's path"))
    #expect(!html.contains("LICENSE,") && !page.html().contains("there is no file"))
    #expect(!Samples.made(Samples.page("# T\n")).html(version: "1").contains("class=\"failed\""))
  }

  @Test func `what a chapter is called stays text`() {
    let html = Samples.made(Samples.page("# <b> & \"c\"\n")).html()
    #expect(html.contains("<title>&lt;b&gt; &amp; &quot;c&quot; · Book</title>"))
    #expect(!html.contains("<b>"))
  }

  /// The chapters of this package's own book, as if they had just run.
  static let book: SiteBook = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "chapters").path
    let results = ChapterFile.find([folder]).files.compactMap { file -> ChapterResult? in
      guard let bytes = try? ChapterFile.read(file.path) else { return nil }
      return ChapterResult(
        chapter: Chapter(path: file.path, bytes: bytes), source: bytes, programs: [], failures: [])
    }
    var pages = pages(of: results)
    for index in pages.indices {
      for program in pages[index].chapter.programs {
        for expectation in program.expectations {
          pages[index].outputs[expectation.line] = SitePage.Output(
            program: program.name, expectation: expectation,
            check: Check(
              program: program.name, line: expectation.line, kind: .output, status: .passed,
              maxAbsoluteError: 0, maxRelativeError: 0),
            printed: expectation.content.string)
        }
      }
    }
    return Samples.book(pages)
  }()

  @Test func `a chapter of the book weighs at most 80 KB, has no problem and one title`() {
    #expect(Self.book.pages.count >= 20)
    let own = SiteStyle.css.utf8.count + SiteScript.javaScript.utf8.count
    for chapter in Self.book.pages {
      let page = BookPage(chapter, in: Self.book, PageFiles(SiteFiles(for: chapter)))
      let html = page.html()
      #expect(html.utf8.count + own <= 80_000, "\(chapter.name): \(html.utf8.count + own)")
      #expect(page.problems.isEmpty, "\(page.problems)")
      #expect(html.components(separatedBy: "<h1").count == 2)
      #expect(!html.contains(#/<th[^>]*><\/th>|<img(?![^>]* width=)/#))
      let ids = html.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
      #expect(Set(ids).count == ids.count, "\(chapter.name)")
      let ended = html.matches(of: #/<(\/?)(details|figure|div|ul|ol|li|p|pre|table|main)\b/#)
      for name in Set(ended.map(\.2)) {
        let (starts, ends) = (
          ended.count { $0.2 == name && $0.1.isEmpty },
          ended.count { $0.2 == name && !$0.1.isEmpty }
        )
        #expect(starts == ends, "\(name) in \(chapter.name)")
      }
    }
  }
}
