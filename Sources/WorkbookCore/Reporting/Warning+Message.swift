import WorkbookChapters

extension Warning {
  /// What is worth knowing, and the way out.
  package var message: String {
    switch problem {
    case .unclosedFence(let inComment):
      "only the end of the \(inComment ? "comment" : "file") closes the code block that begins here"
    case .ignoredPrints:
      "'Prints' is not checked here: this cell never runs"
    case .unchecked(1):
      "a line that this cell prints is not checked; add an output block"
    case .unchecked(let lineCount):
      "\(lineCount) lines that this cell prints are not checked; add an output block"
    case .untried(let cells, let seconds):
      "\(cells) of the cells from here on were not tried one by one, as that took \(Int(seconds)) s: an "
        + "error told of them may be another cell's; mend the first ones, or divide the program"
    case .compiler(let text): text
    }
  }
}
