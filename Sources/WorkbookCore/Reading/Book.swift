import Foundation
import WorkbookSystem
import WorkbookChapters

/// Where chapters are looked for if no paths are given.
package func defaultPaths() throws(CommandError) -> [String] {
  if holdsChapters("chapters") { return ["chapters"] }
  let catalogs = (names(in: ".") ?? []).filter { $0.hasSuffix(".docc") }.sorted()
  let found = (["README.md"] + catalogs + ["Sources"]).filter(holdsChapters)
  if !found.isEmpty { return found }
  // An empty one is told of.
  guard ChapterFile.kind(of: "chapters") == .typeDirectory else { throw .noChapters }
  return ["chapters"]
}

/// What nobody named and holds nothing is passed over.
private func holdsChapters(_ path: String) -> Bool {
  guard ChapterFile.kind(of: path) != nil else { return false }
  return !ChapterFile.find([path]).problems.contains(.noChapters(folder: path))
}

/// The files that the paths name; without paths, those in `chapters/`, else `README.md`, those in DocC
/// catalogs and in `Sources/`.
package func findChapters(_ paths: [String]) throws -> [ChapterFile] {
  let paths = paths.isEmpty ? try defaultPaths() : paths
  let (files, problems) = ChapterFile.find(paths)
  guard problems.isEmpty else { throw FileProblems(problems: problems) }
  return files
}

/// The chapters that the paths name, read.
///
/// A file in a named folder that cannot be read is a failure of its own and stops no other. A Swift
/// file in it without cells is left out.
///
/// - Parameter readsPlainCode: whether indented code, and fences without a language, are cells also where no
///   DocC catalog says that they are Swift.
package func readBook(
  _ paths: [String], readsPlainCode: Bool = false
) throws -> [BookChapter] {
  let files = try findChapters(paths)
  var catalogs = Catalogs()
  var book = try files.compactMap { file -> BookChapter? in
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try ChapterFile.read(file.path)
    } catch {
      return BookChapter(
        chapter: Chapter(path: file.path, unreadable: error), source: [], programs: [])
    }
    let chapter = Chapter(
      path: file.path, bytes: bytes,
      readsPlainCode: readsPlainCode || catalogs.haveSwift(at: file.path)
    ).readingPreludes().readingPictures()
    if isSwiftFile(file.path), !file.isNamed, chapter.programs.isEmpty, chapter.failures.isEmpty {
      return nil
    }
    do throws(FileProblem) {
      return BookChapter(
        chapter: chapter, source: bytes, programs: try file.select(from: chapter))
    } catch {
      throw FileProblems(problems: [error])
    }
  }
  guard !book.isEmpty else {
    let folders = paths.isEmpty ? try defaultPaths() : paths
    throw FileProblems(problems: folders.map { .noChapters(folder: $0) })
  }
  refuseSharedPictures(in: &book)
  try checkPrograms(of: files, in: book, paths)
  return book
}

/// Makes it a failure where images of different programs name one file, which each would draw over.
private func refuseSharedPictures(in book: inout [BookChapter]) {
  var owners: [String: (program: Program, place: Location)] = [:]
  for index in book.indices {
    let chapter = book[index].chapter
    let images = chapter.programs.flatMap { program in program.curveImages.map { (program, $0) } }
    for (program, image) in images.sorted(by: { $0.1.file.line < $1.1.file.line }) {
      let file = absolutePath(PictureFile(of: image, in: chapter.path).path)
      let place = Location(path: chapter.path, line: image.file.line, column: image.file.column)
      guard let owner = owners[file] else {
        owners[file] = (program, place)
        continue
      }
      if owner.program.name == program.name, owner.place.path == place.path { continue }
      let problem = FormatProblem.sharedPicture(
        file: image.file.text, program: owner.program.name, place: owner.place)
      book[index].refuse(program.name, for: Failure(.format(problem), at: place))
    }
  }
}

/// Throws if a program that is wanted of a folder is in none of its chapters.
///
/// One that cannot be read may have it, and fails by itself.
private func checkPrograms(
  of files: [ChapterFile], in book: [BookChapter], _ paths: [String]
) throws {
  guard book.allSatisfy(\.failures.isEmpty) else { return }
  let wanted = Set(files.flatMap { $0.programs ?? [] })
  let selected = Set(book.flatMap { $0.programs.map(\.name) })
  let names = Set(book.flatMap { $0.chapter.programs.map(\.name) }).sorted()
  let problems = wanted.subtracting(selected).sorted().map { program in
    let path = paths.first { $0.hasSuffix("#" + program) } ?? ""
    return FileProblem.noSuchProgram(
      program, path: String(path.dropLast(program.count + 1)),
      suggestion: nearestWord(to: program, among: names))
  }
  guard problems.isEmpty else { throw FileProblems(problems: problems) }
}
