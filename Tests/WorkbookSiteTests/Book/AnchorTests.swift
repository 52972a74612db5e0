import Testing

@testable import WorkbookSite

@Suite struct AnchorTests {
  @Test(arguments: [
    ("Things to try", "things-to-try"),
    ("1. Are the gradients right?", "1-are-the-gradients-right"),
    ("The `x`, again", "the-x-again"), ("Über α", "über-α"), ("学习 率", "学习-率"),
    ("a_b - c", "a_b---c"),
  ])
  func `a heading has the name that Git hosts give it`(title: String, expected: String) {
    #expect(Anchor.name(of: title) == expected)
    #expect(
      Samples.page("# \(title)\n").anchor(for: expected)?.title == title.replacing("`", with: ""))
  }

  @Test func `a link may name a heading with its capitals, too`() {
    let page = Samples.page("# Things to try\n")
    #expect(page.anchor(for: "Things-to-try") == page.anchors[0])
    #expect(page.anchor(for: "Things") == nil)
  }
}
