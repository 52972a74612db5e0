/// The lines of a part of a program's output, without blank ones at the ends.
struct PrintedLines {
  private let bytes: [UInt8]
  private var ranges: [Range<Int>]

  init(_ bytes: [UInt8], _ part: Range<Int>) {
    self.bytes = bytes
    ranges = []
    var start = part.lowerBound
    for index in part where bytes[index] == UInt8(ascii: "\n") {
      ranges.append(start..<index)
      start = index + 1
    }
    if start < part.upperBound { ranges.append(start..<part.upperBound) }
    while let last = ranges.last, isBlank(last) { ranges.removeLast() }
    if let first = ranges.firstIndex(where: { !isBlank($0) }) { ranges.removeFirst(first) }
  }

  var count: Int { ranges.count }
  subscript(index: Int) -> ArraySlice<UInt8> { bytes[ranges[index]] }

  /// The line as a report shows it; a very long one only in part.
  func string(_ index: Int) -> String {
    let line = self[index]
    let text = String(decoding: line.prefix(500), as: UTF8.self)
    return line.count > 500 ? text + "…" : text
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy(\.isSpace)
  }
}
