import WorkbookChapters

extension FormatProblem {
  /// The problem and the way out.
  package var message: String {
    switch self {
    case .notUTF8(let byte):
      "the file is not UTF-8: byte 0x\(String(byte, radix: 16, uppercase: true)) begins no "
        + "character; save it as UTF-8"
    case .unknownOption(let name, let suggestion?, _):
      "unknown option '\(name)'; did you mean '\(suggestion)'?"
    case .unknownOption(let name, nil, let holder):
      "unknown option '\(name)'; \(holder.name) takes \(OptionName.list(for: holder))"
    case .foreignWord(let word):
      "'\(word.rawValue)' is another tool's word; \(word.wayOut)"
    case .misplacedOption(let name, let holder, let other):
      "\(holder.name) takes no option '\(name)'; write it on \(other.place)"
    case .missingValue(let option):
      "option '\(option.rawValue)' needs a value, as in \(option.example)"
    case .unexpectedValue(let option):
      "option '\(option)' takes no value; write it alone"
    case .invalidValue(let option, let value):
      "option '\(option.rawValue)' cannot be '\(value)'; it takes \(option.expected)"
    case .unclosedValue(let closer):
      "this value has no end; close it with \(closer) on the same line"
    case .textAfterValue(let option):
      "text touches the end of the value of '\(option)'; put a space or comma between"
    case .duplicateOption(let name):
      "option '\(name)' stands here twice; keep one"
    case .excludingOptions(let first, let second):
      "'\(first)' and '\(second)' exclude each other; keep one"
    case .conflictingOption(let name, let program, let otherLine):
      "option '\(name)' of program '\(program)' differs from line \(otherLine)'s; write it once"
    case .unknownComment:
      "a comment to the runner begins '<!-- workbook: ' and holds options, or '<!-- workbook hidden'"
    case .unclosedComment:
      "this comment has no end where its quote or list item ends; close it with '-->'"
    case .textAfterComment:
      "text follows a comment to the runner on its line; put it on a line of its own"
    case .optionsOfHiddenComment:
      "options behind 'hidden' rule no cell; write them on the fence in this comment"
    case .commentInHTML:
      "a comment to the runner is not read inside of HTML, which goes on to a blank line; put such a line "
        + "before it, or write Markdown instead of the HTML"
    case .unattachedComment:
      "these options belong to nothing; put the comment on the line above a cell or output block, "
        + "or before the first cell with a blank line after it"
    case .commentWithoutNumber:
      "a comment in prose stands behind a number on its line and names the printed line that has it, "
        + "as in 0.25<!-- workbook: value=\"499\" -->"
    case .curveWithoutImage:
      "a comment with 'curve' stands right behind an image on its line, as in "
        + "![the loss](images/loss.svg)<!-- workbook: curve=main -->"
    case .picturePath(let file):
      "'\(file)' is no place for a picture that a run draws; name an .svg in this file's folder or in one "
        + "below it, in letters, digits and '-_.~+@'"
    case .sharedPicture(let file, let program, let place):
      "'\(file)' shows what program '\(program)' prints, at \(place.path):\(place.line); name a file of its own"
    case .picture(let file, .link):
      "a link leads to the picture '\(file)'; name a place without links"
    case .picture(let file, .unreadable):
      "the picture '\(file)' cannot be read; remove what is there, or name another place"
    case .noSuchProgram(let name, let suggestion):
      "no cell belongs to a program '\(name)'"
        + (suggestion.map { "; did you mean '\($0)'?" } ?? "; name one with 'program='")
    case .outputWithoutCell:
      "an output block needs a cell before it that prints it; if none should, name the block other "
        + "than 'output'"
    case .outputNeverRuns(let program, let option):
      "nothing prints this output: program '\(program)' never runs, for its '\(option)'; remove one "
        + "of the two"
    case .outputOfSkippedCell(let line):
      "nothing prints this output: the cell of line \(line) is skipped; remove its 'skip', or name the "
        + "block other than 'output'"
    case .outputInsideStatement(let program):
      "the statement before this output goes on in the next cell of program '\(program)'; move the "
        + "output behind its end"
    case .cellAfterTrap(let program, let trapLine):
      "program '\(program)' has ended with the cell of line \(trapLine), which traps; put this cell "
        + "before it or give it another program"
    case .prelude(let file, .missing):
      "there is no prelude '\(file)'; name a file, relative to this one"
    case .prelude(let file, .unreadable):
      "the prelude '\(file)' cannot be read; name a file of Swift in UTF-8"
    case .prelude(let file, .tooLarge):
      "the prelude '\(file)' is larger than \(Chapter.sizeLimit >> 20) MB; take out what no cell needs"
    case .prelude(let file, .outside(let package)):
      "the prelude '\(file)' is not in \(package); move it there"
    case .prelude(let file, .hidden):
      "the prelude '\(file)' is hidden, as what other tools keep is; move it elsewhere"
    case .givenFiles(let file, .noPackage):
      "'\(file)' is in no package, whose files alone a program can be given; put the chapter into one"
    case .givenFiles(let file, .missing):
      "there is no '\(file)' to give to the program; name a folder or file, relative to this one"
    case .givenFiles(let file, .outside(let package)):
      "'\(file)' is not in \(package), or leads out of it; move it there"
    case .givenFiles(let file, .hidden):
      "'\(file)' is in .git or .build, which no program may read; move it elsewhere in the package"
    case .allowanceOfDependency:
      "a dependency's program is allowed nothing besides; leave its files out, or copy the cell into a "
        + "chapter of yours"
    case .unclosedPrints:
      "this comment's text has no closing quote; write // Prints \"text\""
    case .printsInsideStatement(let program):
      "what this cell of program '\(program)' prints cannot be told from what its neighbours print, "
        + "as a statement spans them; end the statement in its cell"
    case .valueOfNothing:
      "'// =>' gives the value of an expression, or of one 'let' or 'var', that ends before it; put it there, or "
        + "leave out the arrow"
    case .exerciseWithoutSolution(let name, let suggestion?):
      "no cell is marked solution=\(name); did you mean 'exercise=\(suggestion)'?"
    case .exerciseWithoutSolution(let name, nil):
      "no cell is marked solution=\(name); write one, whose output answers are held against"
    case .solutionWithoutExercise(let name, let suggestion?):
      "no cell is marked exercise=\(name); did you mean 'solution=\(suggestion)'?"
    case .solutionWithoutExercise(let name, nil):
      "no cell is marked exercise=\(name); write one, where a reader's answer begins"
    case .duplicateCell(let option, let name, let otherLine):
      "line \(otherLine) is '\(option.rawValue)=\(name)' already; an exercise is one cell, and so is its "
        + "solution"
    case .outputOfExercise(let name):
      "exercise '\(name)' is held against the output of its solution; put this block below that"
    }
  }
}

extension ForeignWord {
  /// What to write here.
  fileprivate var wayOut: String {
    switch self {
    case .ignore: "write skip=\"why\""
    case .compileFail, .fail: "write error, or error=\"text\""
    case .shouldPanic, .crash: "write traps, or traps=\"text\""
    case .noRun, .compileOnly: "write no-run"
    case .invisible: "put the fence into a comment that begins '<!-- workbook hidden'"
    case .passthrough: "write what the cell prints into an output block below it"
    }
  }
}

extension OptionName {
  /// What its value may be.
  fileprivate var expected: String {
    switch self {
    case .program: "names of letters, digits, '-', '_' and '.', each once"
    case .exercise, .solution, .curve: "one name of letters, digits, '-', '_' and '.'"
    case .skip: "a reason"
    case .timeout: "a time up to a day, such as 20s, 500ms or 2m"
    case .rtol, .atol: "a number that is not negative, such as 1e-3"
    case .below: "a number, such as 1e-4"
    case .imports: "names of modules"
    case .prelude: "the path of a file"
    case .files: "the path of a folder or file"
    case .allow: "process, loopback, or both"
    case .languageMode: "5 or 6"
    case .error, .traps, .value: "any text"
    case .noRun, .decreasing, .optimize, .scope, .declares, .values, .adopted: "no value"
    }
  }
}

extension OptionHolder {
  fileprivate var name: String {
    switch self {
    case .cell: "a cell"
    case .output: "an output block"
    case .chapter: "a chapter's comment of defaults"
    case .number: "a number or image in prose"
    }
  }

  fileprivate var place: String {
    switch self {
    case .cell: "a cell"
    case .output: "an output block"
    case .chapter: "a comment '<!-- workbook: … -->' before the first cell, a blank line after it"
    case .number: "a comment behind a number or image in prose"
    }
  }
}
