internal import WorkbookArrays

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

/// How NumPy writes a set of numbers so that their points stand below each other: with the fewest
/// digits that mean a number, but 8 behind the point at most.
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
    var parts = values.map { $0.isFinite ? Parts($0, isScientific) : nil }
    let after = parts.reduce(0) { max($0, $1?.fraction.count ?? 0) }
    if isScientific {
      // All with as many digits, those of the number itself where the fewest are fewer.
      parts = values.map { $0.isFinite ? Parts($0, "e", after) : nil }
    }
    let before = parts.reduce(0) { max($0, $1?.whole.count ?? 0) }
    let tail = parts.reduce(0) { max($0, $1?.exponent.count ?? 0) }
    let hasNumber = parts.contains { $0 != nil }
    let words = zip(values, parts).map { value, part in
      guard let part else {
        return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
      }
      let padding = String(repeating: " ", count: after - part.fraction.count)
      return part.whole.leftPadded(before) + "." + part.fraction + padding
        + part.exponent.prefix(2) + part.exponent.dropFirst(2).leftPadded(tail - 2, "0")
    }
    let width = max(
      hasNumber ? before + 1 + after + tail : 0, words.reduce(0) { max($0, $1.count) })
    return words.map { $0.leftPadded(width) }
  }
}

/// The digits of a number before and behind its point, and its exponent, as `e+06`.
private struct Parts {
  let whole: Substring
  let fraction: Substring
  let exponent: Substring

  /// With as many digits behind the point as mean the number, but 8 at most.
  init<Scalar: NDArrayScalar>(_ value: Scalar, _ isScientific: Bool) {
    let conversion = isScientific ? "e" : "f"
    let needed = Self.neededDigits(value, isScientific)
    let parts = Parts(value, conversion, min(needed, 8))
    let zeros = parts.fraction.reversed().prefix { $0 == "0" }.count
    (whole, fraction) = (parts.whole, parts.fraction.dropLast(zeros))
    exponent = parts.exponent
  }

  /// With a number of digits behind the point, rounded once.
  init<Scalar: NDArrayScalar>(_ value: Scalar, _ conversion: String, _ digits: Int) {
    var buffer = [CChar](repeating: 0, count: 400)
    let length = withVaList([Double(value)]) {
      vsnprintf(&buffer, buffer.count, "%.\(digits)\(conversion)", $0)
    }
    let text = String(
      decoding: buffer[..<Int(length)].map(UInt8.init(bitPattern:)), as: UTF8.self)
    let mantissa = text.prefix { $0 != "e" }
    whole = mantissa.prefix { $0 != "." }
    fraction = mantissa.dropFirst(whole.count + 1)
    exponent = text.dropFirst(mantissa.count)
  }

  /// How many digits behind the point the shortest decimal has that means a number.
  private static func neededDigits<Scalar: NDArrayScalar>(
    _ value: Scalar, _ isScientific: Bool
  ) -> Int {
    let text = value.magnitude.description.split(separator: "e")
    let mantissa = text[0].split(separator: ".", omittingEmptySubsequences: false)
    let (whole, fraction) = (mantissa[0], mantissa.count > 1 ? mantissa[1] : "")
    if isScientific {
      let digits = (whole + fraction).drop { $0 == "0" }
      let zeros = digits.reversed().prefix { $0 == "0" }.count
      return max(0, digits.count - zeros - 1)
    }
    let zeros = fraction.reversed().prefix { $0 == "0" }.count
    let exponent = text.count > 1 ? Int(text[1]) ?? 0 : 0
    return max(0, fraction.count - zeros - exponent)
  }
}

extension StringProtocol {
  fileprivate func leftPadded(_ width: Int, _ padding: Character = " ") -> String {
    String(repeating: padding, count: Swift.max(0, width - count)) + self
  }
}
