import WorkbookChapters

/// What keeps a chapter from becoming a page of the site, or the site from being whole.
enum PublishingProblem: Error, Hashable {
  case noSuchFile(target: String)
  case noSuchHeading(anchor: String, in: String, nearest: String?)
  case noSuchPicture(target: String)
  case pictureFormat(target: String)
  case pictureSize(target: String)
  case pictureScript(target: String)
  /// A folder or a pipe where a picture is wanted.
  case noPicture(target: String)
  /// A file that is not the book's.
  case leadsOut(target: String)
  /// A chapter that is a link to such a file.
  case chapterLeadsOut
  /// An address that runs a script or leads into the reader's machine, or may do so.
  case refused(target: String)
  /// A file that is no chapter: the site does not have it.
  case outsideSite(target: String)
  case htmlIsNotShown
  case formula(MathProblem)
  /// In DocC's own words.
  case docC(String)
  case undocumented(symbol: String)
  case brokenLink(target: String)
  /// DocC wrote no JSON: it takes names over as they are.
  case unreadablePage
}

/// A problem of the site, at its place in a chapter or in the library's sources.
struct SiteProblem: Error, Hashable {
  enum Severity: Hashable { case error, warning }

  var severity: Severity
  var location: Location
  var problem: PublishingProblem
}
