import Foundation
import WorkbookSystem
import WorkbookChapters

/// The DocC catalogs that articles stand in and doc comments belong to.
package struct Catalogs {
  /// By the folders of sources.
  private var known: [String: Bool] = [:]

  package init() {}

  /// Whether code without a language is Swift there: the catalog of an article, or beside or above a Swift
  /// file in its package, has `CDDefaultCodeListingLanguage` in its `Info.plist`.
  package mutating func haveSwift(at path: String) -> Bool {
    let folders = absolutePath(path).split(separator: "/").dropLast()
    if let index = folders.lastIndex(where: { $0.hasSuffix(".docc") }) {
      return saysSwift("/" + folders[...index].joined(separator: "/"))
    }
    return isSwiftFile(path) && haveSwift(above: folder(of: absolutePath(path)))
  }

  private mutating func haveSwift(above folder: String) -> Bool {
    if let answer = known[folder] { return answer }
    let children = names(in: folder) ?? []
    let answer =
      if let catalog = children.sorted().first(where: { $0.hasSuffix(".docc") }) {
        saysSwift("\(folder)/\(catalog)")
      } else if folder == "/" || children.contains("Package.swift") {
        false
      } else {
        haveSwift(above: WorkbookSystem.folder(of: folder))
      }
    known[folder] = answer
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
