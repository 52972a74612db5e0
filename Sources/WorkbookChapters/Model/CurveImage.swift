/// An image in prose that shows what a program prints, as a comment behind it says:
/// `![the loss](images/a.svg)<!-- workbook: curve=main -->`.
package struct CurveImage: Hashable, Sendable {
  package enum Picture: Hashable, Sendable {
    case missing
    case file([UInt8])
  }

  /// Its path from the chapter's folder, in which it stands or in one below, and where that is written.
  package var file: Text.Line
  /// What is there; nil where nobody looked.
  package var picture: Picture?
  package var words = CurveWords.english

  package init(file: Text.Line) { self.file = file }

  /// Whether the path names a picture in the chapter's folder, or in one below it.
  static func isAllowed(_ file: String) -> Bool {
    let names = file.split(separator: "/", omittingEmptySubsequences: false)
    return file.hasSuffix(".svg")
      && names.allSatisfy { name in
        name.first != nil && name.first != "."
          && name.allSatisfy { $0.isLetter || $0.isNumber || "-_.~+@".contains($0) }
      }
  }
}
