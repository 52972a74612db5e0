import WorkbookSystem

/// Curves on one pair of axes, as SVG.
package struct CurvePicture {
  /// Those that differ, by all their names.
  let curves: [Curve]
  /// Those that are drawn: of curves that nobody could tell apart, one.
  let drawn: [Curve]
  /// What the numbers are, along the upright axis.
  var quantity: String
  var words: CurveWords

  private let x: Axis
  private let y: Axis

  /// - Precondition: each curve has a finite value.
  package init(_ curves: [Curve], quantity: String, words: CurveWords = .english) {
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
  /// The page's style colours it: `c0` to `c7` are the curves, `grid` the lines behind them. A point of the last
  /// curve tells its value to who hovers over it or tabs to it.
  package var inlineSVG: String {
    let label = xmlEscaped(alternative)
    return """
      <svg class="curve" width="480" height="\(height)" viewBox="0 0 480 \(height)" \
      role="group" aria-label="\(label)">
      \(rows(tellPoints: true).joined(separator: "\n"))
      </svg>
      """
  }

  /// The picture as a file of its own, which needs nothing else and holds the numbers that it shows.
  package var fileSVG: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="480" height="\(height)" viewBox="0 0 480 \(height)" \
    role="img" aria-labelledby="title description">
    <title id="title">\(xmlEscaped(words.title(of: quantity)))</title>
    <desc id="description">\(xmlEscaped(alternative))</desc>
    <metadata>
    \(curves.map(Self.numbers).joined(separator: "-\n"))</metadata>
    <style>
    \(Self.style)
    </style>
    <rect class="ground" width="480" height="\(height)" rx="8"/>
    \(rows(tellPoints: false).joined(separator: "\n"))
    </svg>

    """
  }

  /// The points of the curves that a picture's file shows, in their order; empty where it holds none.
  package static func points(inFile svg: String) -> [[StepPoint]] {
    let parts = svg.split(separator: "<metadata>", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2,
      let numbers = parts[1].split(separator: "</metadata>", omittingEmptySubsequences: false).first
    else { return [] }
    var runs = StepRuns()
    let ended = runs.read(Array(numbers.utf8))
    return (ended + [runs.last]).map(\.points).filter { !$0.isEmpty }
  }

  private static func numbers(of curve: Curve) -> String {
    curve.points.map { "\($0.step) \($0.value)\n" }.joined()
  }

  /// Of the curves, by their numbers, which can be told apart by who sees few colours.
  package static let colours = """
    path.c0 { stroke: #0072b2 } circle.c0 { fill: #0072b2 }
    path.c1 { stroke: #d55e00 } circle.c1 { fill: #d55e00 }
    path.c2 { stroke: #007a5e } circle.c2 { fill: #007a5e }
    path.c3 { stroke: #b0578d } circle.c3 { fill: #b0578d }
    path.c4 { stroke: #8a6d00 } circle.c4 { fill: #8a6d00 }
    path.c5 { stroke: #3b8fc4 } circle.c5 { fill: #3b8fc4 }
    path.c6 { stroke: #666 } circle.c6 { fill: #666 }
    path.c7 { stroke: #7a3fb0 } circle.c7 { fill: #7a3fb0 }
    """

  /// As the pages' style has them; on a ground of its own, as who shows the picture may be darker than the
  /// reader's system says.
  private static let style = """
    :root { --text: #1d1d1f; --ground: #fff; --line: #d2d2d7 }
    text { font: 13px system-ui, sans-serif; fill: var(--text) }
    path { fill: none }
    .ground { fill: var(--ground) } .grid { stroke: var(--line) } .axis { stroke: var(--text) }
    \(colours)
    @media (prefers-color-scheme: dark) {
      :root { --text: #f0f0f3; --ground: #161618; --line: #47474c }
      .c0, .c1, .c2, .c3, .c4, .c5, .c6, .c7 { filter: brightness(1.6) }
    }
    """

  private var top: Double { 16 + 20 * Double(legend.rowCount) }
  private var height: Int { Int(top + Self.plotHeight + Self.bottom) }

  /// - Parameter tellPoints: whether points tell their values.
  private func rows(tellPoints: Bool) -> [String] {
    let (legend, top) = (legend, top)
    let plotWidth = Self.fullWidth - Self.left - Self.right
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
    rows.append(text(words.step, at: (across(0.5), Double(height) - 10), "middle"))
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
      // Dots between which there is no more room say nothing: of many points, some thirty tell their values.
      let isCrowded = curve.points.count > 60
      if isCrowded && !tellPoints { continue }
      let all = Array(places.joined())
      let part = isCrowded ? (all.count + 29) / 30 : 1
      for (place, (point, x, y)) in all.enumerated()
      where place % part == 0 || place == all.count - 1 {
        let dot = "<circle class=\"\(colour)\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(number(3.5 + more))\">"
        guard tellPoints else {
          rows.append("\(dot)</circle>")
          continue
        }
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
    return rows + legend.rows
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
