/// What a page is told of a run, a line of JSON each.
///
/// Blocks are named by their opening fences' lines in the chapter as the page shows it.
struct LiveEvent: Encodable, Sendable {
  enum Name: String, Encodable {
    /// What is done before the program compiles, such as building the library: `text`.
    case progress
    case compiling, running
    /// `text` was printed since the last time for `block`.
    case printed
    /// The curve of `block` is `svg` now.
    case curve
    /// With its `result`.
    case ended
    /// Something that is no fault of the program's: `text`.
    case failed
  }

  var event: Name
  var block: Int?
  var text: String?
  var svg: String?
  var result: LiveResult?
}

/// How a run on a page ended.
struct LiveResult: Encodable, Hashable, Sendable {
  struct Block: Encodable, Hashable, Sendable {
    var block: Int
    /// Of an output block, what its figure holds now.
    var html: String?
    /// Of a cell, what it printed that no block covers.
    var printed: String?
  }

  struct Failure: Encodable, Hashable, Sendable {
    /// None where it stands outside of every block.
    var block: Int?
    /// Counted from 0 in the block's text; −1 is its fence.
    var row: Int?
    /// Counted from 0 in UTF-8 bytes.
    var column: Int?
    /// Whether it is a number in prose that the program prints otherwise.
    var isInText = false
    var kind: String
    var message: String
  }

  /// `passed`, `failed`, `compiled` or `skipped`.
  var status: String
  var isCached = false
  var seconds = 0.0
  var blocks: [Block] = []
  var failures: [Failure] = []
  /// The last lines that a program that ended badly wrote to standard error.
  var errors: String?
}
