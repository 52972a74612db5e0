/// Writes printed numbers with as many digits as the expected ones had.
enum NumberRewriting {
  /// The printed number, rounded to the expected one's digits, or to as many more as its tolerance needs.
  ///
  /// A number without an exponent keeps both the digits behind the point and those that are significant,
  /// where the program prints so many: 9.95 becomes 10.03, and 0.25 becomes 0.00043.
  static func rewrite(_ expected: [UInt8], as actual: [UInt8], _ tolerance: Tolerance) -> [UInt8] {
    let parts = Parts(actual)
    // No program rounds to thousands of digits: such a number stays as it is.
    var places = actual.count > 1000 ? .max : wantedPlaces(of: parts, like: Parts(expected))
    while places < parts.fraction.count {
      let text = parts.rounded(to: places)
      if !parts.isCarried(text), tolerance.allows(actual, for: text) { return text }
      places += 1
    }
    return actual
  }

  /// How many digits shall stand behind the point; at least one, or the number would be an integer.
  private static func wantedPlaces(of actual: Parts, like expected: Parts) -> Int {
    let significant = expected.significantCount
    guard actual.exponent.isEmpty else { return max(1, significant - 1) }
    let forSignificant =
      actual.isBelowOne
      ? significant + actual.fraction.prefix { $0 == UInt8(ascii: "0") }.count
      : significant - actual.integer.count
    return max(1, forSignificant, expected.exponent.isEmpty ? expected.fraction.count : 0)
  }

  /// `-12.5e+07` in parts.
  private struct Parts {
    var sign: ArraySlice<UInt8>
    var integer: ArraySlice<UInt8>
    var fraction: ArraySlice<UInt8>
    /// With its `e`.
    var exponent: ArraySlice<UInt8>

    init(_ text: [UInt8]) {
      var rest = text[...]
      sign = rest.prefix { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
      rest = rest[sign.endIndex...]
      integer = rest.prefix(while: \.isDigit)
      rest = rest[integer.endIndex...]
      fraction = rest.dropFirst(rest.first == UInt8(ascii: ".") ? 1 : 0).prefix(while: \.isDigit)
      exponent = rest.drop { $0.isDigit || $0 == UInt8(ascii: ".") }
    }

    var isBelowOne: Bool { integer.allSatisfy { $0 == UInt8(ascii: "0") } }

    var significantCount: Int {
      (integer + fraction).drop { $0 == UInt8(ascii: "0") }.count
    }

    /// Whether rounding has made `9.99e-05` to `10.0e-05`, which nobody writes.
    func isCarried(_ text: [UInt8]) -> Bool {
      !exponent.isEmpty && Parts(text).integer.count > integer.count
    }

    /// Rounds half away from zero to fewer places than there are.
    func rounded(to places: Int) -> [UInt8] {
      var digits = Array(integer + fraction.prefix(places))
      if fraction[fraction.startIndex + places] >= UInt8(ascii: "5") {
        var index = digits.count - 1
        while index >= 0, digits[index] == UInt8(ascii: "9") {
          digits[index] = UInt8(ascii: "0")
          index -= 1
        }
        if index >= 0 {
          digits[index] += 1
        } else {
          digits.insert(UInt8(ascii: "1"), at: 0)
        }
      }
      digits.insert(UInt8(ascii: "."), at: digits.count - places)
      return Array(sign) + digits + Array(exponent)
    }
  }
}
