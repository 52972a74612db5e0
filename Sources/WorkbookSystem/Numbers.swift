import Foundation

/// The number with a fixed count of digits behind the point, whatever the locale.
package func fixed(_ value: Double, digits: Int) -> String {
  String(format: "%.\(digits)f", value)
}

/// The number with a few significant digits: `0.0043`, `1.2e-05`.
package func short(_ value: Double, digits: Int = 2) -> String {
  String(format: "%.\(digits)g", value)
}
