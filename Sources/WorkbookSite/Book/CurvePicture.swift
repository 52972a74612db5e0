import WorkbookSystem
import WorkbookCore

/// Curves on one pair of axes, as SVG.
struct CurvePicture {
  private let curves: [Curve]
  /// Those that are drawn: of curves that nobody could tell apart, one.
  let drawn: [Curve]
  /// What the numbers are, along the upright axis.
  var quantity: String
  var words: SiteWords

  private let x: Axis
  private let y: Axis

  /// - Precondition: each curve has a finite value.
  init(_ curves: [Curve], quantity: String, words: SiteWords = .english) {
    self.words = words
    self.curves = Curve.merged(curves, tolerance: 0)
    drawn = Curve.merged(curves, tolerance: 5e-3)
    self.quantity = quantity
    let points = curves.flatMap(\.points).filter(\.value.isFinite)
    precondition(!points.isEmpty, "CurvePicture: no finite value to draw")
    // Steps such as 1, 10, 100, 1000 are told apart only on a logarithmic axis.
    let steps = Set(points.map(\.step)).sorted()
    let gaps = zip(steps, steps.dropFirst()).map { Double($1) - Double($0) }
    let isUneven = (gaps.max() ?? 0) > 10 * (gaps.min() ?? 0)
    x = Axis(values: steps.map(Double.init), mayBeLogarithmic: isUneven, isWhole: true)
    y = Axis(values: points.map(\.value), mayBeLogarithmic: true)
  }

  /// What the picture shows, in words.
  var alternative: String {
    words.picture(
      of: quantity, isLogarithmic: y.isLogarithmic,
      curves: curves.map { $0.description(in: words) })
  }

  // MARK: - Drawing

  /// Narrow, so that the words can still be read when a phone scales it to its screen.
  private static let (fullWidth, plotHeight) = (480.0, 220.0)
  private static let (left, right, bottom) = (72.0, 20.0, 48.0)

  /// The picture as it stands in a page.
  ///
  /// The page's style colours it: `c0` to `c7` are the curves, `grid` the lines behind them. A point of the last curve tells its value to who hovers over it or tabs to it.
  var inlineSVG: String {
    let legend = legend
    let top = 16 + 20 * Double(legend.rowCount)
    let plotWidth = Self.fullWidth - Self.left - Self.right
    let height = top + Self.plotHeight + Self.bottom
    func across(_ place: Double) -> Double { Self.left + place * plotWidth }
    func up(_ place: Double) -> Double { top + (1 - place) * Self.plotHeight }

    var rows: [String] = []
    for tick in y.ticks {
      rows.append(
        "<path class=\"grid\" d=\"M\(number(across(0))) \(number(up(tick.place)))H\(number(across(1)))\"/>"
      )
      rows.append(text(tick.label, at: (Self.left - 8, up(tick.place) + 4), "end"))
    }
    for tick in x.ticks {
      rows.append("<path class=\"axis\" d=\"M\(number(across(tick.place))) \(number(up(0)))v5\"/>")
      rows.append(text(tick.label, at: (across(tick.place), up(0) + 19), "middle"))
    }
    rows.append(
      "<path class=\"axis\" d=\"M\(number(across(0))) \(number(up(0)))H\(number(across(1)))\"/>")
    rows.append(text(words.step, at: (across(0.5), height - 10), "middle"))
    rows.append(
      "<g transform=\"translate(16 \(number(up(0.5)))) rotate(-90)\">\(text(quantity, at: (0, 0), "middle"))</g>"
    )
    for (index, curve) in drawn.enumerated() {
      // A number that is not finite has no place: the line begins anew behind it.
      let runs = curve.points.split { !$0.value.isFinite }
      let places = runs.map { run in
        run.map { point in
          (
            point, number(across(x.place(of: Double(point.step)))),
            number(up(y.place(of: point.value)))
          )
        }
      }
      let path = places.map { run in
        run.enumerated().map { "\($0 == 0 ? "M" : "L")\($1.1) \($1.2)" }.joined()
      }.joined()
      // A little more than the curves drawn after it, so that none hides another.
      let more = 0.5 * Double(drawn.count - 1 - index)
      let colour = "c\(index % 8)"
      rows.append("<path class=\"\(colour)\" d=\"\(path)\" stroke-width=\"\(number(2 + more))\"/>")
      // Dots between which there is no more room say nothing.
      for (point, x, y) in places.joined() where curve.points.count <= 60 {
        let dot = "<circle class=\"\(colour)\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(number(3.5 + more))\">"
        let value = xmlEscaped(words.value(short(point.value, digits: 4), at: point.step))
        let title = "<title>\(value)</title>"
        guard index == drawn.count - 1 else {
          rows.append("\(dot)\(title)</circle>")
          continue
        }
        let anchor = (Double(x) ?? 0) > Self.fullWidth / 2 ? "end" : "start"
        rows.append(
          "<g class=\"point\" tabindex=\"0\" role=\"img\">\(title)\(dot)</circle>"
            + "<text x=\"\(x)\" y=\"\(y)\" dy=\"-9\" text-anchor=\"\(anchor)\" aria-hidden=\"true\">\(value)</text></g>"
        )
      }
    }
    rows += legend.rows
    let label = xmlEscaped(alternative)
    return """
      <svg class="curve" width="480" height="\(Int(height))" viewBox="0 0 480 \(Int(height))" \
      role="group" aria-label="\(label)">
      \(rows.joined(separator: "\n"))
      </svg>
      """
  }

  /// The names of the curves above the plot, in as many rows as they need; one curve alone has none.
  private var legend: (rows: [String], rowCount: Int) {
    if drawn.count == 1 { return ([], 0) }
    var rows: [String] = []
    var (along, row) = (Self.left, 0)
    for (index, curve) in drawn.enumerated() {
      // Half an em a column is a little more than a letter of the usual typefaces takes.
      let width = 40 + 7.5 * Double(width(of: curve.name))
      if along > Self.left, along + width > Self.fullWidth - Self.right {
        (along, row) = (Self.left, row + 1)
      }
      let middle = 16 + 20 * Double(row)
      rows.append(
        "<path class=\"c\(index % 8)\" d=\"M\(number(along)) \(number(middle))h18\" stroke-width=\"3\"/>"
      )
      rows.append(text(curve.name, at: (along + 24, middle + 4), "start"))
      along += width
    }
    return (rows, row + 1)
  }

  private func text(_ text: String, at place: (x: Double, y: Double), _ anchor: String) -> String {
    "<text x=\"\(number(place.x))\" y=\"\(number(place.y))\" text-anchor=\"\(anchor)\">\(xmlEscaped(text))</text>"
  }

  /// With one digit behind the point, and none where it is zero.
  private func number(_ value: Double) -> String {
    let text = fixed(value, digits: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
