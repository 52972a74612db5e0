import WorkbookSystem

/// Where the lines of a chapter's fenced blocks stand in its bytes, and what stands before them there.
struct FenceText {
  let source: [UInt8]
  let lines: [SourceLine]

  init(_ source: [UInt8]) {
    self.source = source
    lines = Array(SourceLines(source))
  }

  /// Where a line of a block begins in the file.
  func start(of line: Text.Line) -> Int { lines[line.line - 1].first + line.column - 1 }

  /// Whether its text begins in a tab, some columns of which are its container's.
  func beginsInTab(_ line: Text.Line) -> Bool {
    let start = start(of: line)
    return start < lines[line.line - 1].first || !source[start...].starts(with: line.text.utf8)
  }

  func start(ofLine number: Int) -> Int {
    number <= lines.count ? lines[number - 1].first : source.count
  }

  /// A line of a block; a blank one ends without spaces.
  func joined(_ prefix: [UInt8], _ text: [UInt8]) -> [UInt8] {
    if !text.isEmpty { return prefix + text }
    return Array(prefix.reversed().drop(while: \.isSpaceOrTab).reversed())
  }

  func lineEnd(of fence: Fence) -> [UInt8] { lineEnd(ofLine: fence.line) }

  /// The line's, or of an open one a line feed.
  func lineEnd(ofLine number: Int) -> [UInt8] {
    let end = Array(source[lines[number - 1].end..<start(ofLine: number + 1)])
    return end.isEmpty ? [UInt8(ascii: "\n")] : end
  }

  /// What stands before the text of a line of the block: the marks and indent of its containers, and of
  /// a doc comment.
  func prefix(of fence: Fence, _ texts: [Text.Line]) -> [UInt8] {
    if let line = texts.first(where: { !$0.text.isEmpty && !beginsInTab($0) }) {
      let first = lines[line.line - 1].first
      return Array(source[first..<max(first, start(of: line))])
    }
    // The closing fence has no list marker, which the opening one may have.
    let line = lines[fence.endLine - 1]
    return source[line.first..<line.end].prefix { $0.isSpaceOrTab || ">/".utf8.contains($0) }
  }
}
