/// The lines in which a new text differs from an old one, with three lines around, as `diff -u` shows them.
package struct UnifiedDiff: Hashable, Sendable {
  /// The hunks, each with its head; none of equal texts.
  package private(set) var lines: [String] = []

  private static let context = 3

  package init(from old: [UInt8], to new: [UInt8]) {
    let (a, b) = (Self.lines(of: old), Self.lines(of: new))
    let difference = b.difference(from: a)
    guard !difference.isEmpty else { return }
    var (removed, inserted): (Set<Int>, Set<Int>) = ([], [])
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    // Each line of either text once, with its numbers in both.
    var rows: [(mark: Character, text: [UInt8], a: Int, b: Int)] = []
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      if i < a.count, removed.contains(i) {
        rows.append(("-", a[i], i, j))
        i += 1
      } else if j < b.count, inserted.contains(j) {
        rows.append(("+", b[j], i, j))
        j += 1
      } else {
        rows.append((" ", a[i], i, j))
        (i, j) = (i + 1, j + 1)
      }
    }
    var index = 0
    while let first = rows[index...].firstIndex(where: { $0.mark != " " }) {
      var last = first
      while let next = rows[(last + 1)...].firstIndex(where: { $0.mark != " " }),
        next - last <= 2 * Self.context
      {
        last = next
      }
      let hunk = rows[max(index, first - Self.context)..<min(rows.count, last + Self.context + 1)]
      addHead(hunk.map { $0 })
      for row in hunk { add(row.mark, row.text) }
      index = last + 1
    }
  }

  private mutating func addHead(_ rows: [(mark: Character, text: [UInt8], a: Int, b: Int)]) {
    func range(_ start: Int, _ count: Int) -> String {
      let first = count == 0 ? start : start + 1
      return count == 1 ? "\(first)" : "\(first),\(count)"
    }
    let old = range(rows[0].a, rows.count { $0.mark != "+" })
    let new = range(rows[0].b, rows.count { $0.mark != "-" })
    lines.append("@@ -\(old) +\(new) @@")
  }

  private mutating func add(_ mark: Character, _ line: [UInt8]) {
    let isEnded = line.last == UInt8(ascii: "\n")
    lines.append("\(mark)" + String(decoding: isEnded ? line.dropLast() : line[...], as: UTF8.self))
    if !isEnded { lines.append("\\ No newline at end of file") }
  }

  /// With their line feeds.
  private static func lines(of bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
      lines.append(Array(rest[..<end]))
      rest = rest[end...]
    }
    return lines
  }
}
