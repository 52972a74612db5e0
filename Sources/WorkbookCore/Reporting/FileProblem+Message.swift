import WorkbookChapters

extension FileProblem {
  /// The problem and the way out.
  package var message: String {
    switch self {
    case .noSuchPath(let path): "\(path): there is no such file or folder"
    case .notReadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .noChapters(let folder):
      "\(folder): there is no Markdown file (*.md) and no Swift file with cells in doc comments"
    case .notAChapter(let path):
      "\(path): is neither Markdown nor Swift; its name must end in .md or .swift"
    case .notRegular(let path): "\(path): is neither a file nor a folder"
    case .tooLarge(let path):
      "\(path): is larger than \(Chapter.sizeLimit >> 20) MB; split it into chapters"
    case .noProgramAtLine(let line, let path):
      "\(path): no cell stands at line \(line) or above it; name the line of one"
    case .noSuchProgram(let program, let path, let suggestion):
      "\(path): has no program '\(program)'" + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    }
  }
}
