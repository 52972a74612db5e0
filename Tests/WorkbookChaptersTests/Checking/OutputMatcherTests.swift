import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

@Suite struct OutputMatcherTests {
  static func fit(_ expected: String, _ printed: String) throws -> OutputMatcher.Fit {
    let bytes = Array(printed.utf8)
    var matcher = OutputMatcher(
      SwiftLexerTests.text(expected).lines, PrintedLines(bytes, bytes.indices), Tolerance())
    return try matcher.fitWithinTolerance()
  }

  @Test(arguments: [
    ("...", ""), ("...", "a"), ("a\n...", "a"), ("a\n...", "a\nb\nc"), ("...\nc", "a\nb\nc"),
    ("a\n...\nc", "a\nc"), ("a\n...\nc", "a\nb\nc\nc"), ("...\nb\n...", "a\nb\nc"),
    ("...\na\nb\n...\na\n...", "a\na\nb\nb\na"), ("a\n ... \n...\nb", "a\nb"), ("\n\na\n\n", "a"),
    ("", "\n"),
    ("...\nb\n...\nb", "b\nb"),
  ])
  func `a line of ... stands for any number of lines`(expected: String, printed: String) throws {
    guard case .fits = try Self.fit(expected, printed) else {
      Issue.record("does not fit")
      return
    }
  }

  @Test(arguments: [
    ("a", ""), ("", "a"), ("a", "a\na"), ("a\nb", "b\na"), ("a\n...\na", "a"), ("...\nb", "b\na"),
    ("b\n...", "a\nb"), ("...\nb\n...\nb", "b"), ("a\n\nb", "a\nb"),
    ("...\na\nb\n...", "a\nc\nb"), ("....", "a"),
  ])
  func `lines that are missing, added or swapped have no place`(expected: String, printed: String)
    throws
  {
    guard case .fails = try Self.fit(expected, printed) else {
      Issue.record("fits")
      return
    }
  }

  private static func matcher(
    _ expected: [String], _ printed: [String], workLimit: Int
  ) -> OutputMatcher {
    let bytes = Array(printed.map { $0 + "\n" }.joined().utf8)
    let lines = expected.map { Text.Line(text: $0, line: 1, column: 1) }
    return OutputMatcher(
      lines, PrintedLines(bytes, bytes.indices), Tolerance(), workLimit: workLimit)
  }

  @Test
  func `a segment is sought in time that grows with the lines printed, however alike they are`()
    throws
  {
    let segment = [String](repeating: "a 0.5", count: 198) + ["b"]
    let printed = [String](repeating: "a 0.50", count: 50_000)
    // A place costs 1 in every line that it is kept for, and a comparison some 50.
    let workLimit = 50_000 * (199 + 2 * 60)
    var matcher = Self.matcher(["..."] + segment + ["..."], printed, workLimit: workLimit)
    guard case .fails(segment: 1, from: 0) = try matcher.fitWithinTolerance() else {
      Issue.record("does not end")
      return
    }
    matcher = Self.matcher(
      ["..."] + segment + ["..."], printed + ["b"] + printed, workLimit: workLimit)
    guard case .fits(let alignment) = try matcher.fitWithinTolerance() else {
      Issue.record("does not fit")
      return
    }
    #expect(alignment.map(\.printed) == Array(49_802...50_000))
  }

  @Test func `the nearest place is the one where most lines match, the first of those`() throws {
    var matcher = Self.matcher(
      ["a", "b", "c"], ["a", "x", "a", "b", "y", "a", "b"], workLimit: 10_000)
    guard
      case .missing(let nearest?) = try matcher.search(for: 0..<3, from: 0, matcher.tolerance)
    else {
      Issue.record("none is near")
      return
    }
    #expect(nearest == (2, 4))
  }

  @Test func `output that fits in very many ways is given up, not tried for ever`() throws {
    let segment = [String](repeating: "a", count: 4_000) + ["b"]
    var matcher = Self.matcher(
      ["..."] + segment + ["..."], [String](repeating: "a", count: 8_000), workLimit: 1_000_000)
    guard case .tooManyWays = try matcher.fitWithinTolerance() else {
      Issue.record("tried them all")
      return
    }
  }

  @Test func `a cancelled task ends the search`() async {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      for expected in [["a", "a"], ["...", "a", "b", "..."]] {
        var matcher = Self.matcher(expected, ["a", "a"], workLimit: 10_000)
        #expect(throws: Fault.cancelled) { try matcher.fitWithinTolerance() }
      }
    }
    await task.value
  }
}
