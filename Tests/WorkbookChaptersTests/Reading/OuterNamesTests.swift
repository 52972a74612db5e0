import Testing

@testable import WorkbookChapters

@Suite struct OuterNamesTests {
  private func names(_ code: String) -> OuterNames { OuterNames(of: SwiftLexerTests.text(code)) }

  @Test func `what is declared where no bracket is open is found`() {
    let names = names(
      """
      @main @available(macOS 13, *) public final class A<T> {
        var inner = 1
        struct Nested {}
      }
      private let (b, c) = (1, 2), later = 3
        var `d` = { let inside = 2 }
      func e() { let local = 1 }
      indirect enum F { case g }
      extension Array where Element == Int { func h() {} }
      protocol I: Sendable {}
      """)
    #expect(names.declared == ["A", "b", "c", "d", "e", "F", "I"])
    #expect(names.types == ["A", "F", "I"] && names.extended == ["Array"])
  }

  @Test func `words in comments and literals declare nothing`() {
    let names = names(
      "/*\nlet a = 1\n*/\n// let b = 1\nprint(\"\"\"\nlet c = 1\n\"\"\")\nlets(d)\nif let e = f {}")
    #expect(names.declared.isEmpty && names.extended.isEmpty)
  }
}
