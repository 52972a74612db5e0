import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct DocCFenceTests {
  @Test(arguments: [
    ("swift", "swift"), ("Swift traps=\"a b\" nocopy", "swift, nocopy"),
    ("swift program=a, highlight=[1, 3] wrap=80", "swift, highlight=[1, 3], wrap=80"),
    ("swift wrap=&#10;```&#10;x nocopy highlight=[1&#13;2]", "swift, nocopy"),
    ("output rtol=1e-3 decreasing", "nocopy"), ("text", "text, nocopy"), ("python x", "python"),
    ("", ""),
  ])
  func `the language and DocC's own annotations stay`(written: String, info: String) {
    let bytes = Array(written.utf8)
    #expect(DocCFence.info(bytes[...], Fence.Role(info: bytes[...])) == info)
  }

  @Test func `the fences of a symbol graph's comments are rewritten, and nothing else`() throws {
    let graph = """
      {"module":{"name":"M"},"symbols":[{"docComment":{"lines":[{"range":1,"text":"A"},\
      {"range":2,"text":" ```swift no-run"},{"range":3,"text":"```output"},{"range":4,"text":" ```"},\
      {"range":5,"text":"~~~output"}],"uri":"u"},"names":{"title":"f"}},{"names":{"title":"g"}}]}
      """
    let expected = graph.replacing("swift no-run", with: "swift")
      .replacing("~~~output", with: "~~~nocopy")
    let rewritten = try DocCFence.rewrite(symbolGraph: Data(graph.utf8))
    #expect(String(decoding: rewritten, as: UTF8.self) == expected)
  }
}
