import Testing

@testable import WorkbookChapters

@Suite struct TokenTests {
  /// The tokens as `kind:text`, a space before those behind white space.
  static func tokens(_ line: String) -> String {
    let bytes = Array(line.utf8)
    return Token.tokens(of: bytes[...]).map { token in
      let text = String(decoding: bytes[token.range], as: UTF8.self)
      let kind =
        switch token.kind {
        case .text: "t"
        case .integer: "i"
        case .decimal: "d"
        case .nan: "nan"
        case .infinity: "inf"
        }
      return (token.followsSpace ? " " : "") + "\(kind):\(text)"
    }.joined()
  }

  @Test(arguments: [
    ("99 427.81985", " i:99 d:427.81985"), ("  a\tb\r", " t:a t:b"), ("", ""),
    ("(0.5,", " t:(d:0.5t:,"), ("loss=0.25", " t:loss=d:0.25"),
    ("[-1.5, 2]", " t:[d:-1.5t:, i:2t:]"),
    ("1e-05", " d:1e-05"), ("1E5", " d:1E5"), (".5 -.5", " d:.5 d:-.5"), ("+3 -3", " i:+3 i:-3"),
    ("x=-0.5", " t:x=d:-0.5"), ("95.2%", " d:95.2t:%"), ("0.5...1.5", " d:0.5t:...d:1.5"),
    ("0.5..<1.5", " d:0.5t:..<d:1.5"), ("3-4", " i:3t:-i:4"), ("(1)-2.5", " t:(i:1t:)-d:2.5"),
    ("12:30:05.25", " i:12t::i:30t::d:05.25"), ("took 5.", " t:took i:5t:."),
    ("1,234.5", " i:1t:,d:234.5"),
    ("--0.5", " t:-d:-0.5"), ("0..5", " i:0t:..i:5"), ("“0.5”", " t:“d:0.5t:”"),
    ("±0.5°", " t:±d:0.5t:°"),
  ])
  func `a line is words and numbers, also where punctuation touches them`(
    line: String, tokens: String
  ) {
    #expect(Self.tokens(line) == tokens)
  }

  @Test(arguments: [
    "v1.5", "1.2.3", "127.0.0.1", "0x1F", "0x1.8p3", "12ms", "1.5GB", "1_000.5", "x2", "é1.5",
    "1.5é", "w1e5",
    "1e99999", "model.0.weight", "1.5e", "٣.٥",
  ])
  func `digits that are part of a word are no number`(line: String) {
    #expect(Self.tokens(line) == " t:\(line)")
  }

  @Test(arguments: [
    ("nan", " nan:nan"), ("-nan", " nan:-nan"), ("(inf,-inf)", " t:(inf:inft:,inf:-inft:)"),
    ("NaN Infinity", " nan:NaN inf:Infinity"), ("nano banana info", " t:nano t:banana t:info"),
    ("a-nan", " t:a-nan:nan"),
  ])
  func `nan and inf are numbers of their own`(line: String, tokens: String) {
    #expect(Self.tokens(line) == tokens)
  }

  @Test func `bytes that are no UTF-8 are text`() {
    let bytes: [UInt8] = [0xFF, 0x31, 0x2E, 0x35, 0xC3, 0x20, 0xF0]
    #expect(Token.tokens(of: bytes[...]).map(\.kind) == [.text, .decimal, .text, .text])
  }
}
