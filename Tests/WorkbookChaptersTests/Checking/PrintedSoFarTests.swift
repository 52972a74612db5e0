import Testing

@testable import WorkbookChapters

@Suite struct PrintedSoFarTests {
  static let markdown = """
    ```swift
    print(1)
    ```
    ```output
    1
    ```
    ```swift
    print(2)
    ```
    ```output
    2
    ```
    ```swift
    print(3)
    ```
    """

  @Test(arguments: [
    ("", [0, nil, nil], [4: ""]),
    ("1\n", [0, nil, nil], [4: "1\n"]),
    ("1\n", [0, 2, nil], [4: "1\n", 10: ""]),
    ("1\n2\n", [0, 2, nil], [4: "1\n", 10: "2\n"]),
    ("1\n2\n3\n", [0, 2, 4], [4: "1\n", 10: "2\n", 13: "3\n"]),
    // What a program makes of the records is never a trap.
    ("1\n", [0, -5, 99], [4: "1\n"]), ("1\n2\n", [0, 3, 1], [4: "1\n2", 10: "\n"]),
    ("1\n", [], [4: "1\n"]),
  ])
  func `each block that a program has come to has what is printed for it`(
    output: String, starts: [Int?], parts: [Int: String]
  ) {
    let program = Chapter(path: "c.md", bytes: Array(Self.markdown.utf8)).programs[0]
    let transcript = Transcript(
      output: Array(output.utf8), errors: [], cellStarts: starts, end: .interrupted, seconds: 0,
      peakMemoryBytes: 0)
    let found = printedSoFar(program, transcript)
      .mapValues { String(decoding: transcript.output[$0], as: UTF8.self) }
    #expect(found == parts)
  }
}
