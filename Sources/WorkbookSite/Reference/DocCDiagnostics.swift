import Foundation

/// What `docc convert --diagnostics-file` writes.
struct DocCDiagnostics: Decodable {
  struct Diagnostic: Decodable {
    struct Range: Decodable {
      struct Position: Decodable {
        var line: Int
        var column: Int
      }
      var start: Position
    }
    struct Solution: Decodable { var summary: String }

    var severity: String
    /// A `file:` address.
    var source: String?
    var range: Range?
    var summary: String
    var explanation: String?
    var solutions: [Solution]?

    var file: String? { source.flatMap { URL(string: $0)?.path } }

    /// In one line.
    var message: String {
      let parts = [summary, explanation].compactMap(\.self) + (solutions ?? []).map(\.summary)
      return parts.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
        .joined(separator: "; ")
    }
  }

  var diagnostics: [Diagnostic]
}
