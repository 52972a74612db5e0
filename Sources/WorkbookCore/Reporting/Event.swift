/// What a run tells while it goes on; reporters turn it into text.
package enum Event: Sendable {
  /// What is done before anything runs, such as building the library.
  case progress(String)
  /// Something that a reader should know, such as a machine that cannot confine programs.
  case note(String)
  case started(chapter: String, program: String)
  /// Chapters finish in the book's order.
  case finished(ChapterResult)
}
