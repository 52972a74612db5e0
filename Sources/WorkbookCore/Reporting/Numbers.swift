import WorkbookSystem

/// A duration for people: `0.24 s`, `12.3 s`, `2 min 05 s`.
func duration(_ seconds: Double) -> String {
  if seconds < 9.995 { return fixed(seconds, digits: 2) + " s" }
  if seconds < 59.95 { return fixed(seconds, digits: 1) + " s" }
  // What a damaged file says may be no time at all.
  guard let whole = Int(exactly: seconds.rounded()) else { return short(seconds) + " s" }
  return "\(whole / 60) min \(whole % 60 < 10 ? "0" : "")\(whole % 60) s"
}

/// The count with its noun: `1 chapter`, `2 chapters`.
package func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}
