import Foundation
import WorkbookSystem
import WorkbookCore

/// The files that a page may show: those in one folder, wherever links lead.
struct SiteFiles {
  enum Kind: Hashable {
    case missing
    /// Not in the folder, perhaps because of a link.
    case outside
    case file
    /// A folder, a pipe, a device or a file that nobody may read.
    case other
    case tooLarge
    /// A picture in SVG that may run a script.
    case scripted
  }

  /// The most bytes that a file may have.
  static let sizeLimit = 64 << 20

  /// Absolute, without links.
  private let folder: String

  init(in folder: String) {
    self.folder = realPath(folder) ?? folder
  }

  /// Those of the package that the chapter stands in; where there is none, those of its folder, or of
  /// that of the chapter that it translates.
  init(for page: SitePage) {
    let own = WorkbookSystem.folder(of: page.path)
    let original = page.translation.map { WorkbookSystem.folder(of: $0.folder) }
    self.init(in: Self.package(above: own) ?? original ?? own)
  }

  /// The package by the chapter's name; a link to another package leads out of the one that holds it.
  private static func package(above path: String) -> String? {
    var (folder, linked) = (path, String?.none)
    while true {
      if access(folder + "/Package.swift", F_OK) == 0 {
        var status = stat()
        if lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return folder }
        linked = linked ?? folder
      }
      if folder == "/" { return linked }
      folder = WorkbookSystem.folder(of: folder)
    }
  }

  /// What is at an absolute path.
  func kind(of path: String) -> Kind {
    guard !path.utf8.contains(0), let target = realPath(path) else { return .missing }
    guard let inside = inside(target) else { return .outside }
    guard let file = open(inside) else { return .other }
    let kind = kind(file.fileDescriptor)
    guard kind == .file, Self.isSVG(path) else { return kind }
    guard let data = try? file.readToEnd() ?? Data() else { return .other }
    return PictureScripts.mayRun(in: data) ? .scripted : .file
  }

  /// The content of the file at an absolute path.
  ///
  /// What it looks at is what it reads: a link that is put in the way meanwhile is not followed.
  func read(_ path: String) throws(Fault) -> Data {
    guard let target = realPath(path), let inside = inside(target), let file = open(inside),
      kind(file.fileDescriptor) == .file
    else { throw .system(doing: "read \(path)", reason: "it was changed meanwhile") }
    let data = try attempt("read \(path)") {
      try file.read(upToCount: Self.sizeLimit) ?? Data()
    }
    guard !Self.isSVG(path) || !PictureScripts.mayRun(in: data) else {
      throw .system(doing: "read \(path)", reason: "it was changed meanwhile")
    }
    return data
  }

  private static func isSVG(_ path: String) -> Bool { path.lowercased().hasSuffix(".svg") }

  /// The names from the folder down to a path without links; nil where it is not in the folder.
  private func inside(_ path: String) -> [Substring]? {
    if path == folder { return [] }
    let prefix = folder == "/" ? "/" : folder + "/"
    return path.hasPrefix(prefix) ? path.dropFirst(prefix.count).split(separator: "/") : nil
  }

  /// Opens folder after folder, no link, and a pipe without waiting for its other end.
  private func open(_ names: [Substring]) -> FileHandle? {
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    var descriptor = Foundation.open(folder, flags | O_DIRECTORY)
    for name in names where descriptor >= 0 {
      let parent = descriptor
      descriptor = openat(parent, String(name), flags | O_NOFOLLOW)
      close(parent)
    }
    return descriptor < 0 ? nil : FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private func kind(_ descriptor: Int32) -> Kind {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return .other }
    return status.st_size > Self.sizeLimit ? .tooLarge : .file
  }
}

/// The files in a folder and the folders in it, as paths relative to it, in order.
func filesBelow(_ folder: String) -> [String] {
  (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).filter {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: "\(folder)/\($0)", isDirectory: &isFolder)
      && !isFolder.boolValue
  }.sorted()
}
