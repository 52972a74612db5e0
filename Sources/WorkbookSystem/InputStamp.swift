import Foundation

/// What changes whenever a program could find something else at an absolute path: that nothing is there,
/// the links that lead on from it and from the folders above, the file, or the folder with its names.
package struct InputStamp: Hashable, Codable, Sendable {
  private struct Link: Hashable, Codable {
    var target: String
    var stamp: FileStamp?
  }

  private var links: [Link] = []
  private var file: FileStamp?
  /// Why there is no stamp of the file; 0 where nothing is there.
  private var error: Int32 = 0
  /// Of a name that is no text, since others would come as the same one: no two are equal.
  private var unique: UUID?

  /// No two are equal: of paths that are told apart by nothing but their bytes.
  package static var ofSeveral: InputStamp {
    var stamp = InputStamp("/")
    stamp.unique = UUID()
    return stamp
  }

  package init(_ path: String) {
    var place: [String] = []
    var rest = Array(steps(of: path).reversed())
    while let name = rest.popLast() {
      if name.unicodeScalars.contains("\u{FFFD}") {
        unique = UUID()
        return
      }
      switch name {
      case ".": continue
      case "..":
        _ = place.popLast()
        continue
      default: place.append(name)
      }
      let path = "/" + place.joined(separator: "/")
      guard let target = linkTarget(path) else { continue }
      let stamp = FileStamp(Array(path.utf8CString), followsLinks: false)
      links.append(Link(target: target, stamp: stamp))
      // The kernel gives up as well.
      if links.count > 40 { return }
      if isAbsolute(target) { place = [] } else { place.removeLast() }
      rest += steps(of: target).reversed()
    }
    file = FileStamp("/" + place.joined(separator: "/"))
    if file == nil, errno != ENOENT, errno != ENOTDIR { error = errno }
  }
}

/// What a link says; nil of anything else.
private func linkTarget(_ path: String) -> String? {
  var text = [UInt8](repeating: 0, count: Int(PATH_MAX))
  let count = text.withUnsafeMutableBytes { bytes in
    // As many bytes as there are.
    readlink(path, bytes.bindMemory(to: CChar.self).baseAddress!, bytes.count)
  }
  return count < 0 ? nil : String(decoding: text.prefix(count), as: UTF8.self)
}
