import WorkbookChapters

/// A Markdown file with replacements, which knows where each of its bytes comes from.
struct EditedMarkdown {
  private struct Edit {
    var range: Range<Int>
    var text: [UInt8]
  }

  let source: [UInt8]
  private var edits: [Edit] = []

  init(_ source: [UInt8]) {
    self.source = source
  }

  /// Replaces a range of the file's bytes.
  ///
  /// Of two that overlap the first in the text counts; of insertions at one place the first stands first.
  mutating func replace(_ range: Range<Int>, with text: String) {
    edits.append(Edit(range: range, text: Array(text.utf8)))
  }

  mutating func insert(_ text: String, at offset: Int) {
    replace(offset..<offset, with: text)
  }

  /// The edited text, and for each of its bytes the offset in the file: of a replacement's bytes where
  /// the replaced range begins.
  func render() -> (text: [UInt8], origins: [Int]) {
    var text: [UInt8] = []
    var origins: [Int] = []
    var offset = 0
    func copy(upTo end: Int) {
      text += source[offset..<end]
      origins += offset..<end
      offset = end
    }
    // `sorted` is stable: insertions at one place keep their order.
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard edit.range.lowerBound >= offset else { continue }
      copy(upTo: edit.range.lowerBound)
      text += edit.text
      origins += repeatElement(offset, count: edit.text.count)
      offset = edit.range.upperBound
    }
    copy(upTo: source.count)
    return (text, origins)
  }
}
