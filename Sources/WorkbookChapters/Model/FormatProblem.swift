/// What the chapter format forbids.
package enum FormatProblem: Hashable, Sendable {
  /// The first byte that belongs to no character.
  case notUTF8(byte: UInt8)

  // Options, each at its own place.
  case unknownOption(name: String, suggestion: String?, on: OptionHolder)
  /// What another runner of cells calls an option of ours.
  case foreignWord(ForeignWord)
  /// An option of another kind of place, such as `rtol` on a cell.
  case misplacedOption(name: String, on: OptionHolder, belongsOn: OptionHolder)
  case missingValue(option: OptionName)
  case unexpectedValue(option: String)
  case invalidValue(option: OptionName, value: String)
  case unclosedValue(closer: Character)
  /// Characters touch the end of a quoted or bracketed value.
  case textAfterValue(option: String)
  case duplicateOption(name: String)
  case excludingOptions(first: String, second: String)
  /// Cells of one program disagree.
  case conflictingOption(name: String, program: String, otherLine: Int)

  // Comments that begin `<!-- workbook`.
  case unknownComment
  case unclosedComment
  case textAfterComment
  /// Options behind `hidden`, where they rule no cell.
  case optionsOfHiddenComment
  /// A comment inside of HTML, which is read up to a blank line.
  case commentInHTML
  /// A comment of options that stands neither above a fence that takes them nor before the first cell.
  case unattachedComment
  /// A comment in prose that binds no number to what a program prints: it has no `value`, or there is
  /// no number before it on its line.
  case commentWithoutNumber
  /// A comment with `curve` that does not stand right behind an image.
  case curveWithoutImage
  /// A picture that is no SVG in the chapter's folder or one below.
  case picturePath(file: String)
  case picture(file: String, PictureProblem)
  /// Each would draw over the other's.
  case sharedPicture(file: String, program: String, place: Location)

  // Cells and what they print.
  case outputWithoutCell
  case outputNeverRuns(program: String, option: String)
  /// All cells that could print it are skipped; the last of them.
  case outputOfSkippedCell(line: Int)
  case noSuchProgram(name: String, suggestion: String?)
  /// Braces, brackets or literals that cells opened are still open.
  case outputInsideStatement(program: String)
  case cellAfterTrap(program: String, trapLine: Int)
  case unclosedPrints
  case prelude(file: String, PreludeProblem)
  case givenFiles(file: String, GivenFilesProblem)
  /// Who wrote it did not write the package that it runs in.
  case allowanceOfDependency
  case printsInsideStatement(program: String)
  /// `// =>` that stands behind nothing with one value.
  case valueOfNothing

  // Exercises.
  case exerciseWithoutSolution(name: String, suggestion: String?)
  case solutionWithoutExercise(name: String, suggestion: String?)
  /// Two cells are the exercise, or the solution, of one name.
  case duplicateCell(option: OptionName, name: String, otherLine: Int)
  /// The solution's output is what an exercise is held against.
  case outputOfExercise(name: String)
}

/// Why a file cannot be a chapter's prelude.
package enum PreludeProblem: Error, Hashable, Sendable {
  case missing, unreadable, tooLarge
  /// It must stand in the package, or without one in the chapter's folder.
  case outside(package: String)
  /// `.git` and `.build` are other tools' business, and outside of packages all that a dot hides.
  case hidden
}

/// Why a program cannot be given a folder or file.
package enum GivenFilesProblem: Error, Hashable, Sendable {
  case missing
  /// The chapter stands in no package.
  case noPackage
  case outside(package: String)
  /// `.git` and `.build` are no program's business.
  case hidden
}

/// Why a file cannot be a picture that a run writes.
package enum PictureProblem: Error, Hashable, Sendable {
  /// It, or a folder on the way to it, is a link, which may lead anywhere.
  case link
  case unreadable
}

/// What takes options.
package enum OptionHolder: Hashable, Sendable {
  case cell, output, chapter
  /// A number or image in prose.
  case number
}
