import WorkbookArrays

extension Tensor: CustomStringConvertible {
  /// The elements as PyTorch prints them: four digits, in scientific notation where magnitudes
  /// differ much, and only the edges of more than 1000 elements.
  ///
  /// ```swift
  /// let w = Tensor([0.5, 1], requiresGrad: true)
  /// print(w)
  /// print(w * 2)
  /// print(Tensor([1e-5, 1]))
  /// ```
  /// ```output
  /// tensor([0.5000, 1.0000], requiresGrad: true)
  /// tensor([1., 2.], gradFn: mul)
  /// tensor([1.0000e-05, 1.0000e+00])
  /// ```
  public var description: String {
    Capture.refuseRead("description")
    let prefix = "tensor("
    let grid = PrintedElements(values)
    var text = count == 0 ? "[]" : grid.text(indent: prefix.count)
    var lastLine =
      prefix.count + text.count
      - (text.lastIndex(of: "\n").map {
        text.distance(from: text.startIndex, to: $0)
      } ?? 0)
    var remarks: [String] = []
    if count == 0, shape != [0] { remarks.append("shape: \(shape)") }
    // Elements show the other types.
    if dtype == .float64 || count == 0 && dtype != .float32 { remarks.append("dtype: .\(dtype)") }
    if let node {
      remarks.append("gradFn: \(node.name)")
    } else if requiresGrad {
      remarks.append("requiresGrad: true")
    }
    for remark in remarks {
      let breaks = lastLine + remark.count + 2 > 80
      text += breaks ? ",\n" + String(repeating: " ", count: prefix.count) + remark : ", " + remark
      lastLine = breaks ? prefix.count + remark.count : lastLine + remark.count + 2
    }
    return prefix + text + ")"
  }
}

/// The elements of a tensor on their way to text: all of one width.
private struct PrintedElements {
  private enum Style {
    case truth, integer, wholeNumber, fixed, scientific
  }

  private static let edge = 3
  private let values: Values
  private let isAbridged: Bool
  private let style: Style
  private var width = 0

  init(_ values: Values) {
    self.values = values
    isAbridged = values.count > 1000
    let shown = isAbridged ? Self.abridged(values).elements : values.elements
    let finite = shown.filter { $0 != 0 && $0.isFinite }
    style =
      switch values.dtype {
      case .bool: .truth
      case .int64: .integer
      default: Self.style(finite)
      }
    if values.dtype == .int64 {
      let integers = (isAbridged ? Self.abridged(values) : values).integers
      width = integers.map { String($0).count }.max() ?? 1
    } else {
      let measured = values.dtype.isFloatingPoint ? finite : shown
      width = measured.map { Self.text($0, style).count }.max() ?? 1
    }
  }

  private static func style(_ finite: [Double]) -> Style {
    let magnitudes = finite.map(abs)
    guard let largest = magnitudes.max(), let smallest = magnitudes.min() else {
      return .wholeNumber
    }
    let isWhole = finite.allSatisfy { $0 == $0.rounded(.up) }
    if largest / smallest > 1000 || largest > 1e8 || !isWhole && smallest < 1e-4 {
      return .scientific
    }
    return isWhole ? .wholeNumber : .fixed
  }

  /// The elements that an abridged description shows.
  private static func abridged(_ values: Values) -> Values {
    var result = values
    for d in values.shape.indices where values.shape[d] > 2 * edge {
      let size = values.shape[d]
      result = .joined([result.slice(d, 0..<edge), result.slice(d, size - edge..<size)], d)
    }
    return result
  }

  private static func text(_ value: Double, _ style: Style) -> String {
    switch style {
    case .truth: value != 0 ? "true" : "false"
    case .integer, .wholeNumber: format("%.0f", value) + (value.isFinite ? "." : "")
    case .fixed: format("%.4f", value)
    case .scientific: format("%.4e", value)
    }
  }

  private static func format(_ format: String, _ value: Double) -> String {
    if value.isNaN { return "nan" }
    var buffer = [CChar](repeating: 0, count: 400)
    let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(decoding: buffer[..<Int(length)].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private func padded(_ element: Values) -> String {
    let text =
      style == .integer ? String(element.integers[0]) : Self.text(element.element(0), style)
    return String(repeating: " ", count: max(width - text.count, 0)) + text
  }

  func text(indent: Int) -> String { text(values, indent) }

  private func text(_ part: Values, _ indent: Int) -> String {
    guard let size = part.shape.first else { return padded(part) }
    let isCut = isAbridged && size > 2 * Self.edge
    let places = isCut ? Array(0..<Self.edge) + (size - Self.edge..<size) : Array(0..<size)
    var parts = places.map { text(part.select(0, $0), indent + 1) }
    if isCut { parts.insert(part.shape.count == 1 ? " ..." : "...", at: Self.edge) }
    if part.shape.count > 1 {
      let lines = String(repeating: "\n", count: part.shape.count - 1)
      return "[" + parts.joined(separator: "," + lines + spaces(indent + 1)) + "]"
    }
    let perLine = max((80 - indent) / (width + 2), 1)
    let lines = stride(from: 0, to: parts.count, by: perLine).map {
      parts[$0..<min($0 + perLine, parts.count)].joined(separator: ", ")
    }
    return "[" + lines.joined(separator: ",\n" + spaces(indent + 1)) + "]"
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
