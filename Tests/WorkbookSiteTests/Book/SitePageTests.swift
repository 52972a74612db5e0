import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct SitePageTests {
  @Test func `pages are called after their files, and after folders that not all share`() {
    #expect(pageNames(["chapters/01-A b.md", "chapters/zh/01-A b.md"]) == ["01-a-b", "zh-01-a-b"])
    #expect(
      pageNames(["x/index.md", "x/学习.md", "x/a.md", "x/A.md"]) == ["index-2", "xue-xi", "a", "a-2"])
    #expect(
      pageNames(["chapters/zh.md", "chapters/print.md", "chapters/zh/01-A b.md"])
        == ["zh-2", "print-2", "zh-01-a-b"])
    #expect(
      pageNames(["x/01  Größe.md", "x/é.md", "x/e.md", "x/—.md"]) == [
        "01-grosse", "e", "e-2", "page",
      ])
    #expect(pageNames([]).isEmpty)
  }

  @Test func `a page knows its headings, imports and own names`() {
    let page = Samples.page(
      """
      # A `b`

      ```swift
      import Tensors
      @testable import NN
      import Optim // arrays
      import struct NDArrays.NDArray; let a = 1
      // import nothing
      let (N, D_in) = (1, 2), h = x
      func loss(_ a: Int) {}
      ```

      Under
      -----
      """)
    #expect(page.anchors.map(\.gitHost) == ["a-b", "under"])
    #expect(page.imports == ["Tensors", "NN", "Optim", "NDArrays"])
    #expect(page.declaredNames.isSuperset(of: ["N", "D_in", "loss", "h"]))
  }

  @Test func `chapters are pages; the doc comments of Swift files stand in the reference`() {
    let results = ["a.md", "A.swift"].map { path in
      ChapterResult(
        chapter: Chapter(path: path, bytes: []), source: [], programs: [], failures: [])
    }
    #expect(pages(of: results).map(\.chapter.path) == ["a.md"])
  }

  @Test func `a curve goes on through the output blocks of its program`() {
    var page = Samples.output(
      "```swift\n```\n```output\n```\n```swift\n```\n```output\n```\n", printed: "")
    let lines = page.outputs.keys.sorted()
    page.outputs[lines[0]]?.printed = "0 5\n1 4\n"
    page.outputs[lines[1]]?.printed = "2 3.5\n3 2\n"
    #expect(page.curves.map(\.line) == [lines[1]])
    #expect(page.curves[0].curves.map { $0.points.map(\.step) } == [[0, 1, 2, 3]])
  }

  @Test func `a curve is called by the heading that it stands under, and its program where two do`()
  {
    let block = "```swift program=NAME\n```\n```output\n```\n"
    func program(_ name: String) -> String { block.replacing("NAME", with: name) }
    let page = Samples.output(
      "# T\n" + program("a") + "## The `b` way\n" + program("b") + program("c"),
      printed: "0 3\n1 2.5\n2 1\n")
    #expect(page.curves.flatMap(\.curves).map(\.name) == ["T", "The b way", "The b way (c)"])
  }

  @Test(arguments: [
    ("", "0 3\n1 2\n2 1\n", 0), (" decreasing", "0 3\n1 2\n2 1\n", 1),
    ("", "0 3\n1 2.5\n2 1\n", 1),
  ])
  func `whole numbers are a curve only where it is said that they fall`(
    options: String, printed: String, count: Int
  ) {
    let page = Samples.output(
      "```swift\n```\n```output\(options)\n```\n", printed: printed)
    #expect(page.curves.count == count)
  }

  /// Each thousands of times: other than in proportion to the length there is no end of it.
  @Test(arguments: ["let (", ", a", ", a: ", ", a:" + String(repeating: " ", count: 1000)])
  func `names are found in time in proportion to the length`(pattern: String) {
    let code = String(repeating: pattern, count: 100_000 / pattern.utf8.count)
    #expect(Samples.page("```swift\n\(code)\n```\n").declaredNames.count <= 2)
  }

  @Test func `many links to many headings take time in proportion to both`() {
    let text = (0..<5000).map { "## h \($0)\n\n[a](#h-\($0)) [b](a.md#no\($0))\n\n" }.joined()
    let page = Samples.page("# T\n\n" + text)
    #expect(BookPage(page, in: Samples.book([page]), Samples.files).problems.count == 5000)
  }
}
