import Testing

@testable import WorkbookChapters
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct VerificationTests {
  static func sentence(
    _ info: String, kind: Check.Kind = .output, status: Check.Status = .passed, error: Double? = 0
  ) -> String {
    let chapter = Chapter(
      path: "a.md", bytes: Array("```swift\n```\n```output \(info)\n1 2.5\n```\n".utf8))
    let check = Check(
      program: "main", line: 3, kind: kind, status: status, maxAbsoluteError: error,
      maxRelativeError: error)
    return Verification(check: check, expectation: chapter.programs[0].expectations[0])
      .sentence(date: "2026-11-23")
  }

  @Test(arguments: [
    ("", "✓ Verified 2026-11-23, to the digits written."),
    ("rtol=1e-9", "✓ Verified 2026-11-23, within a relative 1e-9."),
    ("atol=0.5", "✓ Verified 2026-11-23, within 0.5."),
    (
      "rtol=5e-5 atol=2e-4 below=3e-4 decreasing",
      "✓ Verified 2026-11-23, within 0.0002 plus a relative 5e-5, falling from line to line, "
        + "the last number at most 0.0003."
    ),
  ])
  func `a checked block says how it was checked`(info: String, expected: String) {
    #expect(Self.sentence(info) == expected)
  }

  @Test func `words need no tolerance, and what failed is not called verified`() {
    #expect(Self.sentence("rtol=1", error: nil) == "✓ Verified 2026-11-23, word for word.")
    #expect(Self.sentence("", status: .failed).hasPrefix("✗ Not verified"))
    #expect(Self.sentence("", status: .skipped).hasPrefix("✗ Not verified"))
    #expect(Self.sentence("", kind: .error) == "✓ Verified 2026-11-23: the compiler refuses it.")
    #expect(
      Self.sentence("", kind: .error, status: .failed).contains("the compiler did not refuse it"))
    #expect(
      Self.sentence("", kind: .traps, status: .failed).contains(
        "did not end with the runtime error"))
  }
}
