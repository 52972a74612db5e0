/// The lines of a part of a program's output, without blank ones at the ends.
struct PrintedLines {
  private let bytes: [UInt8]
  private var ranges: ArraySlice<Range<Int>>

  init(_ bytes: [UInt8], _ part: Range<Int>) {
    self.bytes = bytes
    var ranges: [Range<Int>] = []
    var start = part.lowerBound
    for index in part where bytes[index] == UInt8(ascii: "\n") {
      ranges.append(start..<index)
      start = index + 1
    }
    if start < part.upperBound { ranges.append(start..<part.upperBound) }
    self.ranges = ranges[...]
    while let last = self.ranges.last, isBlank(last) { self.ranges.removeLast() }
    while let first = self.ranges.first, isBlank(first) { self.ranges.removeFirst() }
  }

  var count: Int { ranges.count }
  subscript(index: Int) -> ArraySlice<UInt8> { bytes[ranges[ranges.startIndex + index]] }

  /// Where the line begins in the output.
  func start(of index: Int) -> Int { ranges[ranges.startIndex + index].lowerBound }

  /// The line as a message shows it.
  func string(_ index: Int) -> String { shortened(self[index]) }

  private func isBlank(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy(\.isSpace)
  }
}
