import WorkbookSystem

/// Runs of `*`, `_` and `~`, which become emphasis where two of them match.
extension InlineParser {
  mutating func markRun(_ mark: UInt8) {
    let start = index
    index = runEnd(mark, at: index)
    let (before, after) = (scalar(before: start), scalar(at: index))
    let left = !after.isSpace && (!after.isMark || before.isSpace || before.isMark)
    let right = !before.isSpace && (!before.isMark || after.isSpace || after.isMark)
    flush()
    var item = Item(inline: .text(""), mark: mark, count: index - start, length: index - start)
    if mark == UInt8(ascii: "_") {
      item.canOpen = left && (!right || before.isMark)
      item.canClose = right && (!left || after.isMark)
    } else {
      let isStrike = mark != UInt8(ascii: "~") || item.count <= 2
      (item.canOpen, item.canClose) = (left && isStrike, right && isStrike)
    }
    items.append(item)
    marks.append(items.count - 1)
  }

  private func scalar(before index: Int) -> Neighbour {
    var start = index - 1
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start < 0 ? Neighbour(nil) : scalar(at: start)
  }

  private func scalar(at index: Int) -> Neighbour {
    guard index < text.count else { return Neighbour(nil) }
    return Neighbour(
      String(decoding: text[index..<min(index + 4, text.count)], as: UTF8.self).unicodeScalars.first
    )
  }

  /// What stands beside a run of marks; the ends of the text are spaces.
  private struct Neighbour {
    var isSpace = true
    var isMark = false

    init(_ scalar: Unicode.Scalar?) {
      guard let scalar else { return }
      isSpace = scalar.properties.isWhitespace
      switch scalar.properties.generalCategory {
      case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
        .modifierSymbol, .otherSymbol:
        isMark = true
      default: break
      }
    }
  }

  /// The specification's "process emphasis", for the runs from an index of `marks` on.
  mutating func processMarks(from bottom: Int) {
    var bottoms: [[Int]: Int] = [:]
    var position = bottom
    while position < marks.count {
      let closer = items[marks[position]]
      guard closer.canClose, closer.count > 0 else {
        position += 1
        continue
      }
      let key = [Int(closer.mark), closer.length % 3, closer.canOpen ? 1 : 0]
      let least = max(bottom, bottoms[key] ?? bottom)
      guard
        let opening = (min(least, position)..<position).reversed().first(where: {
          matches(items[marks[$0]], closer)
        })
      else {
        bottoms[key] = position
        if !closer.canOpen {
          marks.remove(at: position)
          for (key, value) in bottoms where value > position { bottoms[key] = value - 1 }
        } else {
          position += 1
        }
        continue
      }
      let opener = items[marks[opening]]
      let isStrike = closer.mark == UInt8(ascii: "~")
      let count = isStrike ? closer.count : opener.count >= 2 && closer.count >= 2 ? 2 : 1
      let style: Inline.Style = isStrike ? .del : count == 2 ? .strong : .em
      items[marks[opening]].count -= count
      items[marks[opening]].after.insert(.open(style), at: 0)
      items[marks[position]].count -= count
      items[marks[position]].before.append(.close(style))
      // What stands between them is settled.
      marks.removeSubrange((opening + 1)..<position)
      position = opening + 1
      if items[marks[opening]].count == 0 {
        marks.remove(at: opening)
        position -= 1
      }
      bottoms = bottoms.filter { $0.value <= opening }
      if items[marks[position]].count == 0 { marks.remove(at: position) }
    }
    marks.removeLast(max(0, marks.count - bottom))
  }

  private func matches(_ opener: Item, _ closer: Item) -> Bool {
    guard opener.mark == closer.mark, opener.canOpen, opener.count > 0 else { return false }
    if opener.mark == UInt8(ascii: "~") { return opener.count == closer.count }
    guard opener.canClose || closer.canOpen else { return true }
    return (opener.length + closer.length) % 3 != 0
      || opener.length % 3 == 0 && closer.length % 3 == 0
  }
}
