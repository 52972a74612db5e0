import Foundation
import WorkbookSystem

/// A range of numbers along the side of a picture, with the places to label.
struct Axis: Equatable {
  struct Tick: Equatable {
    /// From 0 at the low end to 1 at the high end.
    var place: Double
    var label: String
  }

  var isLogarithmic: Bool
  private(set) var ticks: [Tick]
  private var low: Double
  private var high: Double

  /// - Parameter values: finite, at least one. A logarithmic axis needs them positive, and two decades.
  init(values: [Double], mayBeLogarithmic: Bool, isWhole: Bool = false) {
    let (least, most) = (values.min() ?? 0, values.max() ?? 1)
    isLogarithmic = mayBeLogarithmic && least > 0 && most / least >= 100
    if isLogarithmic {
      let (first, last) = (Int(log10(least).rounded(.down)), Int(log10(most).rounded(.up)))
      (low, high) = (Double(first), Double(last))
      let step = max(1, (last - first + 6) / 7)
      // Decades that the step divides, so that 1 is among them.
      let decades = (first...last).filter { $0 % step == 0 }
      let (low, high) = (low, high)
      ticks = decades.map {
        Tick(place: (Double($0) - low) / (high - low), label: Self.powerOfTen($0))
      }
    } else {
      // Halves, as the whole range of a Double does not fit in one.
      var step = Self.niceStep(most / 2 - least / 2, isWhole: isWhole)
      if step == 0 { step = max(abs(most) / 4, 1) }
      let first = (least / step).rounded(.down)
      let last = max((most / step).rounded(.up), first + 1)
      (low, high) = (first * step, last * step)
      ticks = stride(from: first, through: last, by: 1).map {
        let whole = isWhole ? Int(exactly: $0 * step) : nil
        return Tick(
          place: ($0 - first) / (last - first),
          label: whole.map { "\($0)" } ?? short($0 * step, digits: 4))
      }
    }
  }

  /// Where the value stands, from 0 to 1.
  func place(of value: Double) -> Double {
    let value = isLogarithmic ? log10(value) : value
    return (value / 2 - low / 2) / (high / 2 - low / 2)
  }

  /// 1, 2 or 5 times a power of ten that divides twice the half range into some five parts.
  private static func niceStep(_ halfRange: Double, isWhole: Bool) -> Double {
    guard halfRange > 0 else { return 0 }
    let rough = halfRange / 2.5
    let power = pow(10, log10(rough).rounded(.down))
    let step = ([1, 2, 5].first { $0 * power >= rough } ?? 10) * power
    return isWhole ? max(step, 1) : step
  }

  static func powerOfTen(_ exponent: Int) -> String {
    switch exponent {
    case -2...3: return short(pow(10, Double(exponent)), digits: 4)
    default:
      let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
      let raised = String(exponent.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] }
      return "10" + (exponent < 0 ? "⁻" : "") + String(raised)
    }
  }
}
