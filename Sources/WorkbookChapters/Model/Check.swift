/// The outcome of one expectation.
package struct Check: Codable, Hashable, Sendable {
  package enum Kind: String, Codable, Sendable {
    case output, prints, error, traps, value, curve, exercise, declares
  }
  package enum Status: String, Codable, Sendable {
    case passed, failed
    /// Its program never got there.
    case skipped
  }

  package var program: String
  /// The opening fence's line; of `prints` the first comment's, of `value` the number's, of `curve` the image's, of `exercise`
  /// the cell's.
  package var line: Int
  package var kind: Kind
  package var status: Status
  /// Over the numbers compared; nil where there were none.
  package var maxAbsoluteError: Double?
  package var maxRelativeError: Double?
  /// The bytes that it looked at of what the program printed; nil where it looked at none.
  package var printed: Range<Int>?

  package init(
    program: String, line: Int, kind: Kind, status: Status, maxAbsoluteError: Double? = nil,
    maxRelativeError: Double? = nil, printed: Range<Int>? = nil
  ) {
    self.program = program
    self.line = line
    self.kind = kind
    self.status = status
    self.maxAbsoluteError = maxAbsoluteError
    self.maxRelativeError = maxRelativeError
    self.printed = printed
  }
}

/// All that checking a program's run found.
package struct CheckResult: Hashable, Sendable {
  /// In the order of their lines.
  package var checks: [Check]
  package var failures: [Failure]
  /// Of what was printed and not checked, at the cells that printed it.
  package var warnings: [Warning]
}

extension Program {
  /// The checks of a program that did not run: none has passed.
  ///
  /// Those of cells that must fail to compile, or declare, are left to the compiler.
  package var skippedChecks: [Check] {
    var checks: [Check] = []
    func add(_ kind: Check.Kind, _ line: Int) {
      checks.append(Check(program: name, line: line, kind: kind, status: .skipped))
    }
    for expectation in expectations { add(.output, expectation.line) }
    for quote in quotedNumbers { add(.value, quote.number.line) }
    for image in curveImages where image.picture != nil { add(.curve, image.file.line) }
    for cell in cells {
      switch cell.kind {
      case .error, .declarations, .skipped: continue
      case .trap: add(.traps, cell.line)
      case .plain: break
      }
      if let first = cell.prints.first { add(.prints, first.line) }
    }
    return checks.sorted { $0.line < $1.line }
  }
}
