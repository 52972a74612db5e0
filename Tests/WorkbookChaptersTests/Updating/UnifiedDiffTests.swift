import Testing

@testable import WorkbookChapters

@Suite struct UnifiedDiffTests {
  private static func diff(_ old: String, _ new: String) -> [String] {
    UnifiedDiff(from: Array(old.utf8), to: Array(new.utf8)).lines
  }

  @Test func `equal texts have no difference`() {
    #expect(Self.diff("a\nb", "a\nb").isEmpty)
  }

  @Test func `lines stand between three that did not change`() {
    #expect(
      Self.diff("1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nx\n5\n6\n7\n8\n")
        == ["@@ -2,6 +2,7 @@", " 2", " 3", " 4", "+x", " 5", " 6", " 7"])
  }

  @Test func `what is far apart is shown apart`() {
    let middle = (1...7).map { "\($0)\n" }.joined()
    #expect(
      Self.diff("a\n\(middle)b\n", "A\n\(middle)B\n")
        == [
          "@@ -1,4 +1,4 @@", "-a", "+A", " 1", " 2", " 3", "@@ -6,4 +6,4 @@", " 5", " 6", " 7",
          "-b", "+B",
        ])
  }

  @Test func `an empty text and a missing line feed are told`() {
    #expect(Self.diff("", "a\n") == ["@@ -0,0 +1 @@", "+a"])
    #expect(
      Self.diff("a", "a\nb")
        == [
          "@@ -1 +1,2 @@", "-a", "\\ No newline at end of file", "+a", "+b",
          "\\ No newline at end of file",
        ])
  }
}
