import WorkbookSystem
import WorkbookChapters

extension ProgramResult {
  /// The pictures that are missing, or that show something else than what it printed.
  package var drawings: [Drawing] {
    // A run that fails otherwise proves nothing, which is told.
    guard let transcript, failures.allSatisfy({ $0.kind == .mismatch }) else { return [] }
    let images = zip(program.curveImages, checks.filter { $0.kind == .curve })
    return images.filter { $0.1.status == .failed }.compactMap { image, _ in
      guard let old = image.picture, let svg = image.svg(of: program, transcript.output) else {
        return nil
      }
      return Drawing(file: PictureFile(of: image, in: program.chapterPath), svg: svg, old: old)
    }
  }
}
