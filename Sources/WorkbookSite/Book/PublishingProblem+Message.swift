import WorkbookChapters
import WorkbookCore

extension PublishingProblem: HasMessage {
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
      "the site shows this HTML as text; write it in Markdown, or with details, summary, br, sub, sup, "
        + "kbd, picture or img"
    case .formula(let problem): problem.message
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
