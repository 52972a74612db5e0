import Foundation
import WorkbookSystem
import WorkbookChapters

/// A Markdown or Swift file that is to be read, and which of its programs are wanted.
package struct ChapterFile: Hashable, Sendable {
  /// As the user named it, or below the folder that the user named.
  package var path: String
  /// Whether the user named this very file.
  var isNamed = false
  /// nil: all.
  package var programs: Set<String>?
  /// Programs that the user named with this very file: it is wrong not to have them.
  var requiredPrograms: Set<String> = []
  /// Lines that the user named with it, for the programs there.
  var lines: Set<Int> = []
}

extension ChapterFile {
  /// The Markdown and Swift files that the paths name.
  ///
  /// A path is a file, or a folder with all below it, perhaps with `#program` behind it. Below a folder
  /// files come in natural order (2 before 10), each once; hidden files and folders are left out, and
  /// links to folders are not followed.
  package static func find(_ paths: [String]) -> (files: [ChapterFile], problems: [FileProblem]) {
    var search = ChapterSearch()
    for path in paths { search.add(path) }
    return (search.files, search.problems)
  }

  /// The bytes of a chapter; what changes while they are read is read as it comes.
  package static func read(_ path: String) throws(FileProblem) -> [UInt8] {
    // Opening a pipe would wait for a writer.
    guard let kind = kind(of: path) else { throw .noSuchPath(path) }
    guard kind == .typeRegular else { throw .notRegular(path) }
    let data: Data
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      var read = Data()
      while read.count <= Chapter.sizeLimit,
        let part = try file.read(upToCount: Chapter.sizeLimit + 1 - read.count),
        !part.isEmpty
      {
        read += part
      }
      data = read
    } catch {
      throw .notReadable(path, reason: reason(error))
    }
    guard data.count <= Chapter.sizeLimit else { throw .tooLarge(path) }
    return [UInt8](data)
  }

  /// The programs of the chapter that are wanted.
  func select(from chapter: Chapter) throws(FileProblem) -> [Program] {
    // It may have them; why that cannot be told is what is wrong.
    if chapter.isUnreadable { return [] }
    let names = chapter.programs.map(\.name)
    for program in requiredPrograms.sorted() where !names.contains(program) {
      throw .noSuchProgram(
        program, path: path, suggestion: nearestWord(to: program, among: names))
    }
    guard var programs else { return chapter.programs }
    for line in lines.sorted() {
      guard let fence = chapter.fence(at: line) else { throw .noProgramAtLine(line, path: path) }
      programs.formUnion(chapter.programs.filter { $0.holds(fence) }.map(\.name))
    }
    return chapter.programs.filter { programs.contains($0.name) }
  }

  /// What a path leads to, links followed.
  static func kind(of path: String) -> FileAttributeType? {
    var status = stat()
    if stat(path, &status) == 0 { return kind(status) }
    // A link that loops is there, but leads nowhere.
    return errno == ELOOP ? .typeSymbolicLink : nil
  }

  fileprivate static func kind(_ status: stat) -> FileAttributeType {
    switch status.st_mode & S_IFMT {
    case S_IFREG: .typeRegular
    case S_IFDIR: .typeDirectory
    default: .typeUnknown
    }
  }
}

extension Chapter {
  /// Whether it has no program for something that is wrong with all of it.
  var isUnreadable: Bool { programs.isEmpty && !failures.isEmpty }

  /// The cell or output block at a line, else the nearest above.
  fileprivate func fence(at line: Int) -> Fence? {
    fences.last { $0.program != nil && $0.line <= line }
  }
}

extension Program {
  fileprivate func holds(_ fence: Fence) -> Bool {
    cells.contains { $0.line == fence.line } || expectations.contains { $0.line == fence.line }
  }
}

/// Collects the files of several paths.
private struct ChapterSearch {
  var files: [ChapterFile] = []
  var problems: [FileProblem] = []
  /// Where in `files` a file stands, by its path without links.
  private var indices: [String: Int] = [:]

  mutating func add(_ argument: String) {
    var path = argument
    var program: String?
    var line: Int?
    if ChapterFile.kind(of: path) == nil {
      if let hash = path.lastIndex(of: "#") {
        program = String(path[path.index(after: hash)...])
        path = String(path[..<hash])
      } else if let match = path.wholeMatch(of: #/(.+?):([0-9]{1,9})(?::[0-9]+)?/#),
        ChapterFile.kind(of: String(match.1)) == .typeRegular
      {
        line = Int(match.2)
        path = String(match.1)
      }
    }
    switch ChapterFile.kind(of: path) {
    case nil: problems.append(.noSuchPath(path))
    case .typeDirectory?:
      let count = files.count
      let problemCount = problems.count
      let isNew = addFolder(path, program)
      if !isNew, files.count == count, problems.count == problemCount {
        problems.append(.noChapters(folder: path))
      }
    case .typeRegular?:
      guard isMarkdown(path) || isSwiftFile(path) else {
        problems.append(.notAChapter(path))
        return
      }
      addFile(path, program, isNamed: true, line: line)
    default: problems.append(.notRegular(path))
    }
  }

  private func isMarkdown(_ path: String) -> Bool { path.lowercased().hasSuffix(".md") }

  /// True if the folder holds a chapter, an old one too.
  private mutating func addFolder(_ folder: String, _ program: String?) -> Bool {
    guard let found = WorkbookSystem.names(in: Array(folder.utf8CString)) else {
      problems.append(.notReadable(folder, reason: String(cString: strerror(errno))))
      return false
    }
    var names: [String] = []
    for bytes in found.map({ $0.dropLast().map(UInt8.init(bitPattern:)) }) {
      let name = String(decoding: bytes, as: UTF8.self)
      if String(validating: bytes, as: UTF8.self) != nil {
        names.append(name)
      } else if isMarkdown(name) {
        problems.append(.notReadable(join(folder, name), reason: "its name is not UTF-8"))
      }
    }
    var holdsChapter = false
    for name in names.filter({ !$0.hasPrefix(".") }).sorted(by: Self.naturally) {
      let path = folder == "." ? name : join(folder, name)
      var status = stat()
      if lstat(path, &status) == 0, ChapterFile.kind(status) == .typeDirectory {
        if addFolder(path, program) { holdsChapter = true }
      } else if isMarkdown(name) || isSwiftFile(name), ChapterFile.kind(of: path) == .typeRegular {
        addFile(path, program, isNamed: false)
        holdsChapter = true
      }
    }
    return holdsChapter
  }

  private mutating func addFile(
    _ path: String, _ program: String?, isNamed: Bool, line: Int? = nil
  ) {
    let target = realPath(path) ?? path
    let index = indices[target] ?? files.count
    if index == files.count {
      indices[target] = index
      files.append(ChapterFile(path: path, programs: []))
    }
    if isNamed { files[index].isNamed = true }
    if let line {
      files[index].lines.insert(line)
      return
    }
    guard let program else {
      files[index].programs = nil
      return
    }
    files[index].programs?.insert(program)
    if isNamed { files[index].requiredPrograms.insert(program) }
  }

  /// Runs of digits compare as numbers, everything else as text.
  static func naturally(_ a: String, _ b: String) -> Bool {
    var (a, b) = (Array(a.utf8)[...], Array(b.utf8)[...])
    while let x = a.first, let y = b.first {
      if x.isDigit, y.isDigit {
        let (i, j) = (a.prefix(while: \.isDigit), b.prefix(while: \.isDigit))
        let (m, n) = (i.drop { $0 == UInt8(ascii: "0") }, j.drop { $0 == UInt8(ascii: "0") })
        if m.count != n.count { return m.count < n.count }
        if !m.elementsEqual(n) { return m.lexicographicallyPrecedes(n) }
        if i.count != j.count { return i.count > j.count }
        (a, b) = (a[i.endIndex...], b[j.endIndex...])
      } else if x != y {
        return x < y
      } else {
        (a, b) = (a.dropFirst(), b.dropFirst())
      }
    }
    return a.isEmpty && !b.isEmpty
  }
}
