import Foundation
import WorkbookSystem
import WorkbookChapters

extension Chapter {
  /// The same with the preludes of its programs read, and their files found; where that cannot be, a program is
  /// broken.
  package func readingPreludes() -> Chapter {
    var chapter = self
    chapter.findGivenFiles()
    for index in programs.indices {
      guard let prelude = programs[index].prelude else { continue }
      do throws(PreludeProblem) {
        chapter.programs[index].prelude = try prelude.read(beside: path)
      } catch {
        chapter.fail((.prelude(file: prelude.file, error), prelude.place), index)
      }
    }
    return chapter
  }

  /// The paths of the files that its programs are given besides their cells, whether they are there or not.
  package var givenPaths: Set<String> {
    Set(
      programs.flatMap { [$0.prelude?.file, $0.givenFiles?.file] }.compactMap { file in
        file.map { beside(path, $0) }
      })
  }

  private mutating func findGivenFiles() {
    for index in programs.indices {
      let program = programs[index]
      do throws(GivenFilesProblem) {
        programs[index].givenFiles = try program.givenFiles?.found(beside: path)
      } catch {
        fail(program.givenFiles.map { (.givenFiles(file: $0.file, error), $0.place) }, index)
      }
      if !program.allowances.isEmpty, isOfDependency {
        let line = program.cells.first?.line ?? 1
        fail((.allowanceOfDependency, Location(path: path, line: line, column: 1)), index)
      }
    }
  }

  private mutating func fail(
    _ failure: (problem: FormatProblem, place: Location)?, _ index: Int
  ) {
    programs[index].isBroken = true
    guard let failure else { return }
    add(Failure(.format(failure.problem), at: failure.place), of: programs[index].name)
  }

  /// Whether SwiftPM has fetched it.
  private var isOfDependency: Bool {
    (realPath(path) ?? path).split(separator: "/").dropLast().contains(".build")
  }
}

extension GivenFiles {
  fileprivate func found(beside chapter: String) throws(GivenFilesProblem) -> GivenFiles {
    guard let target = realPath(beside(chapter, file)) else { throw .missing }
    // What stands beside a notebook is its reader's.
    guard let package = (try? packageFolder(above: chapter)) ?? nil else { throw .noPackage }
    guard target.hasPrefix(package + "/") else { throw .outside(package: package) }
    if isOfOtherTools(target, in: package) { throw .hidden }
    var found = self
    found.path = target
    return found
  }
}

extension Prelude {
  fileprivate func read(beside chapter: String) throws(PreludeProblem) -> Prelude {
    var read = self
    let folder = WorkbookSystem.folder(of: chapter)
    let path = beside(chapter, file)
    read.path = withoutSteps(path)
    guard let target = realPath(path) else { throw .missing }
    // Of a package that may not be used, its chapters say so.
    let own = (try? packageFolder(above: chapter)) ?? nil
    let package = own ?? realPath(folder) ?? "/"
    guard target.hasPrefix(package + "/") else { throw .outside(package: package) }
    // The compiler's messages may quote it.
    let isHidden =
      own == nil
      ? target.dropFirst(package.count).contains("/.") : isOfOtherTools(target, in: package)
    if isHidden { throw .hidden }
    let bytes: [UInt8]
    do throws(FileProblem) { bytes = try ChapterFile.read(target) } catch {
      if case .tooLarge = error { throw .tooLarge }
      throw .unreadable
    }
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    guard
      let text = String(
        validating: bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0), as: UTF8.self)
    else { throw .unreadable }
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
