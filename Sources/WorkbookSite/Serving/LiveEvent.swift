/// What a page is told of a run, a line of JSON each.
///
/// Blocks are named by their opening fences' lines in the chapter as the page shows it; what happens to none is
/// told in words.
struct LiveEvent: Encodable, Hashable, Sendable {
  enum Name: String, Encodable {
    /// What is done before the program compiles, such as building the library: `text`.
    case progress
    case compiling, running
    /// The figure of `block`, an output, holds `html` now; of a cell's, what is added below it does, and
    /// `problems` and the editor's `marks` are these.
    case shown
    /// `text` was printed since the last time for `block`.
    case printed
    /// The curve of `block` is `html` now.
    case curve
    /// Its `status`, in words as well.
    case ended
    /// Something that is no fault of the program's: `text`.
    case failed
  }

  var event: Name
  var block: Int?
  var text: String?
  var html: String?
  var problems: String?
  var marks: String?
  var status: Status?

  /// How a run on a page ended.
  enum Status: String, Encodable {
    case passed, failed, compiled, skipped
  }
}
