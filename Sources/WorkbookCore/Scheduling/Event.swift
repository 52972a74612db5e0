import WorkbookChapters
import WorkbookConfinement

/// What a command tells while it goes on; reporters turn it into text.
package enum Event: Sendable {
  /// A run of chapters with these paths begins.
  case began(paths: [String])
  /// What is done before anything runs, such as building the library.
  case progress(BuildProgress)
  /// Programs are not confined in full, for want of these.
  case notConfined(missing: [Confinement.Means])
  /// What programs are compiled from and leave behind stays in the folder.
  case savesTemps(folder: String)
  case started(chapter: String, program: String)
  /// Chapters finish in the book's order.
  case finished(ChapterResult)
  case ended(BookResult)
  /// What comes next comes with the next save; of so many chapters these fail.
  case watching(chapters: Int, failed: [String])
  case updated(path: String, Update.Change)
  case notUpdated(Update.Refusal)
  /// A picture of a program's curve.
  case drew(path: String)
  /// What a file shall hold, or holds now.
  case differs(path: String, UnifiedDiff, isWritten: Bool)
  case adopted([AdoptedChapter])
  /// Something is wrong at a place of a file; its bytes are for the excerpt.
  case problem(any HasMessage, at: Location, isError: Bool, source: [UInt8])
  case compared(with: String, chapters: Int, drifted: Int, unreadable: Int)
  case wroteSite(folder: String, chapters: Int, modules: [String])
  case serving(address: String)
  case listed([Chapter])
  case wroteChapter(path: String)
  case wrotePackage(folder: String)
  /// What runs keep is removed; nil where nothing was kept.
  case cleaned(folder: String?)
  /// What ends the command, or one of the things that it does.
  case failed(any Error)
}
