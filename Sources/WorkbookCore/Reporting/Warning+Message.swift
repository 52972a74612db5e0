import WorkbookChapters

extension Warning {
  /// What is worth knowing, and the way out.
  package var message: String {
    switch problem {
    case .unclosedFence(let inComment):
      "only the end of the \(inComment ? "comment" : "file") closes the code block that begins here; close "
        + "it with a fence as long"
    case .ignoredPrints:
      "'Prints' is not checked here, as this cell never runs; remove the comment, or what keeps the "
        + "cell from running"
    case .unchecked(1):
      "a line that this cell prints is not checked; write an empty `output` block below it and run with "
        + "--update"
    case .unchecked(let lineCount):
      "\(lineCount) lines that this cell prints are not checked; write an empty `output` block below it "
        + "and run with --update"
    case .untried(let cells, let seconds):
      "\(cells) of the cells from here on were not tried one by one, as that took \(Int(seconds)) s: an "
        + "error told of them may be another cell's; mend the first ones, or divide the program"
    case .compiler(let text): text
    }
  }
}
