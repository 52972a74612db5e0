/// What a page is told of a run, a line of JSON each.
///
/// Blocks are named by their opening fences' lines in the chapter as the page shows it.
enum LiveEvent: Encodable, Sendable {
  /// What is done before the program runs, such as building the library.
  case progress(String)
  /// The program compiles, or runs.
  case compiling, running
  /// What was printed since the last time for a block.
  case printed(block: Int, text: String)
  /// The block's curve, as SVG.
  case curve(block: Int, svg: String)
  case ended(LiveResult)
  /// Something that is no fault of the program's.
  case failed(String)

  private enum Key: String, CodingKey { case event, text, block, svg, result }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    switch self {
    case .progress(let text):
      try values.encode("progress", forKey: .event)
      try values.encode(text, forKey: .text)
    case .compiling: try values.encode("compiling", forKey: .event)
    case .running: try values.encode("running", forKey: .event)
    case .printed(let block, let text):
      try values.encode("printed", forKey: .event)
      try values.encode(block, forKey: .block)
      try values.encode(text, forKey: .text)
    case .curve(let block, let svg):
      try values.encode("curve", forKey: .event)
      try values.encode(block, forKey: .block)
      try values.encode(svg, forKey: .svg)
    case .ended(let result):
      try values.encode("ended", forKey: .event)
      try values.encode(result, forKey: .result)
    case .failed(let text):
      try values.encode("failed", forKey: .event)
      try values.encode(text, forKey: .text)
    }
  }
}

/// How a run on a page ended.
struct LiveResult: Encodable, Hashable, Sendable {
  struct Block: Encodable, Hashable, Sendable {
    var block: Int
    /// `output`, `error`, `traps`, `prints` or `value`, as in the JSON of `run`.
    var kind: String
    var status: String
    /// What the block says of the run, in words.
    var verdict: String
    /// Of an output block.
    var printed: String?
    /// Its curve.
    var svg: String?
  }

  struct Failure: Encodable, Hashable, Sendable {
    /// None where it stands outside of every block.
    var block: Int?
    /// Counted from 0 in the block's text; −1 is its fence.
    var row: Int?
    /// Counted from 0 in UTF-8 bytes.
    var column: Int?
    /// Of the number or word that is off: what the block says, and what was printed.
    var expected: String?
    var actual: String?
    /// The line printed that it stands in.
    var actualLine: String?
    /// Whether it is a number in prose that the program prints otherwise.
    var isInText = false
    var kind: String
    var message: String
  }

  /// `passed`, `failed`, `compiled` or `skipped`.
  var status: String
  var isCached: Bool
  var seconds: Double
  var blocks: [Block]
  var failures: [Failure]
  /// The last lines of the error output of a program that ended badly.
  var errors: String?
}
