import Foundation

/// What one group's measurements are printed as.
struct Report {
  let group: Group
  let measurements: [Measurement]

  /// A line for each measurement, and the mean ratio.
  var table: String {
    let width = measurements.map(\.name.count).max() ?? 0
    let name = group.rawValue.padding(toLength: width, withPad: " ", startingAt: 0)
    let hasPeer = measurements.contains { $0.peerSeconds != nil }
    var lines = [name + "         ms    at best  of limit" + (hasPeer ? "    peer ms   ratio" : "")]
    for one in measurements {
      var line = one.name.padding(toLength: width, withPad: " ", startingAt: 0)
      line += String(
        format: " %10.4f %10.4f %8.2f×", one.seconds * 1e3, one.limit * 1e3,
        one.seconds / one.limit)
      if let peer = one.peerSeconds, let ratio = one.ratio {
        line += String(format: " %10.4f %6.2f×", peer * 1e3, ratio)
      }
      lines.append(line)
    }
    let ratios = measurements.compactMap(\.ratio)
    if !ratios.isEmpty {
      let mean = exp(ratios.map(log).reduce(0, +) / Double(ratios.count))
      lines.append(
        String(
          format: "the peers take %.2f× as long in the geometric mean, at least %.2f×", mean,
          ratios.min() ?? 0))
    }
    return lines.joined(separator: "\n")
  }

  /// The measurements for `--format json`.
  var json: [[String: Any]] {
    measurements.map { one in
      let unit = group == .loops ? "millisecondsPerStep" : "milliseconds"
      var object: [String: Any] = [
        "name": one.name, unit: one.seconds * 1e3, "limitMilliseconds": one.limit * 1e3,
      ]
      if let peer = one.peerSeconds, let ratio = one.ratio {
        object["peerMilliseconds"] = peer * 1e3
        object["ratio"] = ratio
      }
      return object
    }
  }
}
