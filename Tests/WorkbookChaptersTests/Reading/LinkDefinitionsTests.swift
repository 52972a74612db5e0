import Testing

@testable import WorkbookChapters

@Suite struct LinkDefinitionsTests {
  static func skips(_ text: String) -> Bool {
    var definitions = LinkDefinitions(Array(text.utf8))
    return definitions.skip()
  }

  @Test(arguments: [
    "[a]: /b\n", "[a]:\n/b\n", "[a]: <b c>\n", "[a]: <> 'x'\n", "[a]: /b \"t\"\n",
    "[a]: /b\n'x\ny'\n",
    "[a]: /b (t)\n[c]: d\n", "[a\\]b]: c\n", "[a]: b(c(d))\n", "[a\nb]: c\n", "[a]: b\\)\n",
  ])
  func `a paragraph of definitions alone is empty`(text: String) {
    #expect(Self.skips(text))
  }

  @Test(arguments: [
    "[a] /b\n", "[]: /b\n", "[ ]: /b\n", "[a]:\n", "[a]: /b x\n", "[a]: /b \"t\" x\n",
    "[a]: /b\nx\n",
    "[a[b]: c\n", "[a]: <b\n", "[a]: <b<c>\n", "[a]: b(\n", "[a]: /b'x\n'\n",
    "[a]: /b\n\"t\" x\n",
    "[" + String(repeating: "a", count: 1001) + "]: b\n",
  ])
  func `anything else leaves text`(text: String) {
    #expect(!Self.skips(text))
  }
}
