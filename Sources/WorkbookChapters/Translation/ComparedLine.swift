/// What a translation may not change of a line: of code all but comments, of words only the numbers.
struct ComparedLine: Hashable {
  var line: Text.Line
  private(set) var bytes: [UInt8] = []
  /// Where each byte stands in the file.
  private var columns: [Int] = []

  static func == (a: ComparedLine, b: ComparedLine) -> Bool { a.bytes == b.bytes }
  func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  /// The lines of a cell, but for those that are a comment and nothing else.
  static func code(_ code: Text) -> [ComparedLine] {
    var lexer = SwiftLexer()
    return code.lines.compactMap { line in
      let text = Array(line.text.utf8)
      var compared = ComparedLine(line: line)
      var hasComment = false
      for (part, range) in lexer.parts(of: line) {
        switch part {
        case .code: compared.add(text[range])
        case .words: compared.add(numbersOf: text[range])
        case .comment:
          hasComment = true
          let words = text[range].drop { $0 == UInt8(ascii: "/") }.drop(while: \.isSpace)
          if words.starts(with: "Prints \"".utf8) {
            compared.add(text[range].prefix(2))
            compared.add(numbersOf: words)
          }
        }
      }
      compared.trim()
      return hasComment && compared.bytes.isEmpty ? nil : compared
    }
  }

  /// The lines of an output block.
  static func output(_ output: Text) -> [ComparedLine] {
    output.lines.map { line in
      let expected = ExpectedLine(line)
      var compared = ComparedLine(line: line)
      if expected.isEllipsis {
        compared.add(expected.bytes[expected.tokens[0].range])
      } else {
        compared.add(numbersOf: expected.bytes[...])
      }
      return compared
    }
  }

  /// What the line begins with that a number in prose is bound to.
  static func label(of quote: QuotedNumber) -> ComparedLine {
    var compared = ComparedLine(line: quote.number)
    compared.add(numbersOf: Array(quote.label.utf8)[...])
    return compared
  }

  /// The column of the file at which the line differs from another.
  func column(differingFrom other: ComparedLine) -> Int {
    let index = zip(bytes, other.bytes).prefix { $0 == $1 }.count
    return index < columns.count ? columns[index] : line.column + line.text.utf8.count
  }

  private mutating func add(_ text: ArraySlice<UInt8>) {
    bytes += text
    columns += text.indices.map { line.column + $0 }
  }

  /// Each number behind a byte 0; in other words, such as `w1`, each run of digits.
  private mutating func add(numbersOf text: ArraySlice<UInt8>) {
    for token in Token.tokens(of: text) {
      let start = text.startIndex + token.range.lowerBound
      let word = text[start..<(start + token.range.count)]
      for run in token.kind == .text ? word.split(whereSeparator: { !$0.isDigit }) : [word] {
        bytes.append(0)
        columns.append(line.column + run.startIndex)
        add(run)
      }
    }
  }

  private mutating func trim() {
    while let last = bytes.last, last.isSpace {
      bytes.removeLast()
      columns.removeLast()
    }
  }
}
