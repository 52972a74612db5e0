import WorkbookSystem
import WorkbookChapters

extension CompileProblem {
  /// The problem and the way out.
  package var message: String {
    switch self {
    case .error(let text, let notes):
      ([text] + notes.map { "note: \($0.place)\($0.text)" }).joined(separator: "\n")
    case .redeclaration(let text, let notes):
      CompileProblem.error(
        "\(text); if the cells are no one program, give this one another with program=NAME",
        notes: notes
      ).message
    case .noProduct(let module):
      "no library product has the target '\(module)'; Package.swift may add one for documentation alone, "
        + "where Context.environment[\"WORKBOOK\"] is set"
    case .moreErrors(1): "one more error begins here; mend those above first"
    case .moreErrors(let count): "\(count) more errors begin here; mend those above first"
    case .link(let lines):
      "the program compiles, but does not link with the library\n" + lines.joined(separator: "\n")
    case .compilerFailed(let end, let lines):
      (["the compiler failed (\(end.words)), which is no fault of an ordinary program"] + lines)
        .joined(separator: "\n")
    case .timedOut(let seconds):
      "the compiler needs more than \(Int(seconds)) s; break up long expressions and name their types"
    case .compiles(""):
      "this cell compiles, but is marked to fail; remove its option 'error'"
    case .compiles(let text):
      "this cell compiles, but should fail with '\(text)'; remove its option 'error', or mend the cell"
    case .undeclared(let name):
      "no module of the package declares '\(name)'; take it out, or write what there is now"
    case .declaredOtherwise(let name, let words):
      "'\(name)' is declared otherwise; there is\n" + words.joined(separator: "\n")
    case .otherErrors("", let found):
      "this cell should fail with an error on a line of its own, but fails with\n"
        + found.joined(separator: "\n")
    case .otherErrors(let text, let found):
      "this cell should fail with '\(text)', but fails with\n" + found.joined(separator: "\n")
    }
  }
}

extension CompileProblem.Note {
  fileprivate var place: String {
    location.map { "line \($0.line): " } ?? ""
  }
}

extension CompileProblem.End {
  fileprivate var words: String {
    switch self {
    case .exited(let code): "exit code \(code)"
    case .signalled(let signal): signalName(signal)
    case .exceeded(let excess): "it \(excess.message)"
    }
  }
}
