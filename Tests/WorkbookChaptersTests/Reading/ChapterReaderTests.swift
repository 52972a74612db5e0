import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

/// A failure of the format in a chapter `c.md`.
func formatFailure(_ problem: FormatProblem, _ line: Int, _ column: Int) -> Failure {
  Failure(.format(problem), at: Location(path: "c.md", line: line, column: column))
}

extension Chapter {
  init(_ markdown: String) {
    self.init(path: "c.md", bytes: Array(markdown.utf8))
  }
}

@Suite struct ChapterReaderTests {
  @Test func `the first word of the info string gives a fence its role`() {
    let chapter = Chapter(
      """
      # A *title* &amp; more
      ```swift
      ```
      ~~~ SWIFT{1,3} no-run
      ~~~
      ```swift,no-run
      ```
      ```output rtol=1
      ```
      ```swift-format
      ```
      ```
      ```
      ``` SWIFT
      ```
      """)
    #expect(chapter.title == "A title & more")
    #expect(chapter.fences.map(\.role) == [.cell, .cell, .cell, .output, .other, .other, .cell])
    #expect(chapter.fences.map(\.line) == [2, 4, 6, 8, 10, 12, 14])
    #expect(chapter.fences.map(\.endLine) == [3, 5, 7, 9, 11, 13, 15])
    #expect(
      chapter.fences.map(\.info)
        == [
          "swift", "SWIFT{1,3} no-run", "swift,no-run", "output rtol=1", "swift-format", "",
          "SWIFT",
        ])
    #expect(chapter.fences.map(\.program) == ["main", "main", "main", "main", nil, nil, "main"])
  }

  @Test func `a page without a heading has its file's name for a title, and no program`() {
    let chapter = Chapter(path: "book/00-preface.md", bytes: Array("text".utf8))
    #expect(chapter.title == "00-preface")
    #expect(chapter.fences.isEmpty && chapter.programs.isEmpty && chapter.failures.isEmpty)
  }

  @Test func `a comment directly above a fence holds its options`() {
    let chapter = Chapter(
      """
      <!-- workbook: program=adam
           timeout=3s -->
      ```swift traps
      ```
      <!-- workbook: rtol=0.5 -->
      ```output below=2
      ```
      > <!--workbook: no-run-->
      > ```swift program=b
      """)
    #expect(chapter.failures.isEmpty)
    #expect(chapter.programs.map(\.name) == ["adam", "b"])
    #expect(chapter.programs[0].timeout == 3)
    #expect(chapter.programs[0].cells[0].kind == .trap(containing: ""))
    #expect(chapter.programs[0].expectations[0].relativeTolerance == 0.5)
    #expect(chapter.programs[0].expectations[0].below == 2)
    #expect(chapter.programs[1].mode == .compileOnly)
  }

  @Test func `a comment before the first cell, a blank line after it, sets the chapter's defaults`()
  {
    let chapter = Chapter(
      """
      # Title
      <!-- workbook: timeout=5s, rtol=1e-3 -->

      <!-- workbook: language-mode=6 -->

      <!-- workbook: timeout=9s -->
      ```swift program=a
      ```
      ```output atol=1
      ```
      ```swift program=b
      ```
      ```output rtol=0
      ```
      """)
    #expect(chapter.failures.isEmpty)
    #expect(chapter.programs.map(\.timeout) == [9, 5])
    #expect(chapter.programs.map(\.languageMode) == [6, 6])
    #expect(chapter.programs.map(\.relativeTolerance) == [1e-3, 1e-3])
    #expect(chapter.programs[0].expectations[0].relativeTolerance == 1e-3)
    #expect(chapter.programs[0].expectations[0].absoluteTolerance == 1)
    #expect(chapter.programs[1].expectations[0].relativeTolerance == 0)
  }

  @Test(arguments: [
    ("```swift\n```\n\n<!-- workbook: no-run -->\n\n```swift\n```", 4, 1),
    ("<!-- workbook: no-run -->\ntext\n```swift\n```", 1, 1),
    ("  <!-- workbook: no-run -->\n```python\n```", 1, 3),
    ("```swift\n```\n> <!-- workbook: no-run -->", 3, 3),
  ])
  func `a comment of options that belongs to nothing is an error`(
    markdown: String, line: Int, column: Int
  ) {
    let chapter = Chapter(markdown)
    #expect(chapter.failures == [formatFailure(.unattachedComment, line, column)])
    #expect(chapter.programs.allSatisfy { $0.isBroken })
  }

  @Test(
    arguments: [
      ("<!-- workbook timeout=3s -->", .unknownComment, 1, 1),
      ("a\n <!-- workbook -->", .unknownComment, 2, 2),
      ("<!-- workbook hiddenly -->", .unknownComment, 1, 1),
      ("<!-- worbook: no-run -->\n```swift\n```", .unknownComment, 1, 1),
      ("<!-- Workbook: no-run -->\n```swift\n```", .unknownComment, 1, 1),
      ("<!--worbok: -->", .unknownComment, 1, 1),
      ("> <!-- workbook: no-run\n\ntext", .unclosedComment, 1, 3),
      (
        "<!-- workbook: tiemout=3s -->\n\n",
        .unknownOption(name: "tiemout", suggestion: "timeout", on: .chapter),
        1, 16
      ),
      ("<!-- workbook:\n  no-run no-run\n-->", .duplicateOption(name: "no-run"), 2, 10),
      ("<!-- workbook: no-run --> x\n", .textAfterComment, 1, 27),
      (
        "<!-- workbook: error -->\n",
        .misplacedOption(name: "error", on: .chapter, belongsOn: .cell), 1, 16
      ),
      (
        "<!-- workbook: skip=x no-run -->", .excludingOptions(first: "skip", second: "no-run"), 1,
        23
      ),
    ] as [(String, FormatProblem, Int, Int)])
  func `a comment that speaks to the runner in other words is an error`(
    markdown: String, problem: FormatProblem, line: Int, column: Int
  ) {
    let chapter = Chapter(markdown)
    #expect(chapter.failures == [formatFailure(problem, line, column)])
  }

  @Test(arguments: [
    "<!-- workbooks are nice -->", "<!-- a workbook: x -->", "```\n<!-- workbook: x -->\n```",
    "    <!-- workbook: x -->",
  ])
  func `other comments, and such comments inside code, say nothing`(markdown: String) {
    #expect(Chapter(markdown).failures.isEmpty)
  }

  @Test(
    arguments: [
      (
        "<details><summary>Solution</summary>\n<!-- workbook: program=two no-run -->\n\n", 2, 1,
        .commentInHTML
      ),
      ("<p>0.5<!-- workbook: value=\"1\" --></p>", 1, 7, .commentInHTML),
      ("> </details>\n> <!-- workbook hidden\n> ```swift\n> ```\n> -->", 2, 3, .commentInHTML),
      ("<pre>\n\n<!-- worbook: no-run -->\n</pre>", 3, 1, .commentInHTML),
      ("<!-- a --> <!-- workbook: no-run -->\n", 1, 12, .commentInHTML),
      ("<!--\nworkbook: skip=\"why\"\n-->\n```swift\n```", 1, 1, .unknownComment),
      ("<!-- \n  workbook hidden\n-->", 1, 1, .unknownComment),
    ] as [(String, Int, Int, FormatProblem)])
  func `a comment to the runner where it is not read is an error`(
    markdown: String, line: Int, column: Int, problem: FormatProblem
  ) {
    #expect(Chapter(markdown).failures == [formatFailure(problem, line, column)])
  }

  @Test(arguments: [
    "<pre>\n&lt;!-- workbook: x --&gt;\n</pre>", "<td>`<!-- workbook: x -->`</td>",
    "<img alt=\"<!-- workbook: x -->\">", "<p>\n<a title='\n<!-- workbook: x -->'>",
    "<script>\n\"<!-- workbook: x -->\"\n</script>", "<textarea><!-- workbook: x --></textarea>",
    "<!--\n<!-- workbook: x -->", "<!--\n\nworkbook: x\n-->", "<!--\nworkshop: x\n-->",
    "<!--\na workbook: x\n-->", "<!--\nworkbook of mine\n-->",
    "<details>\n\n```\n<!-- workbook: x -->\n```\n",
  ])
  func `a comment that HTML only shows says nothing`(markdown: String) {
    #expect(Chapter(markdown).failures.isEmpty)
  }

  @Test(
    arguments: [
      ("hidden program=other no-run\n```swift\n```\n-->", 1, 22, .optionsOfHiddenComment),
      ("hidden: no-run\n```swift\n```\n-->", 1, 23, .optionsOfHiddenComment),
      ("hidden traps\n-->", 1, 22, .optionsOfHiddenComment),
      ("hidden no-run, as it is slow -->", 1, 22, .optionsOfHiddenComment),
      ("hidden\n```swift\n```\n--> words", 4, 5, .textAfterComment),
      ("hidden --><!-- workbook: no-run -->", 1, 25, .textAfterComment),
    ] as [(String, Int, Int, FormatProblem)])
  func `options that stand beside a hidden cell are an error`(
    rest: String, line: Int, column: Int, problem: FormatProblem
  ) {
    #expect(
      Chapter("<!-- workbook " + rest).failures.first == formatFailure(problem, line, column))
  }

  @Test func `words behind hidden may say why`() {
    let chapter = Chapter(
      "<!-- workbook hidden: values for later, an error or x=1\n```swift\n```\n-->")
    #expect(chapter.failures.isEmpty && chapter.programs.count == 1)
    #expect(Chapter("<!-- Workbook hidden\n-->").failures == [formatFailure(.unknownComment, 1, 1)])
    #expect(Chapter("<!-- Workbook of mine -->").failures.isEmpty)
  }

  @Test func `as plain code only fences without any words are cells`() {
    let chapter = Chapter(
      path: "c.md", bytes: Array("```\n```\n```{note}\n```\n``` {.python}\n```\n```,\n```\n".utf8),
      readsPlainCode: true)
    #expect(chapter.fences.map(\.role) == [.cell, .other, .other, .other])
  }

  @Test(.timeLimit(.minutes(1))) func `many comments in one paragraph cost little each`() {
    // Quadratic work would take minutes here.
    let text = String(repeating: "word <!-- c -->\n", count: 200_000)
    #expect(Chapter(text).failures.isEmpty)
  }

  @Test func `fences in a hidden comment are cells, between the others, at their lines`() {
    let chapter = Chapter(
      """
      ```swift
      a
      ```
      > <!-- workbook hidden: no reader needs this
      > ```swift program=main
      > let b = 1
      > ```
      > ```output
      > 1
      > ``` -->
      <!-- workbook hidden -->
      ```swift
      c
      ```
      """)
    #expect(chapter.failures.isEmpty)
    #expect(chapter.programs.count == 1)
    #expect(chapter.programs[0].cells.map(\.line) == [1, 5, 12])
    #expect(chapter.programs[0].cells[1].content.lines.map(\.text) == ["let b = 1"])
    #expect(chapter.programs[0].cells[1].content.lines.map(\.line) == [6])
    #expect(chapter.programs[0].cells[1].content.lines.map(\.column) == [3])
    #expect(chapter.programs[0].expectations.map(\.cellCount) == [2])
    #expect(chapter.fences.map(\.endLine) == [3, 7, 10, 14])
  }

  @Test func `a fence in any other comment is none`() {
    #expect(Chapter("<!-- x\n```swift\n```\n-->").fences.isEmpty)
  }

  @Test func `a fence that only the end of the file closes gets a warning`() {
    #expect(Chapter("a\n ```swift\nx").warnings.map(\.location.line) == [2])
    #expect(Chapter("a\n ```swift\nx").warnings.map(\.location.column) == [2])
    #expect(Chapter("```\n```").warnings.isEmpty)
    #expect(Chapter("> ```\nx").warnings.isEmpty)
  }

  @Test(
    arguments: [
      ([0xFF], 1, 1), ([0x61, 0x0A, 0x62, 0xC3, 0x28], 2, 2),
      ([0xEF, 0xBB, 0xBF, 0x61, 0x80], 1, 2),
      ([0x0D, 0x0A, 0xF0, 0x9F, 0x98], 2, 1),
    ] as [([UInt8], Int, Int)])
  func `a file that is not UTF-8 names its first bad byte`(bytes: [UInt8], line: Int, column: Int)
    throws
  {
    let chapter = Chapter(path: "c.md", bytes: bytes)
    let failure = try #require(chapter.failures.first)
    #expect(failure.location == Location(path: "c.md", line: line, column: column))
    guard case .format(.notUTF8) = failure.problem else {
      Issue.record("\(failure)")
      return
    }
  }

  @Test func `a comment in prose binds the number before it, wherever Markdown has text`() {
    let chapter = Chapter(
      """
      # A
      1 a **2.5**<!-- workbook: value=x --> 3<!-- workbook: value="y z" program=b rtol=0.1 --> 4

      - `-1e-5`<!--workbook:value=w-->
      > | a | 7 % <!-- workbook: value=v -->|

      Code: ``0.5`<!-- workbook: value=code -->``, \\`6<!-- workbook: value=u -->`

      ```swift
      ```
      ```swift program=b
      0.5<!-- workbook: value=cell -->
      ```
      9<!-- 8 --><!-- workbook: value=t
      -->
      """)
    let quotes = chapter.programs.map(\.quotedNumbers)
    #expect(quotes.map { $0.map(\.label) } == [["x", "w", "v", "u"], ["y z"]])
    #expect(quotes[0].map(\.number.text) == ["2.5", "-1e-5", "7", "6"])
    #expect(quotes[0].map(\.number.line) == [2, 4, 5, 7])
    #expect(quotes[0].map(\.number.column) == [7, 4, 9, 48])
    #expect(quotes[1][0].relativeTolerance == 0.1)
    #expect(chapter.failures.map(\.location.line) == [14])
  }

  @Test(
    arguments: [
      ("a<!-- workbook: value=x -->", .commentWithoutNumber, 2),
      ("a1 v1.5<!-- workbook: value=x -->", .commentWithoutNumber, 8),
      ("1<!-- workbook: value=x --><!-- workbook: value=y -->", .commentWithoutNumber, 28),
      ("1<!-- workbook: rtol=1 -->", .commentWithoutNumber, 2),
      ("1<!-- workbook hidden -->", .unknownComment, 2),
      ("1<!-- worbook: value=x -->", .unknownComment, 2),
      ("1<!-- workbook: value -->", .missingValue(option: .value), 17),
      (
        "1<!-- workbook: valu=x -->",
        .unknownOption(name: "valu", suggestion: "value", on: .number), 17
      ),
      (
        "1<!-- workbook: value=x timeout=1s -->",
        .misplacedOption(name: "timeout", on: .number, belongsOn: .cell), 25
      ),
      (
        "1<!-- workbook: value=x program=mian -->",
        .noSuchProgram(name: "mian", suggestion: "main"), 2
      ),
    ] as [(String, FormatProblem, Int)])
  func `a comment in prose that binds no number is an error at its place`(
    prose: String, problem: FormatProblem, column: Int
  ) {
    let chapter = Chapter("```swift\n```\n\n" + prose)
    #expect(
      chapter.failures
        == [Failure(.format(problem), at: Location(path: "c.md", line: 4, column: column))])
  }

  @Test func `an image whose comment stands right behind it shows a program's curve`() {
    let chapter = Chapter(
      """
      # A
      > ![x](y.svg) ![a (b)](images/a-1.svg)<!-- workbook: curve=b --> **![](中.svg)<!-- workbook: curve=main -->**

      ```swift
      ```
      ```swift program=b
      ```
      """)
    #expect(chapter.failures.isEmpty)
    let images = chapter.programs.map(\.curveImages)
    #expect(images.map { $0.map(\.file.text) } == [["中.svg"], ["images/a-1.svg"]])
    #expect(images.map { $0.map(\.file.line) } == [[2], [2]])
    #expect(images[1].map(\.file.column) == [24])
    #expect(images.joined().allSatisfy { $0.picture == nil })
  }

  @Test(
    arguments: [
      ("![a](b.svg) <!-- workbook: curve=main -->", .curveWithoutImage, 13),
      ("[a](b.svg)<!-- workbook: curve=main -->", .curveWithoutImage, 11),
      ("1<!-- workbook: curve=main -->", .curveWithoutImage, 2),
      ("![a](../b.svg)<!-- workbook: curve=main -->", .picturePath(file: "../b.svg"), 6),
      ("![a](x/../../b.svg)<!-- workbook: curve=main -->", .picturePath(file: "x/../../b.svg"), 6),
      ("![a](/b.svg)<!-- workbook: curve=main -->", .picturePath(file: "/b.svg"), 6),
      ("![a](b.png)<!-- workbook: curve=main -->", .picturePath(file: "b.png"), 6),
      ("![a](.svg)<!-- workbook: curve=main -->", .picturePath(file: ".svg"), 6),
      ("![a](x//b.svg)<!-- workbook: curve=main -->", .picturePath(file: "x//b.svg"), 6),
      ("![a](.git/b.svg)<!-- workbook: curve=main -->", .picturePath(file: ".git/b.svg"), 6),
      ("![a](%2e%2e/b.svg)<!-- workbook: curve=main -->", .picturePath(file: "%2e%2e/b.svg"), 6),
      ("![a](c:b.svg)<!-- workbook: curve=main -->", .picturePath(file: "c:b.svg"), 6),
      ("![a](b.svg)<!-- workbook: curve -->", .missingValue(option: .curve), 27),
      (
        "![a](b.svg)<!-- workbook: curve=main rtol=1 -->",
        .excludingOptions(first: "curve", second: "rtol"), 38
      ),
      (
        "![a](b.svg)<!-- workbook: curve=mian -->",
        .noSuchProgram(name: "mian", suggestion: "main"), 12
      ),
    ] as [(String, FormatProblem, Int)])
  func `a curve without an image before it, or with a file elsewhere, is an error at its place`(
    prose: String, problem: FormatProblem, column: Int
  ) {
    let chapter = Chapter("```swift\n```\n\n" + prose)
    #expect(
      chapter.failures
        == [Failure(.format(problem), at: Location(path: "c.md", line: 4, column: column))])
  }

  @Test(arguments: ["no-run", "skip"])
  func `a number of a program that never runs is an error`(option: String) {
    let value = option == "skip" ? "skip=why" : option
    let chapter = Chapter("1<!-- workbook: value=x -->\n\n```swift \(value)\n```\n")
    #expect(
      chapter.failures.map(\.problem)
        == [.format(.outputNeverRuns(program: "main", option: option))])
    #expect(chapter.programs[0].isBroken)
  }

  @Test func `failures stand in the order of their places`() {
    let chapter = Chapter(
      "```output\n```\n```swift norun\n```\n<!-- workbook x -->\n```swift skp skip\n")
    #expect(chapter.failures.map(\.location.line) == [1, 3, 5, 6, 6])
  }

  private static let swift = """
    /// Twice the number.
    ///
    /// ```swift
    /// print(twice(2))
    /// ```
    /// ```output
    /// 4
    /// ```
    public func twice(_ x: Int) -> Int { 2 * x }

    struct S {
      /// ```swift program=other
      ///   x()
      /// ```
      func a() {}
      /// ```swift
      /// ```
      func twice() {}
      /// ```output
      /// 1
      /// ```
      ///
      /// ```swift
    """

  @Test func `a doc comment is a chapter of its own, at its place in the Swift file`() throws {
    let chapter = Chapter(path: "a/Twice.swift", bytes: Array(Self.swift.utf8))
    #expect(chapter.title == "Twice")
    #expect(chapter.programs.map(\.name) == ["twice", "other", "twice-2", "comment"])
    #expect(chapter.fences.map(\.line) == [3, 6, 12, 16, 19, 23])
    #expect(
      chapter.programs[0].cells[0].content.lines
        == [Text.Line(text: "print(twice(2))", line: 4, column: 5)])
    #expect(chapter.programs[0].expectations[0].content.lines.map(\.line) == [7])
    #expect(
      chapter.programs[1].cells[0].content.lines == [Text.Line(text: "  x()", line: 13, column: 7)])
    #expect(
      chapter.failures == [
        Failure(
          .format(.outputWithoutCell),
          at: Location(path: "a/Twice.swift", line: 19, column: 7))
      ])
    let place = Location(path: "a/Twice.swift", line: 23, column: 7)
    #expect(chapter.warnings.map(\.location) == [place])
    #expect(chapter.warnings[0].problem == .unclosedFence(inComment: true))
  }

  @Test func `a doc comment has its own defaults`() {
    let chapter = Chapter(
      path: "a.swift",
      bytes: Array(
        """
        /// <!-- workbook: timeout=3s -->
        ///
        /// ```swift
        /// ```
        func a() {}
        /// ```swift
        /// ```
        func b() {}
        """.utf8))
    #expect(chapter.failures.isEmpty)
    #expect(chapter.programs.map(\.timeout) == [3, 60])
  }
}
