import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

extension Update {
  /// Checks the transcripts of programs first.
  init(of chapter: Chapter, source: [UInt8], transcripts: [String: Transcript]) throws {
    var runs: [String: Run] = [:]
    for program in chapter.programs {
      guard let transcript = transcripts[program.name] else { continue }
      let result = try check(program, transcript)
      runs[program.name] = Run(
        transcript: transcript, checks: result.checks, failures: result.failures)
    }
    try self.init(of: chapter, source: source, runs: runs)
  }
}

@Suite struct UpdateTests {
  static func update(
    _ markdown: String, _ outputs: [String: [String?]], _ end: Transcript.End = .exited(code: 0),
    path: String = "c.md"
  ) throws -> Update {
    let source = Array(markdown.utf8)
    return try Update(
      of: Chapter(path: path, bytes: source), source: source,
      transcripts: outputs.mapValues { ProgramCheckerTests.transcript($0, end) })
  }

  static func text(_ update: Update) -> String { String(decoding: update.bytes, as: UTF8.self) }

  @Test func `only the number that is off changes, whatever stands around it`() throws {
    let markdown =
      "\u{FEFF}# T\r\n\r\n> 1. ```swift\r\n>    ```\r\n>    ~~~output rtol=1e-3 \r\n>    99  427.81985\r\n>"
      + "\t\t 199 1.45\t\r\n>    ...\r\n>\r\n>    ~~~\r\n\r\ntext 1.45\r"
    let update = try Self.update(markdown, ["main": ["99 427.9\n199 1.6543\nrest\n"]])
    #expect(Self.text(update) == markdown.replacing("199 1.45", with: "199 1.654"))
    #expect(
      update.changes == [Update.Change(line: 7, old: "    199 1.45\t", new: "    199 1.654\t")])
    #expect(update.refusals.isEmpty)
  }

  @Test func `what matches stays as it is, to the byte`() throws {
    let markdown = "```swift\n```\n```output\na   1.50\n\n```\n"
    let update = try Self.update(markdown, ["main": ["a 1.5"]])
    #expect(Self.text(update) == markdown)
    #expect(update.changes.isEmpty && update.refusals.isEmpty)
  }

  @Test func `a second update changes nothing`() throws {
    let markdown = "```swift\n```\n```output\n1 0.5\nx\n...\n9 0.1\n```\n"
    let outputs = ["main": ["1 0.7123\ny\nz\n9 0.25\n"]] as [String: [String?]]
    let first = try Self.update(markdown, outputs)
    #expect(first.changes.count == 3)
    let second = try Self.update(Self.text(first), outputs)
    #expect(second.bytes == first.bytes && second.changes.isEmpty)
  }

  @Test
  func `lines are added and removed with the prefix of their container and the file's line ends`()
    throws
  {
    let markdown = "- ```swift\r\n  ```\r\n- ```output\r\n  b\r\n  c\r\n  ```\r\n"
    #expect(
      try Self.text(Self.update(markdown, ["main": ["a\nb\nx\ny\n"]]))
        == "- ```swift\r\n  ```\r\n- ```output\r\n  a\r\n  b\r\n  x\r\n  y\r\n  ```\r\n")
    #expect(
      try Self.text(Self.update(markdown, ["main": ["c\n"]]))
        == "- ```swift\r\n  ```\r\n- ```output\r\n  c\r\n  ```\r\n")
  }

  @Test func `lines that a tab indents are written from their start`() throws {
    let markdown = "- ```swift\n\t```\n- ```output\n\ta\n\tb 0.5\n\t```\n"
    let update = try Self.update(markdown, ["main": ["x\nb 0.7\ny\n"]])
    #expect(update.refusals.isEmpty)
    #expect(Self.text(update) == "- ```swift\n\t```\n- ```output\n\tx\n\tb 0.7\n\ty\n\t```\n")
    let missing = try ProgramCheckerTests.check(markdown, [""])
    #expect(missing.failures.map(\.location) == [Location(path: "c.md", line: 4, column: 1)])
  }

  @Test func `an empty block is filled`() throws {
    #expect(
      try Self.text(Self.update("```swift\n```\n> ```output\n> ```\n", ["main": ["a\nb\n"]]))
        == "```swift\n```\n> ```output\n> a\n> b\n> ```\n")
    #expect(
      try Self.text(Self.update("```swift\n```\n\n```output", ["main": ["a\nb\n"]]))
        == "```swift\n```\n\n```output\na\nb")
  }

  @Test func `lines in a doc comment get its prefix, blank ones without a space behind it`() throws
  {
    let swift = { (output: String) in
      "struct S {\n  /// ```swift\n  /// ```\n  /// ```output\n\(output)  /// ```\n  func a() throws {}\n}\n"
    }
    for old in ["", "  /// x\n", "  /// x\n  /// y\n  /// z\n"] {
      let update = try Self.update(swift(old), ["a": ["1\n\n 2\n"]], path: "a.swift")
      #expect(Self.text(update) == swift("  /// 1\n  ///\n  ///  2\n"))
      #expect(
        try Self.update(Self.text(update), ["a": ["1\n\n 2\n"]], path: "a.swift").changes.isEmpty)
    }
  }

  @Test func `several programs and blocks are updated together; those that did not run stay`()
    throws
  {
    let markdown =
      "```swift program=a\n```\n```output\n1\n```\n```swift program=b\n```\n```output\n2\n```\n"
      + "```swift program=a\n```\n```output\n3\n```\n"
    let all = try Self.update(markdown, ["a": ["7", "9"], "b": ["8"]])
    #expect(
      Self.text(all)
        == markdown.replacing("\n1\n", with: "\n7\n").replacing("\n2\n", with: "\n8\n")
        .replacing("\n3\n", with: "\n9\n"))
    #expect(
      try Self.text(Self.update(markdown, ["b": ["8"]]))
        == markdown.replacing("\n2\n", with: "\n8\n"))
  }

  @Test func `a block that programs share is updated only to what all of them print`() throws {
    let markdown = "```swift program=\"a b\"\n```\n```output\n1\n```\n"
    let same = try Self.update(markdown, ["a": ["2"], "b": ["2"]])
    #expect(Self.text(same) == markdown.replacing("\n1\n", with: "\n2\n"))
    let other = try Self.update(markdown, ["a": ["2"], "b": ["3"]])
    #expect(Self.text(other) == markdown)
    #expect(other.refusals.map(\.problem) == [.unwritable])
  }

  @Test(arguments: [
    Transcript.End.trapped(message: "x", at: nil), .timedOut(seconds: 1), .exited(code: 1),
    .exceeded(.printed(bytes: 1)), .killed(signal: 9), .interrupted,
  ])
  func `a program that did not end well blesses nothing`(end: Transcript.End) throws {
    let markdown = "```swift\n```\n```output\n1\n```\n```swift\n```\n"
    let update = try Self.update(markdown, ["main": ["2\n", ""]], end)
    #expect(Self.text(update) == markdown)
    #expect(update.refusals.map(\.problem) == [.programFailed])
  }

  @Test func `a trap that is expected is a good end`() throws {
    let markdown = "```swift traps\n```\n```output\n1\n```\n"
    let update = try Self.update(markdown, ["main": ["2\n"]], .trapped(message: "x", at: nil))
    #expect(Self.text(update) == markdown.replacing("\n1\n", with: "\n2\n"))
  }

  @Test(arguments: [
    ("", "2 nan"), ("", "inf"), ("below=0.5", "2 0.6"), ("decreasing", "2 0.6\n3 0.7"),
    ("below=1", "done"),
  ])
  func `neither a nan nor a trajectory that does not converge is blessed`(
    options: String, printed: String
  ) throws {
    let markdown = "```swift\n```\n```output \(options)\n1 0.4\n```\n"
    let update = try Self.update(markdown, ["main": [printed]])
    #expect(Self.text(update) == markdown)
    #expect(update.refusals.count == 1)
    #expect(update.refusals.allSatisfy { $0.location.line == 3 })
  }

  @Test(arguments: ["```", "a\u{0}\r b", "~~~\n```", "\u{B}```"])
  func `what would break the Markdown is refused, and the other blocks are updated`(printed: String)
    throws
  {
    let markdown = "```swift\n```\n```output\n1\n```\n```swift\n```\n```output\n2\n```\n"
    let update = try Self.update(markdown, ["main": [printed + "\n", "3\n"]])
    if printed == "\u{B}```" {
      // A vertical tab keeps a fence from closing.
      #expect(update.refusals.isEmpty)
    } else {
      #expect(Self.text(update) == markdown.replacing("\n2\n", with: "\n3\n"))
      #expect(update.refusals.map(\.location.line) == [3])
    }
  }

  @Test func `output that is not UTF-8 is refused`() throws {
    let source = Array("```swift\n```\n```output\n1\n```\n".utf8)
    var transcript = ProgramCheckerTests.transcript([""])
    transcript.output = [0xFF, 0x0A]
    let update = try Update(
      of: Chapter(path: "c.md", bytes: source), source: source, transcripts: ["main": transcript])
    #expect(update.bytes == source)
    #expect(update.refusals.map(\.problem) == [.unwritable])
  }

  @Test func `numbers in prose are rewritten with the digits they have, each where it stands`()
    throws
  {
    let markdown =
      "> é 0.50<!-- workbook: value=a -->, 7<!-- workbook: value=b -->,\r\n> **1.5e-05**"
      + "<!-- workbook: value=c --> 0.50\n\n```swift\n```\n```output\na 0.5\n...\n```\n"
    let update = try Self.update(markdown, ["main": ["a 0.7312\nb 12\nc 2.46e-06"]])
    #expect(
      Self.text(update)
        == markdown.replacing("é 0.50", with: "é 0.73").replacing(" 7<", with: " 12<")
        .replacing("1.5e-05", with: "2.5e-06").replacing("a 0.5\n", with: "a 0.7\n"))
    #expect(update.changes.map(\.line) == [1, 1, 2, 7])
    #expect(update.refusals.isEmpty)
  }

  @Test
  func `a number in prose is not made a nan, and stays where two programs print different ones`()
    throws
  {
    let nan = "1<!-- workbook: value=a -->\n\n```swift\n```\n"
    let update = try Self.update(nan, ["main": ["a nan"]])
    #expect(Self.text(update) == nan)
    #expect(update.refusals.map(\.problem) == [.notFinite(line: "nan")])
    let shared = "1<!-- workbook: value=a program=\"p q\" -->\n\n```swift program=\"p q\"\n```\n"
    let other = try Self.update(shared, ["p": ["a 2"], "q": ["a 3"]])
    #expect(Self.text(other) == shared)
    #expect(other.refusals.map(\.problem) == [.unwritable])
  }

  @Test func `a block in a hidden comment is updated too`() throws {
    let markdown = "<!-- workbook hidden\n```swift\n```\n```output\n1 0.5\n``` -->\n"
    #expect(
      try Self.text(Self.update(markdown, ["main": ["1 0.7"]]))
        == markdown.replacing("0.5", with: "0.7"))
  }
}
