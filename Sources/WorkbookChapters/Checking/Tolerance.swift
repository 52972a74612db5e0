/// How far a number may be from the expected one.
struct Tolerance: Hashable, Sendable {
  /// With neither, a number matches to the digits written.
  var relative: Double?
  var absolute: Double?

  /// `|actual − expected| ≤ atol + rtol·|expected|`, or half a unit in the last place written; exactly,
  /// as the texts say it, where binary rounding could decide.
  func allows(_ actual: some Collection<UInt8>, for expected: some Collection<UInt8>) -> Bool {
    if actual.elementsEqual(expected) { return true }
    if let answer = clearly(allows: actual, for: expected) { return answer }
    guard let a = DecimalNumber(actual), let e = DecimalNumber(expected) else { return false }
    let limit: DecimalNumber
    if relative == nil, absolute == nil {
      limit = e.halfUnit
    } else {
      limit = DecimalNumber(relative ?? 0).multiplying(by: e).adding(DecimalNumber(absolute ?? 0))
    }
    return !limit.isLess(than: a.distance(to: e))
  }

  /// The answer in binary, where it is so far from the limit that rounding cannot change it.
  private func clearly(
    allows actual: some Collection<UInt8>, for expected: some Collection<UInt8>
  ) -> Bool? {
    guard relative != nil || absolute != nil else { return nil }
    let (a, e) = (Double(written: actual), Double(written: expected))
    let limit = (absolute ?? 0) + (relative ?? 0) * abs(e)
    // Two roundings on reading and three on computing: at most 2⁻⁵¹ of the largest, well below 1e-14.
    let doubt = 1e-14 * (abs(a) + abs(e) + limit)
    // Near the ends of Double's range the errors are no longer relative.
    guard doubt.isFinite, doubt > 1e-280 else { return nil }
    let distance = abs(a - e)
    if distance <= limit - doubt { return true }
    return distance > limit + doubt ? false : nil
  }
}

extension Double {
  /// The value of a decimal number's text, rounded to nearest.
  init(written text: some Collection<UInt8>) {
    self = Double(String(decoding: text, as: UTF8.self)) ?? .nan
  }
}
