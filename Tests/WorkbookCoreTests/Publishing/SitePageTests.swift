import Testing

@testable import WorkbookCore

@Suite struct SitePageTests {
  @Test("Pages are called after their files, and after folders that not all share")
  func names() {
    #expect(pageNames(["chapters/01-A b.md", "chapters/zh/01-A b.md"]) == ["01-a-b", "zh-01-a-b"])
    #expect(pageNames(["x/book.md", "x/学习.md", "x/a.md", "x/A.md"]) == ["book-", "学习", "a", "a-"])
    #expect(pageNames([]).isEmpty)
  }

  @Test("A page knows its headings, imports and own names")
  func facts() {
    let page = ArticleTests.page(
      """
      # A `b`

      ```swift
      import Tensors
      @testable import NN
      let (N, D_in) = (1, 2), h = x
      func loss(_ a: Int) {}
      ```

      Under
      -----
      """)
    #expect(page.anchors.map(\.gitHost) == ["a-b", "under"])
    #expect(page.imports == ["Tensors", "NN"])
    #expect(page.declaredNames.isSuperset(of: ["N", "D_in", "loss", "h"]))
  }
}
