import WorkbookSystem
import WorkbookChapters
import WorkbookCore

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
  /// In DocC's own words.
  case docC(String)
  case undocumented(symbol: String)
  case brokenLink(target: String)
  /// DocC wrote no JSON: it takes names over as they are.
  case unreadablePage

  /// What was written for a picture that the site does not get.
  var pictureTarget: String? {
    switch self {
    case .noSuchPicture(let target), .pictureFormat(let target), .pictureSize(let target),
      .pictureScript(let target),
      .noPicture(let target), .leadsOut(let target), .refused(let target):
      target
    default: nil
    }
  }

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
    case .pictureSize(let target):
      "\(target) is larger than \(SiteFiles.sizeLimit >> 20) MB; make the picture smaller"
    case .pictureScript(let target):
      "\(target) may run a script, load a document or declare entities; save it as plain SVG, or as PNG"
    case .noPicture(let target):
      "\(target) is no file that can be read; link to a picture"
    case .leadsOut(let target):
      "\(target) leads out of the package, or of this file's folder where there is no package; copy "
        + "the file into it"
    case .chapterLeadsOut:
      "the chapter is a link out of the package, or of its folder where there is no package; copy the "
        + "file into it"
    case .refused(let target):
      "\(shortened(target.utf8, to: 60)) is no address that a page may have; link to one that begins with "
        + "https:, http: or mailto:, or to a file of the book"
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
    case .unreadablePage:
      "docc makes a page of it that browsers cannot read; leave quotes, backslashes and control "
        + "characters out of its links"
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
