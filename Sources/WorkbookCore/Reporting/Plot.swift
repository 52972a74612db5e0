import Foundation
import WorkbookSystem
import WorkbookChapters

/// A trajectory as a small plot of characters, with the expected one behind it.
struct Plot {
  var actual: Trajectory
  var expected: Trajectory?
  var columns: Int
  var height = 8

  /// One string a row; where something was expected, the last one says what the points mean.
  func rows() -> [String] {
    let all = actual.points + (expected?.points ?? [])
    let values = all.map(\.value).filter(\.isFinite)
    guard let low = values.min(), let high = values.max(),
      let first = all.map(\.step).min(), let last = all.map(\.step).max()
    else { return [] }
    // Where the values span two decades, a linear axis would show one point and a flat line.
    let isLogarithmic = low > 0 && high / low >= 100
    let scale: (Double) -> Double = isLogarithmic ? { log10($0) } : { $0 }
    let (bottom, top) = (scale(low), scale(high))

    let labels = (0..<height).map { row in
      let part = Double(row) / Double(height - 1)
      let value = top * (1 - part) + bottom * part
      return short(isLogarithmic ? pow(10, value) : value)
    }
    let gutter = labels.map(\.count).max() ?? 0
    let room = max(10, min(columns, 100) - gutter - 4)
    func place(_ point: StepPoint) -> (row: Int, column: Int)? {
      guard point.value.isFinite else { return nil }
      // Halves, since the whole range of a Double does not fit in one.
      let range = top / 2 - bottom / 2
      let up = range > 0 ? (scale(point.value) / 2 - bottom / 2) / range : 0.5
      // Differences of steps may not fit in an Int.
      let along =
        last > first
        ? (Double(point.step) - Double(first)) / (Double(last) - Double(first)) : 0.5
      return (
        Int(((1 - up) * Double(height - 1)).rounded()), Int((along * Double(room - 1)).rounded())
      )
    }

    var grid = [[Character]](
      repeating: [Character](repeating: " ", count: room), count: height)
    for point in expected?.points ?? [] {
      if let (row, column) = place(point) { grid[row][column] = "○" }
    }
    for point in actual.points {
      guard let (row, column) = place(point) else { continue }
      grid[row][column] = grid[row][column] == "○" ? "◉" : "●"
    }

    var rows = zip(labels, grid).map { label, cells in
      let pad = String(repeating: " ", count: gutter - label.count)
      return trimmed("\(pad)\(label) ┤ \(String(cells))")
    }
    let (from, to) = (String(first), String(last))
    let gap = String(repeating: " ", count: max(1, room - from.count - to.count))
    let pad = String(repeating: " ", count: gutter)
    rows.append("\(pad) └\(String(repeating: "─", count: room + 1))")
    rows.append("\(pad)   \(from)\(gap)\(to)")
    if expected != nil { rows.append("\(pad)   ● printed ○ expected ◉ both") }
    return rows
  }

  private func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }
}
