import Foundation
import WorkbookSystem
import WorkbookChapters

extension Chapter {
  /// The same with the preludes of its programs read; where one cannot be, its programs are broken.
  package func readingPreludes() -> Chapter {
    var chapter = self
    var told: Set<Location> = []
    for index in programs.indices {
      guard let prelude = programs[index].prelude else { continue }
      do throws(PreludeProblem) {
        chapter.programs[index].prelude = try prelude.read(beside: path)
      } catch {
        chapter.programs[index].isBroken = true
        if told.insert(prelude.place).inserted {
          chapter.failures.append(
            Failure(.format(.prelude(file: prelude.file, error)), at: prelude.place))
        }
      }
    }
    chapter.failures.sort { $0.location.position < $1.location.position }
    return chapter
  }
}

extension Prelude {
  fileprivate func read(beside chapter: String) throws(PreludeProblem) -> Prelude {
    var read = self
    let folder = WorkbookSystem.folder(of: chapter)
    let path = file.hasPrefix("/") || folder == "." ? file : join(folder, file)
    read.path = withoutSteps(path)
    guard let target = realPath(path) else { throw .missing }
    // Of a package that may not be used, its chapters say so.
    let package = (try? packageFolder(above: chapter)) ?? realPath(folder) ?? "/"
    guard target.hasPrefix(package + "/") else { throw .outside(package: package) }
    let bytes: [UInt8]
    do throws(FileProblem) { bytes = try ChapterFile.read(target) } catch { throw .unreadable }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .unreadable }
    var lines = text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    // A line feed ends the last line.
    if lines.last == "" { lines.removeLast() }
    read.code.lines = lines.enumerated().map { number, line in
      Text.Line(text: String(line), line: number + 1, column: 1)
    }
    return read
  }
}

/// The path without `..` behind a folder's name, as people write it.
private func withoutSteps(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/", omittingEmptySubsequences: false) where part != "." {
    if part == "..", let last = parts.last, last != "..", last != "" {
      parts.removeLast()
    } else {
      parts.append(part)
    }
  }
  return parts.joined(separator: "/")
}
