import WorkbookChapters

/// What a command tells while it goes on; reporters turn it into text.
package enum Event: Sendable {
  /// A run of chapters with these paths begins.
  case began(paths: [String])
  /// What is done before anything runs, such as building the library.
  case progress(String)
  /// Something that a reader should know, such as a machine that cannot confine programs.
  case note(String)
  case started(chapter: String, program: String)
  /// Chapters finish in the book's order.
  case finished(ChapterResult)
  case ended(BookResult)
  /// What comes next comes with the next save.
  case watching
  case updated(path: String, Update.Change)
  case notUpdated(Update.Refusal)
  /// Something is wrong at a place of a file; its bytes are for the excerpt.
  case problem(String, at: Location, isError: Bool, source: [UInt8])
  case compared(with: String, chapters: Int, drifted: Int, unreadable: Int)
  case wroteSite(folder: String, chapters: Int, modules: [String])
  case serving(address: String)
  /// A fault that does not end the command.
  case failed(any Error)
}
