import Foundation
import WorkbookSystem
import WorkbookChapters

/// Outcomes of programs, kept on disk under names that say everything that could change them.
///
/// Runners side by side may share it: an entry is written under another name and then renamed, and one
/// that was cut short or altered is not believed.
struct OutcomeCache: Sendable {
  /// The folder of the entries.
  var folder: String
  /// What the entries may take together before the oldest go.
  var limitBytes = 256 << 20

  /// The name of the outcome of a program; `environment` is all that matters besides the program.
  ///
  /// What its line comments say matters only if a macro may read them: a translation of a chapter has the
  /// outcomes of its original. Where it stands matters only if it may ask, itself or through a macro, or if
  /// what it calls does.
  static func key(
    for program: Program, environment: String, placeMatters: Bool = false,
    hasBareSlashes: Bool = false
  ) -> String {
    var hash = SHA256()
    hash.update(field: environment)
    hash.update(
      field: "\(program.mode) \(program.timeout) \(program.optimizes) \(program.languageMode)")
    hash.update(field: program.modules.joined(separator: " "))
    hash.update(field: program.prelude.map { "\($0.path)\n\($0.code.string)" } ?? "")
    hash.update(field: program.grants.joined(separator: "\n"))
    hash.update(field: program.givenFiles?.path ?? "")
    let codes = program.cells.map(\.content) + [program.prelude?.code].compactMap(\.self)
    let mayHoldMacros = codes.contains { code in
      code.string.utf8.contains { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "@") }
    }
    // In language mode 6, or by a flag, `/…/` may hold what looks like a comment or a quote.
    let commentsMatter = program.languageMode == 6 || hasBareSlashes || mayHoldMacros
    var lexer = SwiftLexer()
    for cell in program.cells {
      let kind = cell.skipReason == nil ? "\(cell.kind)" : "skipped"
      hash.update(field: "\(kind) \(cell.startsAtTopLevel) \(cell.isScope) \(cell.insertions)")
      // What a cell leaves open, the next one goes on with, but for one that is tried by itself.
      let before = lexer
      let code = withoutLineComments(cell.content, &lexer)
      if !cell.compiles { lexer = before }
      hash.update(field: commentsMatter ? cell.content.string : code)
    }
    if placeMatters || mayHoldMacros {
      hash.update(field: absolutePath(program.chapterPath))
      for line in program.cells.flatMap(\.content.lines) {
        hash.update(field: "\(line.line) \(line.column)")
      }
    }
    return hash.hexadecimal()
  }

  /// The code without what stands behind `//`; its lines and columns stay.
  private static func withoutLineComments(_ code: Text, _ lexer: inout SwiftLexer) -> String {
    code.lines.map { line in
      let bytes = Array(line.text.utf8)
      let isInCode = lexer.isInCode
      let parts = lexer.parts(of: line)
      var end = bytes.count
      if let (part, range) = parts.last, part == .comment, bytes[range].starts(with: "//".utf8),
        // `/*` stands in a line above.
        isInCode || range.lowerBound > 0,
        // A string to the compiler, which then refuses it.
        !parts.contains(where: { $0.part == .code && bytes[$0.range].contains(UInt8(ascii: "'")) }),
        // The compiler warns of it.
        !bytes.contains(0)
      {
        end = range.lowerBound
      }
      return String(decoding: bytes[..<end], as: UTF8.self) + "\n"
    }.joined()
  }

  /// The outcome kept under the key, with its places in `program`; nil where none is, where it is damaged,
  /// and where a file that it was made of has changed since.
  func outcome(for key: String, _ program: Program) -> Outcome? {
    guard let data = try? Data(contentsOf: entry(key)), data.count > 65 else { return nil }
    let body = data.dropFirst(65)
    guard String(decoding: data.prefix(64), as: UTF8.self) == digest(of: body),
      let stored = try? JSONDecoder().decode(StoredOutcome.self, from: body)
    else { return nil }
    let outcome = stored.outcome(in: program)
    return outcome.inputsAreUnchanged ? outcome : nil
  }

  /// Keeps the outcome of the program, unless a slow or full machine may have made it what it is.
  ///
  /// A cache that cannot be written is no fault of the run's: the next one does the work again.
  func store(_ outcome: Outcome, of program: Program, for key: String) {
    guard !outcome.dependsOnMachine,
      let body = try? JSONEncoder().encode(StoredOutcome(outcome, of: program))
    else { return }
    try? makeFolder(folder)
    let data = Data(digest(of: body).utf8) + Data("\n".utf8) + body
    try? writeFile(data, to: entry(key).path)
  }

  /// Removes the oldest entries until the rest is within the limit, and what writers left behind that
  /// were killed.
  func trim() {
    removeAbandonedFiles(in: folder)
    // 1,000 entries are looked at after every run: plain system calls take a tenth of the time.
    let entries = (names(in: folder) ?? []).compactMap { name in
      FileStamp("\(folder)/\(name)").map { (name: name, stamp: $0) }
    }
    var total = entries.reduce(0) { $0 + Int($1.stamp.size) }
    guard total > limitBytes else { return }
    for entry in entries.sorted(by: { $0.stamp.modified < $1.stamp.modified })
    where total > limitBytes {
      unlink("\(folder)/\(entry.name)")
      total -= Int(entry.stamp.size)
    }
  }

  private func entry(_ key: String) -> URL { URL(filePath: folder).appending(path: key) }

  private func digest(of body: Data) -> String {
    var hash = SHA256()
    hash.update(body)
    return hash.hexadecimal()
  }
}

/// An outcome as it is kept, with what is needed to move its places to an equal program elsewhere.
private struct StoredOutcome: Codable {
  struct StoredFailure: Codable {
    var problem: CompileProblem
    var location: Location
  }

  struct StoredTranscript: Codable {
    var end: Transcript.End
    var output: Data
    var errors: Data
    var cellStarts: [Int?]
    var seconds: Double
    var peakMemoryBytes: Int
    var inputs: [String: InputStamp]
  }

  var positions: CellPositions
  var failures: [StoredFailure]
  var leftOut: [Int: CellObstacle]
  var checks: [Check]
  var warnings: [Warning]
  var compileSeconds: Double
  var compileInputs: [String: InputStamp]
  var transcript: StoredTranscript?

  init(_ outcome: Outcome, of program: Program) {
    positions = CellPositions(of: program)
    failures = outcome.failures.compactMap { failure in
      guard case .compile(let problem) = failure.problem else { return nil }
      return StoredFailure(problem: problem, location: failure.location)
    }
    leftOut = outcome.leftOut
    checks = outcome.checks
    warnings = outcome.warnings
    compileSeconds = outcome.compileSeconds
    compileInputs = outcome.compileInputs
    transcript = outcome.transcript.map { transcript in
      StoredTranscript(
        end: transcript.end, output: Data(transcript.output), errors: Data(transcript.errors),
        cellStarts: transcript.cellStarts, seconds: transcript.seconds,
        peakMemoryBytes: transcript.peakMemoryBytes, inputs: transcript.inputs)
    }
  }

  func outcome(in program: Program) -> Outcome {
    Outcome(
      failures: failures.map { Failure(.compile($0.problem), at: $0.location) }, leftOut: leftOut,
      checks: checks, warnings: warnings, compileSeconds: compileSeconds,
      transcript: transcript.map { stored in
        Transcript(
          output: Array(stored.output), errors: Array(stored.errors),
          cellStarts: stored.cellStarts, end: stored.end, seconds: stored.seconds,
          peakMemoryBytes: stored.peakMemoryBytes, inputs: stored.inputs)
      },
      compileInputs: compileInputs
    ).moved(from: positions, to: CellPositions(of: program))
  }
}
