import WorkbookSystem
import WorkbookChapters

/// A block of a Markdown text, with what stands in it.
struct MarkdownBlock {
  indirect enum Kind {
    case heading(level: Int, ScannedText)
    case paragraph(ScannedText)
    case table(MarkdownTable)
    case quote([MarkdownBlock])
    case list(MarkdownList)
    case fence(ScannedFence)
    case code([Text.Line])
    case html([Text.Line])
    case thematicBreak
  }

  var kind: Kind
  var lines: ClosedRange<Int>
}

/// Items with one kind of mark.
struct MarkdownList {
  struct Item {
    var blocks: [MarkdownBlock]
    var lines: ClosedRange<Int>
  }

  var marker: UInt8
  /// The number of the first item; nil without numbers.
  var start: Int?
  var items: [Item]

  /// Whether no blank line stands between the items, or between the blocks of one.
  var isTight: Bool {
    func touch(_ lines: [ClosedRange<Int>]) -> Bool {
      zip(lines, lines.dropFirst()).allSatisfy { $1.lowerBound - $0.upperBound <= 1 }
    }
    return touch(items.map(\.lines)) && items.allSatisfy { touch($0.blocks.map(\.lines)) }
  }
}

/// Builds the tree of blocks from what the scanner met.
struct MarkdownTree {
  private struct Container {
    /// nil for a quote or the text itself.
    var item: (marker: UInt8, number: Int?)?
    var blocks: [MarkdownBlock] = []
    var firstLine: Int
  }

  /// Deeper quotes and lists are read as text of this depth: nobody indents so far, and who walks the tree
  /// needs room on the stack.
  private static let depthLimit = 50

  private let scanner: BlockScanner
  private let bytes: [UInt8]
  private var open = [Container(firstLine: 1)]
  private var ignoredDepth = 0

  /// The blocks of a whole text.
  static func blocks(of bytes: [UInt8]) -> [MarkdownBlock] {
    let scanner = BlockScanner.scan(bytes)
    var tree = MarkdownTree(scanner: scanner, bytes: bytes)
    for event in scanner.events { tree.read(event) }
    return tree.open[0].blocks
  }

  private init(scanner: BlockScanner, bytes: [UInt8]) {
    self.scanner = scanner
    self.bytes = bytes
  }

  private mutating func read(_ event: BlockEvent) {
    switch event {
    case .quote(let line): begin(Container(firstLine: line))
    case .item(let line, let marker, let number):
      begin(Container(item: (marker, number), firstLine: line))
    case .end(let line): end(line)
    case .text(let index, let lines): add(scanner.texts[index], lines)
    case .fence(let index):
      let fence = scanner.fences[index]
      add(.fence(fence), fence.line.number...max(fence.line.number, fence.endLine))
    case .code(let lines): add(.code(lines), lines[0].line...lines[lines.count - 1].line)
    case .html(let lines): add(.html(lines), lines[0].line...lines[lines.count - 1].line)
    case .thematicBreak(let line): add(.thematicBreak, line...line)
    }
  }

  private mutating func begin(_ container: Container) {
    if open.count > Self.depthLimit { ignoredDepth += 1 } else { open.append(container) }
  }

  private mutating func end(_ line: Int) {
    if ignoredDepth > 0 {
      ignoredDepth -= 1
      return
    }
    let container = open.removeLast()
    let lines =
      container
      .firstLine...max(
        container.firstLine, line, container.blocks.last?.lines.upperBound ?? 0)
    guard let (marker, number) = container.item else {
      return add(.quote(container.blocks), lines)
    }
    let item = MarkdownList.Item(blocks: container.blocks, lines: lines)
    if let last = open[open.count - 1].blocks.last, case .list(var list) = last.kind,
      list.marker == marker, (list.start == nil) == (number == nil)
    {
      open[open.count - 1].blocks.removeLast()
      list.items.append(item)
      add(.list(list), last.lines.lowerBound...lines.upperBound)
    } else {
      add(.list(MarkdownList(marker: marker, start: number, items: [item])), lines)
    }
  }

  private mutating func add(_ kind: MarkdownBlock.Kind, _ lines: ClosedRange<Int>) {
    open[open.count - 1].blocks.append(MarkdownBlock(kind: kind, lines: lines))
  }

  private mutating func add(_ text: ScannedText, _ lines: ClosedRange<Int>) {
    if text.level > 0 { return add(.heading(level: text.level, text), lines) }
    guard let (before, table) = MarkdownTable.find(in: text, bytes) else {
      return add(.paragraph(text), lines)
    }
    if !before.lines.isEmpty {
      add(.paragraph(before), lines.lowerBound...(lines.lowerBound + before.lines.count - 1))
    }
    add(.table(table), (lines.lowerBound + before.lines.count)...lines.upperBound)
  }
}
