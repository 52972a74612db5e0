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

  static func drifts(_ replaced: String, _ replacement: String) -> [Drift] {
    precondition(original.contains(replaced))
    let translation = original.replacing(replaced, with: replacement)
    return ChapterComparison(
      Chapter(path: "a.md", bytes: Array(original.utf8)),
      Chapter(path: "zh/a.md", bytes: Array(translation.utf8))
    ).drifts
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

  @Test(
    arguments: [
      ("let a = 1", "let a = 2", .line(original: "let a = 1  // one"), (8, 9), (8, 9)),
      ("let a = 1  // one\n", "let a = 1\nlet c = 3\n", .extraLine("let c = 3"), (9, 1), (9, 1)),
      ("let a = 1  // one\n", "", .missingLine("let a = 1  // one"), (8, 1), (8, 1)),
      ("words 2\n", "words 3\n", .line(original: "words 2"), (16, 7), (16, 7)),
      (
        "rtol=1e-3", "rtol=1e-2", .option(.rtol, original: "1e-3", translation: "1e-2"), (15, 11),
        (15, 11)
      ),
      (" below=4", "", .missingOption(.below, value: "4"), (15, 1), (15, 21)),
      ("below=4", "below=4 decreasing", .extraOption(.decreasing), (15, 29), (15, 1)),
      (" program=other", "", .missingOption(.program, value: "other"), (11, 1), (11, 10)),
      (
        "timeout=30s", "timeout=40s", .option(.timeout, original: "30s", translation: "40s"),
        (3, 16), (3, 16)
      ),
      ("```swift\nlet a = 1  // one\n```\n\n", "", .missingFence(.cell), (7, 1), (7, 1)),
      ("```output rtol=1e-3 below=4\nwords 2\n```\n", "", .missingFence(.output), (16, 1), (15, 1)),
      ("```text", "```swift\nx\n```\n\n```text", .extraFence(.cell), (23, 1), (25, 1)),
      (
        "```swift skip=\"why\"\nb\n```\n\n```text\nanything\n```", "", .missingFence(.cell),
        (17, 1),
        (19, 1)
      ),
    ] as [(String, String, Drift.Problem, (Int, Int), (Int, Int))])
  func `what drifted is told once, at its place in both`(
    replaced: String, replacement: String, problem: Drift.Problem, place: (Int, Int),
    original: (Int, Int)
  ) {
    let drift = Drift(
      problem: problem, location: Location(path: "zh/a.md", line: place.0, column: place.1),
      original: Location(path: "a.md", line: original.0, column: original.1))
    #expect(Self.drifts(replaced, replacement) == [drift])
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
    func drifts(_ original: String, _ translation: String) -> [Drift.Problem] {
      let cells = "\n\n```swift\n```\n"
      return ChapterComparison(
        Chapter(path: "a.md", bytes: Array((original + cells).utf8)),
        Chapter(path: "zh/a.md", bytes: Array((translation + cells).utf8))
      ).drifts.map(\.problem)
    }
    let (a, b) = ("1<!-- workbook: value=\"a 9\" -->", "2<!-- workbook: value=b -->")
    #expect(drifts("\(a) \(b)", "\(b) \(a)") == [])
    let translated = "1<!-- workbook: value=\"甲 9\" --> 2<!-- workbook: value=乙 -->"
    #expect(drifts("\(a) \(b)", translated) == [])
    #expect(
      drifts("\(a) \(b) \(a)", "x \(a)")
        == [.missingNumber(label: "b"), .missingNumber(label: "a 9")])
    #expect(drifts("x", "\n\(a)") == [.extraNumber(label: "a 9")])
  }

  @Test func `images show the same programs, wherever their files are`() {
    func drifts(_ original: String, _ translation: String) -> [Drift.Problem] {
      let cells = "\n\n```swift\n```\n```swift program=b\n```\n"
      return ChapterComparison(
        Chapter(path: "a.md", bytes: Array((original + cells).utf8)),
        Chapter(path: "zh/a.md", bytes: Array((translation + cells).utf8))
      ).drifts.map(\.problem)
    }
    let (a, b) = ("![](a.svg)<!-- workbook: curve=main -->", "![](b.svg)<!-- workbook: curve=b -->")
    #expect(drifts("\(a) \(b)", "\(b) ![](zh/a.svg)<!-- workbook: curve=main -->") == [])
    #expect(
      drifts("\(a) \(b) \(a)", a) == [.missingImage(program: "main"), .missingImage(program: "b")])
    #expect(drifts("x", b) == [.extraImage(program: "b")])
  }

  @Test func `paths of files are equal where they lead to one folder`() {
    func drifts(_ here: String, _ there: String) -> [Drift] {
      func chapter(_ path: String, _ files: String) -> Chapter {
        Chapter(
          path: path,
          bytes: Array("<!-- workbook: files=\(files) -->\n\n```swift files=\(files)\n```\n".utf8))
      }
      return ChapterComparison(chapter("docs/a.md", here), chapter("docs/zh/a.md", there)).drifts
    }
    #expect(drifts("../data", "../../data") == [])
    #expect(drifts("data/", "../data") == [])
    #expect(drifts("../data", "../data").map(\.location.line) == [1, 3])
    guard
      case .option(.files, original: "../data", translation: "../data")? =
        drifts("../data", "../data").first?.problem
    else {
      Issue.record("no such drift")
      return
    }
  }
}
