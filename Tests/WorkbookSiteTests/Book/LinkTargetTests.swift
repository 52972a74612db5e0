import Testing

@testable import WorkbookSite

@Suite struct LinkTargetTests {
  @Test(arguments: [
    "javascript:x", "JAVASCRIPT:x", " javascript:x", "\u{1}javascript:x", "java\tscript:x",
    "java\nscript:x", "\u{0}\tja\rvascript:x", "data:x", "vbscript:x", "file:///x", "blob:x",
    "view-source:x", "//host", "https://a\\b", "https://a\u{7F}", "https://a\"b", "ht\ttps://a",
  ])
  func `what may run or hide something is refused`(address: String) {
    #expect(LinkTarget(address) == .refused)
  }

  @Test(arguments: ["https://a.b/c d", "HTTP://a", "mailto:a@b.c", "doc:/Tensors/Tensor"])
  func `an address of the web, of mail or of DocC's is one`(address: String) {
    #expect(LinkTarget(address) == .address)
  }

  @Test(
    arguments: [
      ("a.md", "a.md", nil), ("a%20b.md?x#c%20d", "a b.md", "c d"), ("#x", "", "x"), ("", "", nil),
      ("%6Aavascript:x", "javascript:x", nil), ("javascript%3Ax", "javascript:x", nil),
      ("java\u{200B}script:x", "java\u{200B}script:x", nil), ("1a:b", "1a:b", nil),
      ("/a", "/a", nil),
      ("%zz", "%zz", nil), ("a/b:c", "a/b:c", nil),
    ] as [(String, String, String?)])
  func `all else is a file`(written: String, file: String, fragment: String?) {
    #expect(LinkTarget(written) == .file(file, fragment: fragment))
  }
}
