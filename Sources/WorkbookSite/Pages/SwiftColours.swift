import WorkbookSystem
import WorkbookChapters

/// Swift as HTML that tells keywords (`k`), words in quotes (`s`) and comments (`c`) apart.
struct SwiftColours {
  private var lexer = SwiftLexer()

  private enum Colour: String { case none, k, s, c }

  /// The lines, each ended by a line feed but the last.
  static func html(_ code: Text) -> String {
    var colours = SwiftColours()
    return code.lines.map { colours.html($0) }.joined(separator: "\n")
  }

  private mutating func html(_ line: Text.Line) -> String {
    let bytes = Array(line.text.utf8)
    var colours = [Colour](repeating: .none, count: bytes.count)
    for (part, range) in lexer.parts(of: line) {
      switch part {
      case .comment: for index in range { colours[index] = .c }
      case .words: for index in range { colours[index] = .s }
      case .code: mark(range, bytes, &colours)
      }
    }
    var html = ""
    var start = 0
    while start < bytes.count {
      let end = (start..<bytes.count).first { colours[$0] != colours[start] } ?? bytes.count
      let text = htmlEscaped(String(decoding: bytes[start..<end], as: UTF8.self))
      html +=
        colours[start] == .none
        ? text : "<span class=\"\(colours[start].rawValue)\">\(text)</span>"
      start = end
    }
    return html
  }

  private func mark(_ range: Range<Int>, _ bytes: [UInt8], _ colours: inout [Colour]) {
    var index = range.lowerBound
    while index < range.upperBound {
      let end = bytes[index..<range.upperBound].firstIndex { !$0.isWordByte } ?? range.upperBound
      if end == index {
        if bytes[index] == UInt8(ascii: "\"") { colours[index] = .s }
        index += 1
        continue
      }
      let isMember = index > 0 && bytes[index - 1] == UInt8(ascii: ".")
      if !isMember, Self.keywords.contains(String(decoding: bytes[index..<end], as: UTF8.self)) {
        for index in index..<end { colours[index] = .k }
      }
      index = end
    }
  }

  private static let keywords = Set(
    """
    actor any as associatedtype async await borrowing break case catch class consuming continue \
    default defer deinit didSet do else enum extension fallthrough false fileprivate final for func \
    get guard if import in indirect infix init inout internal is isolated lazy let mutating nil \
    nonisolated nonmutating open operator override package postfix precedencegroup prefix private \
    protocol public repeat rethrows return self Self set some static struct subscript super switch \
    throw throws true try typealias unowned var weak where while willSet
    """.split(separator: " ").map(String.init))
}
