import WorkbookSystem

extension Chapter {
  /// The chapter with other texts in some of its cells, by the lines of their opening fences, and its bytes;
  /// every byte outside of them is the old one.
  ///
  /// nil where a text cannot stand in its cell, since it would end it or change what is outside, or where
  /// there is no such cell.
  package func replacingCells(
    _ texts: [Int: String], source: [UInt8]
  ) -> (chapter: Chapter, source: [UInt8])? {
    let file = FenceText(source)
    let cells = fences.filter { texts[$0.line] != nil }
    guard cells.count == texts.count, cells.allSatisfy({ $0.role == .cell }) else { return nil }
    var bytes: [UInt8] = []
    var end = 0
    for cell in cells {
      let (old, new) = (cell.content.lines, lines(of: texts[cell.line] ?? ""))
      let prefix = file.prefix(of: cell, old)
      bytes += source[end..<file.start(ofLine: cell.line + 1)]
      end = file.start(ofLine: cell.line + 1 + old.count)
      // Lines at the beginning and the end that did not change keep even spaces at their ends.
      let first = zip(old, new).prefix { $0.text == $1 }.count
      let last = zip(old.dropFirst(first).reversed(), new.dropFirst(first).reversed())
        .prefix { $0.text == $1 }.count
      let lineEnd = file.lineEnd(of: cell)
      bytes +=
        source[
          file.start(ofLine: cell.line + 1)..<file.start(ofLine: cell.line + 1 + first)]
      for line in new[first..<(new.count - last)] {
        bytes += file.joined(prefix, Array(line.utf8)) + lineEnd
      }
      bytes += source[file.start(ofLine: cell.line + 1 + old.count - last)..<end]
    }
    bytes += source[end...]
    guard bytes.count <= Chapter.sizeLimit else { return nil }
    let edited = Chapter(path: path, bytes: bytes, readsPlainCode: readsPlainCode)
    guard edited.fences.map(\.info) == fences.map(\.info) else { return nil }
    for (fence, old) in zip(edited.fences, fences) {
      let expected = texts[old.line].map { lines(of: $0) } ?? old.content.lines.map(\.text)
      guard fence.content.lines.map(\.text) == expected else { return nil }
    }
    return (edited, bytes)
  }

  /// Whatever ends its lines have, of those that Markdown knows; of an empty text there are none.
  private func lines(of text: String) -> [String] {
    if text.isEmpty { return [] }
    return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
