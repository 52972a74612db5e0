import Foundation
import WorkbookSystem
import WorkbookChapters

/// The DocC catalogs that articles stand in and doc comments belong to.
package struct Catalogs {
  /// By folder, of articles and of sources.
  private var known: [[String: Bool]] = [[:], [:]]

  package init() {}

  /// Whether code without a language is Swift there: the catalog of an article, or beside or above a Swift
  /// file in its package, has `CDDefaultCodeListingLanguage` in its `Info.plist`.
  package mutating func haveSwift(at path: String) -> Bool {
    haveSwift(in: folder(of: absolutePath(path)), isSource: isSwiftFile(path))
  }

  private mutating func haveSwift(in folder: String, isSource: Bool) -> Bool {
    if folder.hasSuffix(".docc") { return saysSwift(folder) }
    let kind = isSource ? 1 : 0
    if let answer = known[kind][folder] { return answer }
    let children = names(in: folder) ?? []
    let catalog = isSource ? children.sorted().first { $0.hasSuffix(".docc") } : nil
    let answer =
      if let catalog {
        saysSwift("\(folder)/\(catalog)")
      } else if folder == "/" || children.contains("Package.swift") {
        false
      } else {
        haveSwift(in: WorkbookSystem.folder(of: folder), isSource: isSource)
      }
    known[kind][folder] = answer
    return answer
  }

  private func saysSwift(_ catalog: String) -> Bool {
    guard let data = FileManager.default.contents(atPath: catalog + "/Info.plist"),
      let list = try? PropertyListSerialization.propertyList(from: data, format: nil),
      let language = (list as? [String: Any])?["CDDefaultCodeListingLanguage"] as? String
    else { return false }
    return language.lowercased() == "swift"
  }
}
