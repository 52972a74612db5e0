/// What keeps a chapter from becoming a page of the site, or the site from being whole.
enum PublishingProblem: Hashable {
  case noSuchFile(target: String)
  case noSuchHeading(anchor: String, in: String, nearest: String?)
  case noSuchPicture(target: String)
  case pictureFormat(target: String)
  /// A file that is no chapter: the site does not have it.
  case outsideSite(target: String)
  case htmlIsNotShown
  /// In DocC's own words.
  case docC(String)
  case undocumented(symbol: String)
  case brokenLink(target: String)

  /// The problem and the way out.
  var message: String {
    switch self {
    case .noSuchFile(let target):
      "there is no file \(target); mend the link's path, which begins at this file's folder"
    case .noSuchHeading(let anchor, let path, let nearest):
      "\(path) has no heading '#\(anchor)'" + (nearest.map { "; did you mean '#\($0)'?" } ?? "")
    case .noSuchPicture(let target):
      "there is no picture \(target); mend its path, which begins at this file's folder"
    case .pictureFormat(let target):
      "\(target) cannot be shown; save the picture as SVG, PNG, JPEG or GIF"
    case .outsideSite(let target):
      "the site has no page for \(target), so its text is shown without the link; link to its address "
        + "on the web"
    case .htmlIsNotShown:
      "the site shows the text of HTML without its tags; write it in Markdown"
    case .docC(let message): message
    case .undocumented(let symbol):
      "\(symbol) is public and has no documentation; say in a line what it is"
    case .brokenLink(let target):
      "the page refers to \(target), which the site does not have"
    }
  }
}

/// A problem of the site, at its place in a chapter or in the library's sources.
struct SiteProblem: Error, Hashable {
  enum Severity: Hashable { case error, warning }

  var severity: Severity
  var location: Location
  var problem: PublishingProblem
}
