import Foundation
import WorkbookChapters

/// What the compiler says about a program, in LLVM's style: `path:line:column: error: text`, then
/// an excerpt of the source.
package struct Diagnostic: Hashable {
  enum Severity: String { case error, warning, note, remark }

  var severity: Severity
  var text: String
  /// nil outside of the chapter.
  var location: Location?
  var notes: [CompileProblem.Note] = []

  /// More explain nothing.
  private static let mostNotes = 8

  static func parse(_ output: String, of source: ProgramSource) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var excerpt: String?
    for line in output.split(whereSeparator: \.isNewline) {
      // The excerpt may quote anything, also what looks like a diagnostic.
      if let quoted = excerpt, quoted == line {
        excerpt = nil
        continue
      }
      guard let header = Header(line, of: source) else { continue }
      excerpt = header.quoted
      if header.severity == .note, !diagnostics.isEmpty {
        let last = diagnostics.count - 1
        if diagnostics[last].notes.count < mostNotes {
          diagnostics[last].notes.append(.init(text: header.text, location: header.location))
        }
      } else {
        diagnostics.append(
          Diagnostic(severity: header.severity, text: header.text, location: header.location))
      }
    }
    return diagnostics
  }

  private struct Header {
    var severity: Severity
    var text: String
    var location: Location?
    /// The source line that follows.
    var quoted: String?

    init?(_ line: Substring, of source: ProgramSource) {
      for file in source.spelledPaths where line.hasPrefix(file + ":") {
        let rest = line.dropFirst(file.count + 1)
        let parts = rest.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        if parts.count == 3, let number = Int(parts[0]), let column = Int(parts[1]),
          let (severity, text) = Self.message(parts[2])
        {
          self.severity = severity
          self.text = text
          location = source.location(in: file, line: number, column: column)
          quoted = source.line(number, in: file)
          return
        }
      }
      // `error: …`, `<unknown>:0: error: …`, `/…/CHeader.h:3:1: error: …`
      for severity in [Severity.error, .warning, .note, .remark] {
        guard let range = line.range(of: severity.rawValue + ": ") else { continue }
        let place = line[..<range.lowerBound]
        guard place.isEmpty || Self.isPlace(place) else { continue }
        self.severity = severity
        text = Self.trimmed(line[range.upperBound...])
        if let end = source.end(at: place.dropLast(2)) {
          location = end
          return
        }
        // A path to the joined cells themselves helps nobody.
        if place.first == "/", !place.contains("/main.swift:") { text += " (\(place.dropLast(2)))" }
        return
      }
      return nil
    }

    // ` error: text`
    private static func message(_ rest: Substring) -> (Severity, String)? {
      guard let colon = rest.firstIndex(of: ":"),
        let severity = Severity(rawValue: String(rest[..<colon].drop { $0 == " " }))
      else { return nil }
      return (severity, trimmed(rest[rest.index(after: colon)...]))
    }

    // `path:3: ` or `path:3:1: `
    private static func isPlace(_ text: Substring) -> Bool {
      guard text.hasSuffix(": ") else { return false }
      let number = text.dropLast(2).reversed().prefix { $0.isWholeNumber }
      return !number.isEmpty && text.dropLast(2 + number.count).last == ":"
    }

    /// Without the name of its group, ` [#group]`, at the end.
    private static func trimmed(_ text: Substring) -> String {
      var text = text.drop { $0 == " " }
      if text.last == "]", let start = text.range(of: " [#", options: .backwards)?.lowerBound {
        text = text[..<start]
      }
      return String(text)
    }
  }
}
