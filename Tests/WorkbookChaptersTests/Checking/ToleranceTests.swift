import Testing

@testable import WorkbookChapters

@Suite struct ToleranceTests {
  static func allows(_ actual: String, _ expected: String, _ tolerance: Tolerance = Tolerance())
    -> Bool
  {
    tolerance.allows(Array(actual.utf8), for: Array(expected.utf8))
  }

  @Test(arguments: [
    ("0.25", "0.25", true), ("0.255", "0.25", true), ("0.2550000000000001", "0.25", false),
    ("0.245", "0.25", true), ("0.2449999999999999999999", "0.25", false), ("0.3", "0.25", false),
    ("1.005", "1.00", true), ("1.0051", "1.00", false), ("-0.004", "0.00", true),
    ("0", "0.0", true),
    ("3.02869885e-05", "3.0286988e-05", true), ("3.0286989e-05", "3.0286988e-05", false),
    ("0.000030286988", "3.0286988e-05", true), ("149999", "1e5", true), ("150001", "1e5", false),
    ("1e-4000", "1e-4000", true), ("2e-4000", "1e-4000", false), ("-1.5", "1.5", false),
  ])
  func `without tolerance a number matches to the digits written, its boundary included`(
    actual: String, expected: String, allowed: Bool
  ) {
    #expect(Self.allows(actual, expected) == allowed)
  }

  @Test(arguments: [
    ("1.1", "1.0", 0.1, true), ("1.10000000000000001", "1.0", 0.1, false),
    ("0.9", "1.0", 0.1, true),
    ("0.89999999999999999", "1.0", 0.1, false), ("-1.05", "-1.0", 0.1, true),
    ("0.1", "0.1", 0, true),
    ("0.10000000000000001", "0.1", 0, false), ("0.10", "0.1", 0, true),
    ("1e-9", "0.0", 0.5, false),
    ("427.9", "427.81985", 1e-3, true), ("428.5", "427.81985", 1e-3, false),
    ("1.0000000000000001e308", "1e308", 1e-16, true), ("1.5e-320", "1e-320", 0.1, false),
    ("2e400", "1e400", 1, true), ("2.01e400", "1e400", 1, false),
  ])
  func `the relative tolerance counts from the expected number, exactly`(
    actual: String, expected: String, tolerance: Double, allowed: Bool
  ) {
    #expect(Self.allows(actual, expected, Tolerance(relative: tolerance)) == allowed)
  }

  @Test func `absolute and relative tolerance add up`() {
    let tolerance = Tolerance(relative: 0.1, absolute: 0.5)
    #expect(Self.allows("2.7", "2.0", tolerance))
    #expect(!Self.allows("2.7001", "2.0", tolerance))
    #expect(Self.allows("1e-7", "0.0", Tolerance(absolute: 1e-7)))
    #expect(!Self.allows("1.0000001e-7", "0.0", Tolerance(absolute: 1e-7)))
  }
}
