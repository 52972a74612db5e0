import WorkbookSystem

/// A chapter whose `output` blocks say what its programs print.
package struct Update: Sendable {
  /// A line of the file that was rewritten, added or removed.
  package struct Change: Hashable, Sendable {
    /// Counted in the file as it was; of an added line, the one it stands before.
    package var line: Int
    package var old: String?
    package var new: String?
  }

  package struct Refusal: Hashable, Sendable {
    package var location: Location
    package var problem: UpdateProblem

    package init(location: Location, problem: UpdateProblem) {
      self.location = location
      self.problem = problem
    }

    /// Nothing of what shall stand in the file can stand there.
    package static func unwritable(_ path: String) -> Refusal {
      Refusal(location: Location(path: path, line: 1, column: 1), problem: .unwritable)
    }

    /// The file is not as it was read.
    package static func edited(_ path: String) -> Refusal {
      Refusal(location: Location(path: path, line: 1, column: 1), problem: .edited)
    }
  }

  /// A program's run, with what its checks found.
  package struct Run: Sendable {
    package var transcript: Transcript
    package var checks: [Check]
    package var failures: [Failure]

    package init(transcript: Transcript, checks: [Check], failures: [Failure]) {
      self.transcript = transcript
      self.checks = checks
      self.failures = failures
    }
  }

  /// The whole file; every byte that no change names is the old one.
  package private(set) var bytes: [UInt8]
  package private(set) var changes: [Change] = []
  package private(set) var refusals: [Refusal] = []

  private let path: String
  /// The file as it was.
  private let source: [UInt8]
  private let file: FenceText

  /// Rewrites what fell outside of its tolerance in the blocks of the programs, by their names, that ran.
  ///
  /// Throws `Fault.cancelled` when the task is cancelled.
  package init(
    of chapter: Chapter, source: [UInt8], runs: [String: Run]
  ) throws(Fault) {
    path = chapter.path
    self.source = source
    bytes = source
    file = FenceText(source)
    let fences = Dictionary(uniqueKeysWithValues: chapter.fences.map { ($0.line, $0) })
    var blocks: [Int: Block] = [:]
    // What the start of an exercise prints is not what its solution's blocks say.
    let written = chapter.programs.filter { $0.exercise == nil }
    for program in written where !program.isBroken && program.mode == .run {
      if let run = runs[program.name] { try add(program, run, to: &blocks, fences) }
    }
    let good = try holding(blocks.values.sorted { $0.line < $1.line }, chapter, runs)
    bytes = replaced(good)
    changes = good.flatMap { $0.edits.map(\.change) }
  }

  // MARK: - Blocks

  /// The edits of one block.
  private struct Block {
    var line: Int
    var column: Int
    var edits: [FileEdit]
  }

  /// Bytes of the file that others shall stand for.
  private struct FileEdit {
    var range: Range<Int>
    var bytes: [UInt8]
    var change: Change
  }

  private mutating func add(
    _ program: Program, _ run: Run, to blocks: inout [Int: Block], _ fences: [Int: Fence]
  ) throws(Fault) {
    if let end = run.failures.first(where: \.isOfEnd) {
      refusals.append(Refusal(location: end.location, problem: .programFailed))
      return
    }
    let checks = run.checks.filter { $0.kind == .output }
    for (expectation, check) in zip(program.expectations, checks) {
      // A block that programs share is the first one's to write; all of them check it afterwards.
      guard blocks[expectation.line] == nil, let fence = fences[expectation.line],
        let range = check.printed
      else { continue }
      let printed = PrintedLines(run.transcript.output, range)
      let tolerance = Tolerance(
        relative: expectation.relativeTolerance, absolute: expectation.absoluteTolerance)
      let update = try BlockUpdate(expectation.content.lines, printed, tolerance)
      let convergence = try Convergence.problems(of: expectation, printed).first
      if let problem = convergence.map(UpdateProblem.convergence) ?? update.problem {
        refuse(expectation.line, expectation.column, problem)
      } else if !update.edits.isEmpty {
        blocks[expectation.line] = Block(
          line: expectation.line, column: expectation.column, edits: fileEdits(update, fence))
      }
    }
    for (quote, check) in zip(program.quotedNumbers, run.checks.filter { $0.kind == .value })
    where check.status == .failed {
      guard let printed = check.printed else { continue }
      add(quote, Array(run.transcript.output[printed]), to: &blocks)
    }
  }

  /// Several numbers may stand on one line, and several programs quote one.
  private mutating func add(
    _ quote: QuotedNumber, _ printed: [UInt8], to blocks: inout [Int: Block]
  ) {
    let place = quote.number
    guard DecimalNumber(printed) != nil else {
      let line = String(decoding: printed, as: UTF8.self)
      return refuse(place.line, place.column, .notFinite(line: line))
    }
    let tolerance = Tolerance(relative: quote.relativeTolerance, absolute: quote.absoluteTolerance)
    let text = NumberRewriting.rewrite(Array(place.text.utf8), as: printed, tolerance)
    let start = file.start(of: place)
    let line = file.lines[place.line - 1]
    let old = String(decoding: source[line.start..<line.end], as: UTF8.self)
    let range = (start - line.start)..<(start - line.start + place.text.utf8.count)
    let edit = FileEdit(
      range: start..<(start + place.text.utf8.count), bytes: text,
      change: Change(line: place.line, old: old, new: replacing(old, range, by: text)))
    var block = blocks[place.line] ?? Block(line: place.line, column: place.column, edits: [])
    guard !block.edits.contains(where: { $0.range == edit.range }) else { return }
    block.edits.append(edit)
    block.edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    blocks[place.line] = block
  }

  private mutating func refuse(_ line: Int, _ column: Int, _ problem: UpdateProblem) {
    let location = Location(path: path, line: line, column: column)
    refusals.append(Refusal(location: location, problem: problem))
  }

  /// The blocks that match with their edits; refuses the others.
  private mutating func holding(
    _ blocks: [Block], _ chapter: Chapter, _ runs: [String: Run]
  ) throws(Fault) -> [Block] {
    if blocks.isEmpty { return [] }
    if try holds(replaced(blocks), Set(blocks.map(\.line)), chapter, runs) { return blocks }
    if blocks.count == 1 {
      refuse(blocks[0].line, blocks[0].column, .unwritable)
      return []
    }
    let middle = blocks.count / 2
    return try holding(Array(blocks[..<middle]), chapter, runs)
      + holding(Array(blocks[middle...]), chapter, runs)
  }

  private func replaced(_ blocks: [Block]) -> [UInt8] {
    var result: [UInt8] = []
    var start = 0
    for edit in blocks.flatMap(\.edits) {
      result += source[start..<edit.range.lowerBound]
      result += edit.bytes
      start = edit.range.upperBound
    }
    return result + source[start...]
  }

  /// Whether the new file has the same fences, and the blocks rewritten in it match.
  private func holds(
    _ bytes: [UInt8], _ blocks: Set<Int>, _ chapter: Chapter, _ runs: [String: Run]
  ) throws(Fault) -> Bool {
    guard bytes.count <= Chapter.sizeLimit else { return false }
    let new = Chapter(path: path, bytes: bytes, readsPlainCode: chapter.readsPlainCode)
    guard new.fences.map(\.info) == chapter.fences.map(\.info),
      new.programs.map(\.expectations.count) == chapter.programs.map(\.expectations.count),
      new.programs.map(\.quotedNumbers.count) == chapter.programs.map(\.quotedNumbers.count)
    else { return false }
    for (fence, old) in zip(new.fences, chapter.fences)
    where !blocks.contains(old.line) && fence.content.string != old.content.string {
      return false
    }
    for (program, old) in zip(new.programs, chapter.programs) where old.exercise == nil {
      let places = old.expectations.map(\.line) + old.quotedNumbers.map(\.number.line)
      guard let transcript = runs[program.name]?.transcript, places.contains(where: blocks.contains)
      else { continue }
      let checks = try check(program, transcript).checks
      for (check, line) in zip(
        checks.filter { $0.kind == .output } + checks.filter { $0.kind == .value }, places)
      where blocks.contains(line) && check.status == .failed {
        return false
      }
    }
    return true
  }

  // MARK: - Bytes

  private func fileEdits(_ update: BlockUpdate, _ fence: Fence) -> [FileEdit] {
    let prefix = file.prefix(of: fence, update.lines)
    return update.edits.map { edit in
      switch edit {
      case .number(let index, let range, let text):
        let line = update.lines[index]
        let start = file.start(of: line)
        let change = replacing(line.text, range, by: text)
        return FileEdit(
          range: (start + range.lowerBound)..<(start + range.upperBound), bytes: text,
          change: Change(line: line.line, old: line.text, new: change))
      case .replace(let index, let text):
        let line = update.lines[index]
        // A blank line may lack the prefix, and a tab can be in it only as a whole.
        let isWhole = line.text.isEmpty || text.isEmpty || file.beginsInTab(line)
        let start = isWhole ? file.lines[line.line - 1].first : file.start(of: line)
        return FileEdit(
          range: start..<(file.start(of: line) + line.text.utf8.count),
          bytes: isWhole ? file.joined(prefix, text) : text,
          change: Change(
            line: line.line, old: line.text, new: String(decoding: text, as: UTF8.self)))
      case .remove(let index):
        let line = update.lines[index]
        return FileEdit(
          range: file.lines[line.line - 1].first..<file.start(ofLine: line.line + 1), bytes: [],
          change: Change(line: line.line, old: line.text, new: nil))
      case .insert(let index, let text):
        let number =
          index < update.lines.count
          ? update.lines[index].line : (update.lines.last?.line ?? fence.line) + 1
        let start = file.start(ofLine: number)
        // Behind a last line without an end, that end comes first.
        let isOpen = start == source.count && file.lines.last?.end == source.count
        let end = file.lineEnd(of: fence)
        return FileEdit(
          range: start..<start,
          bytes: isOpen ? end + file.joined(prefix, text) : file.joined(prefix, text) + end,
          change: Change(line: number, old: nil, new: String(decoding: text, as: UTF8.self)))
      }
    }
  }

  private func replacing(_ text: String, _ range: Range<Int>, by new: [UInt8]) -> String {
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(range, with: new)
    return String(decoding: bytes, as: UTF8.self)
  }
}
