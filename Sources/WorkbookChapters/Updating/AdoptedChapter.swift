/// What `adopt` found in a chapter.
package struct AdoptedChapter: Sendable {
  package var path: String
  package var cells = 0
  package var compiled = 0
  package var run = 0
  package var checked = 0
  /// The reasons of the cells that are skipped.
  package var skipped: [SkipReason] = []
  /// What the compiler, or a run, says of cells that look like mistakes of the document.
  package var mistakes: [(location: Location, message: String)] = []

  package init(path: String) { self.path = path }
}

/// Why a cell of a document does not compile, told by the compiler's words and the code.
package enum SkipReason: String, CaseIterable, Sendable {
  case nameElsewhere, noBody, abridged, manifest, noModule, notSwift, missingContext, other

  /// - Parameter code: nil where it is not known.
  package init(_ error: String, code: String?) {
    func holds(_ parts: [String]) -> Bool { parts.contains { error.contains($0) } }
    if let code,
      code.contains("PackageDescription") || code.contains(#/\.package\(\s*(url|path|name|id):/#)
        || code.contains(#/\.product\(\s*name:/#)
    {
      self = .manifest
    } else if error.hasPrefix("no such module") {
      self = .noModule
    } else if let code, code.contains("…") || code.contains(#/(?m)(^|[\s{(,])\.\.\.([\s}),]|$)/#) {
      self = .abridged
    } else if holds(["cannot find ", "is ambiguous", "ambiguous use of", "invalid redeclaration"]) {
      self = .nameElsewhere
    } else if holds([
      "expected '{' in body", "requires an initializer", "expected '{' to start getter",
      "computed property must have accessors", "missing return", "requires a body",
      "must not contain stored",
    ]) {
      self = .noBody
    } else if holds([
      "expected ", "consecutive ", "unterminated", "extraneous ", "unexpected ", "is not a ",
      "editor placeholder", "invalid character", "unary operator", "keyword '", "missing ':'",
    ]), !error.contains("argument") {
      self = .notSwift
    } else if holds([
      "requires a contextual type", "cannot infer contextual base", "could not be inferred",
      "only valid in", "only valid inside", "declaration is only valid", "outside of a func",
      "does not override", "'self'", "extension of", "cannot be resolved without",
      "may only be declared", "unavailable", "not allowed here", "top level", "unknown attribute",
    ]) {
      self = .missingContext
    } else {
      self = .other
    }
  }
}
