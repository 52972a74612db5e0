import Testing

@testable import WorkbookChapters

@Suite struct DecimalNumberTests {
  @Test(arguments: ["1e-9223372036854775808", "1e9223372036854775807", "1e99999999999999999999"])
  func `a power beyond all is no number`(text: String) {
    #expect(DecimalNumber(text.utf8) == nil)
  }

  static func decimal(_ text: String) throws -> DecimalNumber {
    try #require(DecimalNumber(text.utf8))
  }

  @Test(arguments: [
    ("0.3", "0.1", "0.2"), ("1", "-1", "2"), ("1e-30", "1", "0.999999999999999999999999999999"),
    ("100", "99.999", "0.001"), ("-5", "-7", "2"), ("0", "-0.0", "0"),
    ("1e20", "1", "99999999999999999999"),
    ("0.1", "0.1000000000000000000000000001", "1e-28"), ("12e2", "1200", "0"),
    ("00.50", ".5", "0"),
  ])
  func `distances are exact, however far the numbers are apart`(
    a: String, b: String, distance: String
  ) throws {
    let expected = try Self.decimal(distance)
    for found in [
      try Self.decimal(a).distance(to: Self.decimal(b)),
      try Self.decimal(b).distance(to: Self.decimal(a)),
    ] {
      #expect(!found.isLess(than: expected) && !expected.isLess(than: found))
    }
  }

  @Test(arguments: [
    ("0.001", "876.5", "0.8765"), ("99", "99", "9801"), ("0", "5", "0"), ("1e-3", "-2e5", "200"),
  ])
  func `products and sums are exact`(a: String, b: String, product: String) throws {
    let found = try Self.decimal(a).multiplying(by: Self.decimal(b))
    let expected = try Self.decimal(product)
    #expect(!found.isLess(than: expected) && !expected.isLess(than: found))
    let sum = try Self.decimal("0.999").adding(Self.decimal("0.0010"))
    #expect(try !sum.isLess(than: Self.decimal("1")) && sum.isLess(than: Self.decimal("1.0001")))
  }

  @Test(arguments: [
    "", "-", ".", "e5", "1e", "1e5x", "1.2.3", "0x1", "nan", "1e99999", "1 ", "+-1", "1e+-5",
  ])
  func `what is no decimal number is none`(text: String) {
    #expect(DecimalNumber(text.utf8) == nil)
  }

  @Test(arguments: [
    ("0.25", "0.005"), ("3.0286988e-05", "0.5e-12"), ("1e5", "5e4"), ("7", "0.5"),
    ("0.00", "0.005"),
  ])
  func `half a unit in the last place written`(text: String, unit: String) throws {
    let (found, expected) = (try Self.decimal(text).halfUnit, try Self.decimal(unit))
    #expect(!found.isLess(than: expected) && !expected.isLess(than: found))
  }

  @Test func `an option's number is the one that its author wrote`() throws {
    let found = DecimalNumber(0.1)
    #expect(try found.distance(to: Self.decimal("0.1")).isLess(than: Self.decimal("1e-300")))
    #expect(try DecimalNumber(0).isLess(than: Self.decimal("1e-4000")))
  }

  @Test(arguments: [
    ("1", "2"), ("-2", "1"), ("-2", "-1.5"), ("0", "1e-400"), ("-1e-400", "0"), ("9.99", "10"),
  ])
  func `numbers are ordered by value and sign`(less: String, greater: String) throws {
    let a = try #require(DecimalNumber(less.utf8))
    let b = try #require(DecimalNumber(greater.utf8))
    #expect(a <= b && !(b <= a))
    #expect(a <= a && b <= b)
  }

  @Test func `zero has no sign`() throws {
    let a = try #require(DecimalNumber("-0.0".utf8))
    let b = try #require(DecimalNumber("0".utf8))
    #expect(a <= b && b <= a)
  }
}
