import Foundation
import WorkbookSystem
import WorkbookChapters

extension Chapter {
  /// The same with the pictures read that its runs draw; where one cannot be, its program is broken.
  package func readingPictures() -> Chapter {
    var chapter = self
    let language =
      programs.contains { !$0.curveImages.isEmpty } ? Translation(of: path)?.language : nil
    for index in programs.indices {
      for (number, image) in programs[index].curveImages.enumerated() {
        if let language {
          chapter.programs[index].curveImages[number].words = CurveWords(language: language)
        }
        do throws(PictureProblem) {
          let file = PictureFile(of: image, in: path)
          chapter.programs[index].curveImages[number].picture = try file.read()
        } catch {
          chapter.programs[index].isBroken = true
          let place = Location(path: path, line: image.file.line, column: image.file.column)
          chapter.add(
            Failure(.format(.picture(file: image.file.text, error)), at: place),
            of: programs[index].name)
        }
      }
    }
    return chapter
  }
}

/// A picture that a run draws anew.
package struct Drawing: Hashable, Sendable {
  package var path: String { file.path }
  let file: PictureFile
  let svg: String
  let old: CurveImage.Picture

  /// Writes the picture as a whole or not at all; false where what is there is not what was read.
  package func write(_ environment: [String: String]) throws(Fault) -> Bool {
    do throws(PictureProblem) {
      guard try file.read() == old else { return false }
    } catch { return false }
    if case .file(let bytes) = old {
      return try Library.replaceChapter(path, holding: bytes, with: Array(svg.utf8), environment)
    }
    try makeFolder(WorkbookSystem.folder(of: path))
    try writeFile(svg, to: path)
    return true
  }
}

/// The file of a picture that a run draws, in the chapter's folder or one below it, and behind no link.
struct PictureFile: Hashable {
  let path: String
  private let folder: String
  private let names: [Substring]

  init(of image: CurveImage, in chapter: String) {
    folder = WorkbookSystem.folder(of: chapter)
    path = folder == "." ? image.file.text : join(folder, image.file.text)
    names = image.file.text.split(separator: "/")
  }

  func read() throws(PictureProblem) -> CurveImage.Picture {
    var place = folder
    for name in names {
      place = join(place, String(name))
      var status = stat()
      guard lstat(place, &status) == 0 else {
        guard errno == ENOENT else { throw .unreadable }
        return .missing
      }
      if status.st_mode & S_IFMT == S_IFLNK { throw .link }
    }
    do throws(FileProblem) { return .file(try ChapterFile.read(place)) } catch {
      throw .unreadable
    }
  }
}
