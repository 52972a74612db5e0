import Foundation
import Synchronization
import WorkbookSystem
import WorkbookChapters

/// How long each program of a package took last time, to run the slowest first.
final class TimeRecord: Sendable {
  /// By `name(of:)`.
  private let seconds: Mutex<[String: Double]>
  private let file: String
  private let root: String

  /// Reads the record; a missing or damaged one is empty.
  ///
  /// Chapters are named relative to `root`, so that a record serves a checkout elsewhere.
  init(file: String, root: String) {
    self.file = file
    self.root = URL(filePath: root).resolvingSymlinksInPath().path
    let data = try? Data(contentsOf: URL(filePath: file))
    let read = data.flatMap { try? JSONDecoder().decode([String: Double].self, from: $0) }
    seconds = Mutex(read ?? [:])
  }

  subscript(program: Program) -> Double? {
    get { seconds.withLock { $0[name(of: program)] } }
    set { seconds.withLock { $0[name(of: program)] = newValue } }
  }

  /// Writes the record; one that cannot be written only makes the next run's order worse.
  func save() {
    try? makeFolder(folder(of: file))
    try? writeFile(encodedJSON(seconds.withLock { $0 }), to: file)
  }

  /// `chapter#program`.
  func name(of program: Program) -> String { Self.name(of: program, root: root) }

  /// - Parameter root: without links.
  static func name(of program: Program, root: String) -> String {
    let path = URL(filePath: program.chapterPath).resolvingSymlinksInPath().path
    let relative = path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
    return "\(relative)#\(program.name)"
  }
}
