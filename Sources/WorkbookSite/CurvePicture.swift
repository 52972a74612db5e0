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

  private struct Colours {
    var text: String
    var grid: String
    /// Of curves, told apart also by those who see few colours (after Okabe and Ito, 2008).
    var curves: [String]
  }

  private static let light = Colours(
    text: "#333", grid: "#ddd",
    curves: [
      "#0072b2", "#d55e00", "#007a5e", "#b0578d", "#8a6d00", "#3b8fc4", "#555", "#7a3fb0",
    ])
  private static let dark = Colours(
    text: "#ddd", grid: "#444",
    curves: [
      "#56b4e9", "#ff9a57", "#2fc79e", "#e69ac6", "#e6c84a", "#9ad0f2", "#bbb", "#c39bf0",
    ])

  /// The picture for a light or a dark page; the same bytes for the same curves.
  func svg(isDark: Bool) -> String {
    let colours = isDark ? Self.dark : Self.light
    let legend = legend(colours)
    let top = 16 + 20 * Double(legend.rowCount)
    let plotWidth = Self.fullWidth - Self.left - Self.right
    let height = top + Self.plotHeight + Self.bottom
    func across(_ place: Double) -> String { fixed(Self.left + place * plotWidth, digits: 1) }
    func up(_ place: Double) -> String { fixed(top + (1 - place) * Self.plotHeight, digits: 1) }

    var rows: [String] = []
    for tick in y.ticks {
      rows.append(
        "<path d=\"M\(across(0)) \(up(tick.place))H\(across(1))\" stroke=\"\(colours.grid)\"/>")
      rows.append(text(tick.label, at: (Self.left - 8, number(up(tick.place)) + 4), "end"))
    }
    for tick in x.ticks {
      rows.append("<path d=\"M\(across(tick.place)) \(up(0))v5\" stroke=\"\(colours.text)\"/>")
      rows.append(text(tick.label, at: (number(across(tick.place)), number(up(0)) + 19), "middle"))
    }
    rows.append("<path d=\"M\(across(0)) \(up(0))H\(across(1))\" stroke=\"\(colours.text)\"/>")
    rows.append(text(words.step, at: (number(across(0.5)), height - 10), "middle"))
    rows.append(
      "<g transform=\"translate(16 \(up(0.5))) rotate(-90)\">\(text(quantity, at: (0, 0), "middle"))</g>"
    )
    for (index, curve) in drawn.enumerated() {
      let colour = colours.curves[index % colours.curves.count]
      // A number that is not finite has no place: the line begins anew behind it.
      let runs = curve.points.split { !$0.value.isFinite }
      let path = runs.map { run in
        run.enumerated().map { index, point in
          "\(index == 0 ? "M" : "L")\(across(x.place(of: Double(point.step)))) \(up(y.place(of: point.value)))"
        }.joined()
      }.joined()
      // A little more than the curves drawn after it, so that none hides another.
      let more = 0.5 * Double(drawn.count - 1 - index)
      let (width, radius) = (fixed(2 + more, digits: 1), fixed(3.5 + more, digits: 1))
      rows.append(
        "<path d=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(width)\"/>")
      // Dots between which there is no more room say nothing.
      for point in runs.joined() where curve.points.count <= 60 {
        rows.append(
          "<circle cx=\"\(across(x.place(of: Double(point.step))))\" cy=\"\(up(y.place(of: point.value)))\" r=\"\(radius)\" fill=\"\(colour)\"/>"
        )
      }
    }
    rows += legend.rows
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="480" height="\(Int(height))" viewBox="0 0 480 \(Int(height))" \
      role="img" font-family="system-ui, sans-serif" font-size="13" fill="\(colours.text)">
      <title>\(xmlEscaped(alternative))</title>
      \(rows.joined(separator: "\n"))
      </svg>

      """
  }

  /// The names of the curves above the plot, in as many rows as they need; one curve alone has none.
  private func legend(_ colours: Colours) -> (rows: [String], rowCount: Int) {
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
      let colour = colours.curves[index % colours.curves.count]
      rows.append(
        "<path d=\"M\(fixed(along, digits: 1)) \(fixed(middle, digits: 1))h18\" stroke=\"\(colour)\" stroke-width=\"3\"/>"
      )
      rows.append(text(curve.name, at: (along + 24, middle + 4), "start"))
      along += width
    }
    return (rows, row + 1)
  }

  private func text(_ text: String, at place: (x: Double, y: Double), _ anchor: String) -> String {
    "<text x=\"\(fixed(place.x, digits: 1))\" y=\"\(fixed(place.y, digits: 1))\" text-anchor=\"\(anchor)\">\(xmlEscaped(text))</text>"
  }

  private func number(_ text: String) -> Double { Double(text) ?? 0 }
}

extension CurvePicture {
  /// The picture for light and for dark pages, as DocC's naming wants it.
  func files(named name: String) -> [Article.Picture] {
    [
      Article.Picture(name: name + ".svg", content: .svg(svg(isDark: false))),
      Article.Picture(name: name + "~dark.svg", content: .svg(svg(isDark: true))),
    ]
  }
}
