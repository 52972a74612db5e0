extension NDArray: CustomStringConvertible {
  /// The elements as NumPy prints them: in brackets, aligned, 8 digits after the point at most,
  /// and of more than 1000 elements only the first and last three along each axis.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, -0.5], [1e-5, 1000]]
  /// print(x)
  /// print(NDArray<Double>.arange(2000))
  /// ```
  /// ```output
  /// [[ 1.e+00 -5.e-01]
  ///  [ 1.e-05  1.e+03]]
  /// [0.000e+00 1.000e+00 2.000e+00 ... 1.997e+03 1.998e+03 1.999e+03]
  /// ```
  public var description: String {
    if ndim == 0 { return item().description }
    if count == 0 { return "[]" }
    let edge = count > 1000 ? 3 : Int.max
    let shown = places(edge)
    let packed = contiguous()
    var values: [Scalar] = []
    withExtendedLifetime(packed) { gather(shown[...], packed, 0, &values) }
    var words = NumberFormat(values).words(values)[...]
    return bracketed(shown[...], &words, indent: 1, width: 75)
  }

  /// The places along each axis that are printed; nil stands for those left out.
  private func places(_ edge: Int) -> [[Int?]] {
    shape.map { size in
      size > 2 * Swift.min(edge, Int.max / 2)
        ? (0..<edge).map { $0 } + [nil] + (size - edge..<size).map { $0 } : (0..<size).map { $0 }
    }
  }

  private func gather(
    _ axes: ArraySlice<[Int?]>, _ source: NDArray, _ place: Int, _ values: inout [Scalar]
  ) {
    guard let axis = axes.first else { return values.append(source.pointer[place]) }
    for case let index? in axis {
      gather(axes.dropFirst(), source, place * shape[axes.startIndex] + index, &values)
    }
  }

  private func bracketed(
    _ axes: ArraySlice<[Int?]>, _ words: inout ArraySlice<String>, indent: Int, width: Int
  ) -> String {
    let margin = String(repeating: " ", count: indent)
    var text = ""
    if axes.count > 1 {
      let gap = String(repeating: "\n", count: axes.count - 1)
      for index in axes[axes.startIndex] {
        text += text.isEmpty ? "" : gap + margin
        text +=
          index == nil
          ? "..." : bracketed(axes.dropFirst(), &words, indent: indent + 1, width: width - 1)
      }
      return "[" + text + "]"
    }
    var line = margin
    for index in axes[axes.startIndex] {
      let word = index == nil ? "..." : words.removeFirst()
      if line.count > indent { line += " " }
      if line.count + word.count > width - 1, line.count > indent {
        while line.last == " " { line.removeLast() }
        text += line + "\n"
        line = margin
      }
      line += word
    }
    return "[" + (text + line).dropFirst(indent) + "]"
  }
}

/// How NumPy writes a set of numbers so that their points stand below each other.
private struct NumberFormat {
  private let isScientific: Bool

  init<Scalar: NDArrayScalar>(_ values: [Scalar]) {
    let sizes = values.lazy.filter { $0.isFinite && $0 != 0 }.map(\.magnitude)
    guard let largest = sizes.max(), let smallest = sizes.min() else {
      isScientific = false
      return
    }
    let limit: Scalar = Scalar.self == Float.self ? 1e6 : 1e8
    isScientific = largest >= limit || smallest < 1e-4 || largest / smallest > 1000
  }

  func words<Scalar: NDArrayScalar>(_ values: [Scalar]) -> [String] {
    let parts = values.map { value in
      value.isFinite ? Decimal(value).written(isScientific) : nil
    }
    let before = parts.reduce(0) { max($0, $1?.whole.count ?? 0) }
    let after = parts.reduce(0) { max($0, $1?.fraction.count ?? 0) }
    let tail = parts.reduce(0) { max($0, $1?.exponent.count ?? 0) }
    let hasNumber = parts.contains { $0 != nil }
    let words = zip(values, parts).map { value, part in
      guard let part else {
        return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
      }
      let padding = String(repeating: isScientific ? "0" : " ", count: after - part.fraction.count)
      return part.whole.leftPadded(before) + "." + part.fraction + padding
        + part.exponent.prefix(2) + part.exponent.dropFirst(2).leftPadded(tail - 2, "0")
    }
    let width = max(
      hasNumber ? before + 1 + after + tail : 0, words.reduce(0) { max($0, $1.count) })
    return words.map { $0.leftPadded(width) }
  }
}

/// The shortest decimal digits that mean a number.
private struct Decimal {
  private var isNegative: Bool
  private var digits: [UInt8]
  /// The number is 0.d₀d₁d₂… · 10^point.
  private var point: Int

  init<Scalar: NDArrayScalar>(_ value: Scalar) {
    let text = value.magnitude.description.split(separator: "e")
    let mantissa = text[0].split(separator: ".", omittingEmptySubsequences: false)
    isNegative = value.sign == .minus
    digits = (mantissa[0] + (mantissa.count > 1 ? mantissa[1] : "")).utf8.map { $0 - 48 }
    point = mantissa[0].count + (text.count > 1 ? Int(text[1]) ?? 0 : 0)
    while let first = digits.first, first == 0 {
      digits.removeFirst()
      point -= 1
    }
    trim()
  }

  /// The parts before and behind the point, and the exponent.
  func written(_ isScientific: Bool) -> (whole: String, fraction: String, exponent: String) {
    let sign = isNegative ? "-" : ""
    guard isScientific else {
      let rounded = rounded(to: point + 8)
      let zeros = [UInt8](repeating: 0, count: max(0, -rounded.point))
      let whole = max(0, rounded.point)
      let all =
        zeros + rounded.digits
        + [UInt8](repeating: 0, count: max(0, whole - rounded.digits.count))
      return (sign + (whole == 0 ? "0" : Self.text(all[..<whole])), Self.text(all[whole...]), "")
    }
    let rounded = rounded(to: 9)
    let exponent = rounded.digits.isEmpty ? 0 : rounded.point - 1
    return (
      sign + Self.text((rounded.digits.isEmpty ? [0] : rounded.digits)[..<1]),
      Self.text(rounded.digits.dropFirst()),
      "e" + (exponent < 0 ? "-" : "+") + String(exponent.magnitude).leftPadded(2, "0")
    )
  }

  private func rounded(to count: Int) -> Decimal {
    var result = self
    guard count < digits.count else { return result }
    let up = count >= 0 && digits[count] >= 5
    result.digits.removeSubrange(max(0, count)...)
    if up {
      var place = count - 1
      while place >= 0, result.digits[place] == 9 {
        result.digits[place] = 0
        place -= 1
      }
      if place >= 0 {
        result.digits[place] += 1
      } else {
        result.digits.insert(1, at: 0)
        result.point += 1
      }
    }
    result.trim()
    return result
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  private static func text(_ digits: ArraySlice<UInt8>) -> String {
    String(decoding: digits.map { $0 + 48 }, as: UTF8.self)
  }
}

extension StringProtocol {
  fileprivate func leftPadded(_ width: Int, _ padding: Character = " ") -> String {
    String(repeating: padding, count: Swift.max(0, width - count)) + self
  }
}
