import Testing

@testable import WorkbookChapters

@Suite struct HTMLTagTests {
  @Test func `a tag keeps what a page takes of it, as HTML means it`() {
    let pieces = HTMLTag.pieces(
      of: "<IMG alt=\"a &amp; \\*\" width=3 onerror=x>b<!-- c --></b><details open>")
    let image = ["alt": "a & \\*", "width": "3"]
    #expect(
      pieces == [
        .tag(.init(name: "img", isClosing: false, attributes: image)), .text("b"), .comment,
        .refused("</b>"), .tag(.init(name: "details", isClosing: false, attributes: ["open": ""])),
      ])
  }
}
