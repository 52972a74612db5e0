import Foundation
import WorkbookSystem
import WorkbookChapters

/// The pictures of a page: which files it shows, and what they are called beside it.
struct PagePictures {
  struct Picture: Hashable {
    /// Below the site's root.
    var address: String
    /// Absolute.
    var path: String
    var size: PictureSize?
  }

  private(set) var pictures: [Picture] = []
  private let pageName: String
  private let files: PageFiles
  private var known: [String: (light: Picture, dark: Picture?)] = [:]
  private var taken: Set<String> = []

  static let formats: Set<String> = ["svg", "png", "jpg", "jpeg", "gif"]

  init(of pageName: String, _ files: PageFiles) {
    self.pageName = pageName
    self.files = files
  }

  static func isPicture(_ path: String) -> Bool {
    formats.contains((path as NSString).pathExtension.lowercased())
  }

  /// What is at an absolute path.
  func kind(of path: String) -> SiteFiles.Kind { files.kind(path) }

  /// Takes the picture at a path, and its dark sister (`name~dark.svg`) too.
  mutating func add(
    _ path: String, written: String
  ) throws(PublishingProblem) -> (light: Picture, dark: Picture?) {
    if let pair = known[path] { return pair }
    let format = (path as NSString).pathExtension
    let dark = "\((path as NSString).deletingPathExtension)~dark.\(format)"
    try check(path, written)
    if files.kind(dark) != .missing { try check(dark, written) }
    guard Self.formats.contains(format.lowercased()) else { throw .pictureFormat(target: written) }
    let pair = (
      light: picture(path, format),
      dark: files.kind(dark) == .file ? picture(dark, format) : nil
    )
    known[path] = pair
    return pair
  }

  private func check(_ path: String, _ written: String) throws(PublishingProblem) {
    switch files.kind(path) {
    case .file: break
    case .missing: throw .noSuchPicture(target: written)
    case .outside: throw .leadsOut(target: written)
    case .other: throw .noPicture(target: written)
    case .tooLarge: throw .pictureSize(target: written)
    case .scripted: throw .pictureScript(target: written)
    }
  }

  private mutating func picture(_ path: String, _ format: String) -> Picture {
    let file = (path as NSString).lastPathComponent as NSString
    let stem = String(
      file.deletingPathExtension.map {
        $0.isASCII && ($0.isLetter || $0.isNumber) || "-_".contains($0) ? $0 : "-"
      })
    let base = "\(pageName)--\(stem.prefix(60))"
    var name = base
    var count = 1
    while !taken.insert(name).inserted {
      count += 1
      name = "\(base)--\(count)"
    }
    let picture = Picture(
      address: "pictures/\(name).\(format.lowercased())", path: path,
      size: files.read(path).flatMap { PictureSize(of: $0) })
    pictures.append(picture)
    return picture
  }
}
