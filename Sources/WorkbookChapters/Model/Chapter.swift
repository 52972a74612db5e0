import Foundation

/// A Markdown file as the runner sees it: its fences, and the programs that its cells make.
package struct Chapter: Sendable {
  package var path: String
  /// The text of the first heading, else the file's name without its extension.
  package var title: String
  /// Every fenced block, in order; also those in hidden comments.
  package var fences: [Fence]
  /// In the order of their first cells, those that exercises make behind; none in a page.
  package var programs: [Program]
  /// What the format forbids; a program is broken where such a failure stands in it.
  package var failures: [Failure]
  /// The programs that a failure breaks, by their names; of one that is not here, nobody knows which.
  package var brokenPrograms: [Failure: Set<String>] = [:]
  package var warnings: [Warning]
  /// Whether indented code, and fences without a language, are cells.
  package var readsPlainCode = false
  /// What a comment before the first cell sets for all.
  var defaults = Options(of: .chapter)
}

/// A fenced code block.
package struct Fence: Sendable {
  package enum Role: String, Sendable {
    case cell, output, other

    /// By the first word of the info string.
    package init(info: ArraySlice<UInt8>) {
      switch InfoString.unescape(InfoString.firstWord(of: info)) {
      case let word where word.lowercased() == "swift": self = .cell
      case "output": self = .output
      default: self = .other
      }
    }
  }

  /// The opening fence's line and the closing fence's (or the last line of the container).
  package var line: Int
  package var endLine: Int
  /// The info string, trimmed, with escapes and entities resolved as CommonMark says.
  package var info: String
  package var role: Role
  /// The program (the first, where there are several) of a cell or of an output block.
  package var program: String?
  package var content: Text
  /// Those of the info string and of the comment above it; of another block none.
  var options = Options(of: .cell)
}

/// Lines taken out of a Markdown file, each with its place there.
package struct Text: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    /// Without its line end and without the prefix of its container.
    package var text: String
    /// Where `text` begins in the file.
    package var line: Int
    package var column: Int

    package init(text: String, line: Int, column: Int) {
      self.text = text
      self.line = line
      self.column = column
    }
  }

  package var lines: [Line]

  package init(lines: [Line]) { self.lines = lines }

  /// The lines, each ended by a line feed.
  package var string: String { lines.map { $0.text + "\n" }.joined() }
}

extension Chapter {
  /// The most bytes that a chapter may have.
  package static let sizeLimit = 32 << 20
}

/// Whether a file is one of Swift, whose doc comments are read.
package func isSwiftFile(_ path: String) -> Bool { path.lowercased().hasSuffix(".swift") }

extension Chapter {
  /// Adds a failure of one of its programs; one that was added for another is this one's, too.
  package mutating func add(_ failure: Failure, of program: String) {
    if brokenPrograms[failure] == nil {
      failures.append(failure)
      failures.sort { $0.location.position < $1.location.position }
    }
    brokenPrograms[failure, default: []].insert(program)
  }

  /// The first of the programs that the failure breaks; nil where that is not known.
  package func program(of failure: Failure, among names: [String]) -> String? {
    brokenPrograms[failure].flatMap { broken in names.first(where: broken.contains) }
  }

  /// A chapter of which nothing is known but why.
  package init(path: String, unreadable problem: FileProblem) {
    self.init(
      path: path, title: URL(filePath: path).deletingPathExtension().lastPathComponent, fences: [],
      programs: [],
      failures: [Failure(.file(problem), at: Location(path: path, line: 1, column: 1))],
      warnings: [])
  }
}
