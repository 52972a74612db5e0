import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

@Suite struct ChapterComparisonTests {
  static let original = """
    # Title

    <!-- workbook: timeout=30s -->

    Prose.

    ```swift
    let a = 1  // one
    ```

    ```swift program=other
    print("words", 2)
    ```

    ```output rtol=1e-3 below=4
    words 2
    ```

    ```swift skip="why"
    b
    ```

    ```text
    anything
    ```
    """

  static func drifts(_ replaced: String, _ replacement: String) -> [String] {
    precondition(original.contains(replaced))
    let translation = original.replacing(replaced, with: replacement)
    let comparison = ChapterComparison(
      Chapter(path: "a.md", bytes: Array(original.utf8)),
      Chapter(path: "zh/a.md", bytes: Array(translation.utf8)))
    return comparison.drifts.map {
      "\($0.location.line):\($0.location.column) \($0.message)"
    }
  }

  @Test(arguments: [
    ("Title", "标题"), ("Prose.", "一\n\n二"), ("// one", "// 一"), ("\"words\"", "\"话\""),
    ("words 2", "话 2"), ("why", "为什么"), ("```text\nanything\n```", ""), ("anything", "什么"),
    ("```swift skip=\"why\"", "<!-- workbook: skip=为何 -->\n```swift"),
  ])
  func `prose, comments, words, reasons and other blocks may differ`(
    replaced: String, replacement: String
  ) {
    #expect(Self.drifts(replaced, replacement) == [])
  }

  @Test(arguments: [
    (
      "let a = 1", "let a = 2",
      """
      8:9 a.md:8:9 has 'let a = 1  // one' here; beyond comments and printed words the two must be \
      equal
      """
    ),
    (
      "let a = 1  // one\n", "let a = 1\nlet c = 3\n",
      "9:1 the original has no line 'let c = 3' at a.md:9:1; remove it, or add it there"
    ),
    (
      "let a = 1  // one\n", "",
      "8:1 the line 'let a = 1  // one' of a.md:8:1 is missing here; take it over"
    ),
    (
      "words 2\n", "words 3\n",
      "16:7 a.md:16:7 has 'words 2' here; beyond comments and printed words the two must be equal"
    ),
    (
      "rtol=1e-3", "rtol=1e-2",
      "15:11 'rtol' is '1e-3' at a.md:15:11, but '1e-2' here; make them equal"
    ),
    (
      " below=4", "", "15:1 the option 'below=4' of a.md:15:21 is missing here; take it over"
    ),
    (
      "below=4", "below=4 decreasing",
      "15:29 the original has no option 'decreasing' at a.md:15:1; remove it, or add it there"
    ),
    (
      " program=other", "",
      "11:1 the option 'program=other' of a.md:11:10 is missing here; take it over"
    ),
    (
      "timeout=30s", "timeout=40s",
      "3:16 'timeout' is '30s' at a.md:3:16, but '40s' here; make them equal"
    ),
    (
      "```swift\nlet a = 1  // one\n```\n\n", "",
      "7:1 the cell of a.md:7:1 is missing before this line; take it over"
    ),
    (
      "```output rtol=1e-3 below=4\nwords 2\n```\n", "",
      "16:1 the output block of a.md:15:1 is missing before this line; take it over"
    ),
    (
      "```text", "```swift\nx\n```\n\n```text",
      "23:1 the original has no such cell at a.md:25:1; remove it, or add it there"
    ),
    (
      "```swift skip=\"why\"\nb\n```\n\n```text\nanything\n```", "",
      "17:1 the cell of a.md:19:1 is missing before this line; take it over"
    ),
  ])
  func `what drifted is told once, at its place in both`(
    replaced: String, replacement: String, message: String
  ) {
    #expect(Self.drifts(replaced, replacement) == [message])
  }

  @Test func `cells in another order are told, both of them`() {
    let drifts = Self.drifts(
      "```swift\nlet a = 1  // one\n```\n\n```swift program=other\nprint(\"words\", 2)\n```",
      "```swift program=other\nprint(\"words\", 2)\n```\n\n```swift\nlet a = 1\n```")
    #expect(drifts.count == 2)
  }

  @Test func `thousands of blocks that all differ are compared in order`() {
    func chapter(_ name: String) -> Chapter {
      let cells = (0..<5000).map { "```swift\n\(name)\($0)\n```\n" }
      return Chapter(path: name, bytes: Array(cells.joined().utf8))
    }
    #expect(ChapterComparison(chapter("a"), chapter("b")).drifts.count == 5000)
  }

  @Test func `a block that is missing among thousands is told alone`() {
    let cells = (0..<5000).map { "```swift\na\($0)\n```\n" }
    func chapter(_ cells: some Sequence<String>) -> Chapter {
      Chapter(path: "a", bytes: Array(cells.joined().utf8))
    }
    let comparison = ChapterComparison(
      chapter(cells), chapter(cells[..<2000] + cells[2001...]))
    #expect(comparison.drifts.map(\.original.line) == [6001])
  }

  @Test func `what numbers in prose are bound to is the same but for words, in any order`() {
    func drifts(_ original: String, _ translation: String) -> [String] {
      let cells = "\n\n```swift\n```\n"
      return ChapterComparison(
        Chapter(path: "a.md", bytes: Array((original + cells).utf8)),
        Chapter(path: "zh/a.md", bytes: Array((translation + cells).utf8))
      ).drifts.map(\.message)
    }
    let (a, b) = ("1<!-- workbook: value=\"a 9\" -->", "2<!-- workbook: value=b -->")
    #expect(drifts("\(a) \(b)", "\(b) \(a)") == [])
    let translated = "1<!-- workbook: value=\"甲 9\" --> 2<!-- workbook: value=乙 -->"
    #expect(drifts("\(a) \(b)", translated) == [])
    #expect(
      drifts("\(a) \(b) \(a)", "x \(a)") == [
        "no number is bound to 'b' as at a.md:1:33; take its comment over",
        "no number is bound to 'a 9' as at a.md:1:61; take its comment over",
      ])
    #expect(
      drifts("x", "\n\(a)")
        == ["the original binds no number to 'a 9'; remove the comment, or add it there"])
  }
}
