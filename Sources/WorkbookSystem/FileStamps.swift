/// The stamps of files, by where these stand.
package struct FileStamps: Hashable, Codable {
  /// By path, in ASCII alone: any other byte, and `%`, stands as `%E2`.
  ///
  /// So names that are no text, and those that Swift takes for equal, stay apart.
  package private(set) var files: [String: FileStamp] = [:]

  /// Of the files at the paths and of all that are visible in the folders there; opens none of them.
  ///
  /// - Parameters:
  ///   - followsLinks: also to folders elsewhere; those at the paths themselves always.
  ///   - suffix: of names of folders that are passed over.
  ///   - excluded: files and folders in the folders that are passed over.
  package init(
    below paths: [String], followsLinks: Bool, without suffix: String? = nil,
    excluded: Set<String> = []
  ) {
    // A link may lead back up.
    var visited: Set<FileStamp> = []
    var rest = paths.map { Array($0.utf8CString) }
    while let path = rest.popLast() {
      guard let stamp = FileStamp(path) else { continue }
      guard stamp.isFolder else {
        files[Self.key(of: path)] = stamp
        continue
      }
      guard visited.insert(stamp).inserted else { continue }
      for name in names(in: path) ?? [] where name[0] != CChar(UInt8(ascii: ".")) {
        if let suffix, Self.text(of: name).hasSuffix(suffix) { continue }
        let path = WorkbookSystem.path(of: name, in: path)
        if !excluded.isEmpty, excluded.contains(Self.text(of: path)) { continue }
        if followsLinks || !Self.isLinkToFolder(path) { rest.append(path) }
      }
    }
  }

  package subscript(path: String) -> FileStamp? { files[Self.key(of: Array(path.utf8CString))] }

  /// The keys in one order, each with the path that it stands for.
  package var paths: [(key: String, path: [CChar])] {
    files.keys.sorted().map { ($0, Self.path(of: $0)) }
  }

  private static func text(of name: [CChar]) -> String {
    String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func isLinkToFolder(_ path: [CChar]) -> Bool {
    FileStamp(path, followsLinks: false)?.isLink == true && FileStamp(path)?.isFolder == true
  }

  private static func key(of path: [CChar]) -> String {
    var key: [UInt8] = []
    for byte in path.dropLast().map(UInt8.init(bitPattern:)) {
      if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "%") {
        key.append(byte)
      } else {
        key += "%\(String(Int(byte) + 0x100, radix: 16).dropFirst())".utf8
      }
    }
    return String(decoding: key, as: UTF8.self)
  }

  private static func path(of key: String) -> [CChar] {
    var path: [CChar] = []
    var rest = Array(key.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        path.append(CChar(bitPattern: UInt8(digits, radix: 16) ?? 0))
        rest = rest.dropFirst(2)
      } else {
        path.append(CChar(byte))
      }
    }
    return path + [0]
  }
}
