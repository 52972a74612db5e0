import Testing
import WorkbookTestTools

@testable import WorkbookChapters

@Suite struct NumberRewritingTests {
  static func rewrite(_ expected: String, as actual: String, _ tolerance: Tolerance = Tolerance())
    -> String
  {
    let bytes = NumberRewriting.rewrite(Array(expected.utf8), as: Array(actual.utf8), tolerance)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("0.50", "0.7312", "0.73"), ("0.50", "0.7351", "0.74"),
    ("427.81985", "400.1234567", "400.12346"),
    ("1.4477568", "1.3", "1.3"), ("9.95", "10.0312", "10.03"), ("9.95", "9.9999", "10.00"),
    ("0.25", "0.000431234", "0.00043"), ("3.0286988e-05", "2.91234567891e-06", "2.9123457e-06"),
    ("1.5e-05", "9.99e-06", "9.99e-06"), ("1.55e-05", "1.2349e-05", "1.23e-05"),
    ("0.25", "3", "3"),
    ("-0.5", "-1.26", "-1.3"), ("0.5", "-0.26", "-0.3"), ("1e5", "123456.789", "123456.8"),
    ("2.5e-07", "0.001234", "0.0012"), ("0.00", "1.2345", "1.23"),
    ("0.25", "1.23456e-09", "1.2e-09"),
    ("1.25", ".9876", ".988"), ("1.0", "99.96", "100.0"),
  ])
  func `a number keeps the digits written`(expected: String, actual: String, text: String) {
    #expect(Self.rewrite(expected, as: actual) == text)
  }

  @Test func `a narrow tolerance gets as many digits more as it needs`() {
    #expect(Self.rewrite("0.50", as: "0.7312", Tolerance(relative: 1e-3)) == "0.731")
    #expect(Self.rewrite("0.50", as: "0.7312", Tolerance(relative: 0)) == "0.7312")
  }

  @Test func `what is written matches what was printed, and needs no second rewriting`() {
    var random = SplitMix64(state: 1)
    for _ in 0..<500 {
      let actual =
        "\(Double.random(in: -1...1, using: &random) * [1e-9, 1e-3, 1, 1e3, 1e20].randomElement(using: &random)!)"
      for expected in ["0.5", "12.345678", "3.02e-05", "1e3"] {
        let text = Self.rewrite(expected, as: actual)
        #expect(
          Tolerance().allows(Array(actual.utf8), for: Array(text.utf8)),
          "\(expected) \(actual) \(text)")
        #expect(Self.rewrite(text, as: text) == text)
      }
    }
  }
}
