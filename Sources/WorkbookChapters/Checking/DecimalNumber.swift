/// A decimal number of any length, exactly as it was written.
struct DecimalNumber: Hashable, Sendable {
  private(set) var isNegative = false
  /// Digits without zeros in front; none for zero.
  private var digits: [UInt8]
  /// The power of ten that the last digit counts.
  private var exponent: Int

  /// An exponent beyond is no number that a program would print.
  private static let exponentLimit = 5000

  /// Reads `-12.5e3`; nil where the text is no such number or its exponent is beyond all floating point.
  init?(_ text: some Collection<UInt8>) {
    digits = []
    exponent = 0
    var rest = text[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest.removeFirst()
    }
    var hasDigit = false
    var isFraction = false
    scan: while let byte = rest.first {
      switch byte {
      case UInt8(ascii: ".") where !isFraction: isFraction = true
      case _ where byte.isDigit:
        hasDigit = true
        let digit = byte - UInt8(ascii: "0")
        if digit > 0 || !digits.isEmpty { digits.append(digit) }
        if isFraction { exponent -= 1 }
      default: break scan
      }
      rest.removeFirst()
    }
    guard hasDigit else { return nil }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      let text = String(decoding: rest.dropFirst(), as: UTF8.self)
      let limit = Self.exponentLimit
      guard let power = Int(text), (-limit...limit).contains(power) else { return nil }
      exponent += power
      rest = rest[rest.endIndex...]
    }
    guard rest.isEmpty else { return nil }
  }

  /// The number that the author of an option wrote, by the shortest text that names it.
  init(_ value: Double) {
    self = DecimalNumber("\(value)".utf8) ?? DecimalNumber(digits: [], exponent: 0)
  }

  private init(digits: [UInt8], exponent: Int) {
    self.digits = Array(digits.drop { $0 == 0 })
    self.exponent = exponent
  }

  /// Half a unit in the last place written.
  var halfUnit: DecimalNumber { DecimalNumber(digits: [5], exponent: exponent - 1) }

  /// Rounded to nearest.
  var double: Double {
    let text = digits.isEmpty ? "0" : String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
    return Double("\(isNegative ? "-" : "")\(text)e\(exponent)") ?? .nan
  }

  var magnitude: DecimalNumber { DecimalNumber(digits: digits, exponent: exponent) }

  // MARK: - Arithmetic without rounding

  /// The magnitude of the difference.
  func distance(to other: DecimalNumber) -> DecimalNumber {
    let (a, b) = (magnitude, other.magnitude)
    if isNegative != other.isNegative { return a.adding(b) }
    return a.isLess(than: b) ? b.subtracting(a) : a.subtracting(b)
  }

  /// The sum of two numbers that are not negative.
  func adding(_ other: DecimalNumber) -> DecimalNumber {
    let (a, b, exponent) = aligned(with: other)
    var sum = [UInt8](repeating: 0, count: max(a.count, b.count) + 1)
    var carry: UInt8 = 0
    for place in 0..<sum.count {
      let digit = Self.digit(a, place) + Self.digit(b, place) + carry
      sum[sum.count - 1 - place] = digit % 10
      carry = digit / 10
    }
    return DecimalNumber(digits: sum, exponent: exponent)
  }

  /// The difference of two numbers that are not negative, the second not the greater one.
  private func subtracting(_ other: DecimalNumber) -> DecimalNumber {
    var (a, b, exponent) = aligned(with: other)
    var borrow: UInt8 = 0
    for place in 0..<a.count {
      let index = a.count - 1 - place
      let subtrahend = Self.digit(b, place) + borrow
      borrow = a[index] < subtrahend ? 1 : 0
      a[index] = a[index] + borrow * 10 - subtrahend
    }
    return DecimalNumber(digits: a, exponent: exponent)
  }

  /// The product of the magnitudes; O(n · m) for n and m digits.
  func multiplying(by other: DecimalNumber) -> DecimalNumber {
    var product = [UInt8](repeating: 0, count: digits.count + other.digits.count)
    for i in digits.indices.reversed() {
      var carry: UInt8 = 0
      for j in other.digits.indices.reversed() {
        let digit = product[i + j + 1] + digits[i] * other.digits[j] + carry
        product[i + j + 1] = digit % 10
        carry = digit / 10
      }
      product[i] += carry
    }
    return DecimalNumber(digits: product, exponent: exponent + other.exponent)
  }

  /// Compares magnitudes.
  func isLess(than other: DecimalNumber) -> Bool {
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    let (top, otherTop) = (exponent + digits.count, other.exponent + other.digits.count)
    if top != otherTop { return top < otherTop }
    let (a, b, _) = aligned(with: other)
    return a.lexicographicallyPrecedes(b)
  }

  static func <= (a: DecimalNumber, b: DecimalNumber) -> Bool {
    if a.digits.isEmpty && b.digits.isEmpty { return true }
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? !a.isLess(than: b) : !b.isLess(than: a)
  }

  /// The digits of both, for the same power of ten at their ends.
  private func aligned(with other: DecimalNumber) -> ([UInt8], [UInt8], exponent: Int) {
    if digits.isEmpty { return ([], other.digits, other.exponent) }
    if other.digits.isEmpty { return (digits, [], exponent) }
    let exponent = min(self.exponent, other.exponent)
    func padded(_ number: DecimalNumber) -> [UInt8] {
      number.digits + [UInt8](repeating: 0, count: number.exponent - exponent)
    }
    return (padded(self), padded(other), exponent)
  }

  private static func digit(_ digits: [UInt8], _ place: Int) -> UInt8 {
    place < digits.count ? digits[digits.count - 1 - place] : 0
  }
}
