import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// What the blocks of a page hold of a program that runs there, as HTML.
///
/// A reader's cell that is held against a solution has the solution's blocks below it.
struct RunFigures: Sendable {
  private let edited: EditedChapter
  private let program: Program
  private let words: SiteWords
  private let date: String
  /// The lines of the program's cells on the page, and its blocks by their lines: of an exercise, the reader's
  /// cell, and the blocks that it is held against.
  private let cells: [Int]
  private let expectations: [Int: Expectation]

  init(_ program: Program, in edited: EditedChapter, _ words: SiteWords, date: String) {
    self.edited = edited
    self.program = program
    self.words = words
    self.date = date
    var own = program.expectations
    if let line = program.exercise?.line {
      cells = [line]
      let index = program.cells.firstIndex { $0.line == line } ?? 0
      own.removeAll { $0.cellCount <= index }
    } else {
      cells = program.cells.filter { $0.skipReason == nil }.map(\.line)
    }
    expectations = Dictionary(own.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The block of the page that shows what is printed for one of the program's.
  func block(at line: Int) -> Int? {
    cells.contains(line) || expectations[line] != nil ? edited.block(at: line) : nil
  }

  /// Before anything is printed: what is expected.
  var beforeRun: [LiveEvent] { all([], nil) }

  /// A block of which the first is about to be printed.
  func empty(_ line: Int) -> LiveEvent? {
    expectations[line].flatMap { _ in
      let figure = OutputFigure(expected: "", verdict: words.notVerified)
      return shown(line, figure.html(in: words))
    }
  }

  /// The curve of what was printed for a block so far.
  func curve(_ printed: String, at line: Int) -> String? {
    guard let expectation = expectations[line] else { return nil }
    let curves = Curve.curves(in: printed, name: words.curves.loss)
      .filter { expectation.isLoss || !$0.isCounted }
    let quantity = expectation.isLoss ? words.curves.loss : words.curves.numberPrinted
    return curves.isEmpty
      ? nil : CurvePicture(curves, quantity: quantity, words: words.curves).inlineSVG
  }

  /// What came of the run, and of one that could not begin.
  func all(_ failures: [Failure], _ result: ProgramResult?) -> [LiveEvent] {
    // Of blocks that its program did not get through, too.
    let printed = result?.transcript.map { printedSoFar(program, $0) } ?? [:]
    let outputs = expectations.sorted { $0.key < $1.key }.map {
      line, expectation -> (Int, String) in
      let check = result?.checks.first { $0.kind == .output && $0.line == line }
      let text = (check?.printed ?? printed[line]).map { shown(result?.output[$0] ?? []) }
      return (line, figure(expectation, check, text, failures, result))
    }
    let isExercise = program.exercise != nil
    let ofCells = cells.map { line -> LiveEvent? in
      var html = printedText(printed[line].map { shown(result?.output[$0] ?? []) } ?? "")
      html += verdict(line, result)
      if isExercise {
        html += outputs.map { line, figure in
          "<figure class=\"output\" data-line=\"\(edited.block(at: line) ?? line)\" "
            + "data-program=\"\(htmlEscaped(program.name))\">\n\(figure)\n</figure>\n"
        }.joined()
      }
      if line == cells.last, let result {
        let errors = result.failures.flatMap(result.lastErrors).joined(separator: "\n")
        if !errors.isEmpty { html += "<pre class=\"errors\">\(htmlEscaped(errors))</pre>" }
      }
      let (problems, marks) = problems(failures, in: line)
      return shown(line, html, problems, marks)
    }
    return ofCells.compactMap(\.self)
      + (isExercise ? [] : outputs.compactMap { shown($0, $1) })
  }

  private func shown(
    _ line: Int, _ html: String, _ problems: String? = nil, _ marks: String? = nil
  ) -> LiveEvent? {
    edited.block(at: line).map {
      LiveEvent(event: .shown, block: $0, html: html, problems: problems, marks: marks)
    }
  }

  // MARK: - Outputs

  private func figure(
    _ expectation: Expectation, _ check: Check?, _ printed: String?, _ failures: [Failure],
    _ result: ProgramResult?
  ) -> String {
    guard let fence = edited.fence(at: expectation.line) else { return "" }
    let own = failures.filter { (fence.line...fence.endLine).contains($0.location.line) }
    func verdict(_ sentence: String) -> String {
      let sentences = [sentence] + own.map(words.message)
      return htmlEscaped(sentences.joined(separator: " — ").replacing("\n", with: " — "))
    }
    guard let check else {
      return OutputFigure(expected: fence.text, verdict: verdict(words.notVerified)).html(in: words)
    }
    let verification = Verification(
      check: check, expectation: expectation, gap: result?.gap)
    let isFailed = check.status == .failed
    return OutputFigure(
      expected: isFailed ? fence.text : printed ?? fence.text, printed: isFailed ? printed : nil,
      mark: own.lazy.compactMap { OutputFigure.Mark($0, in: fence) }.first,
      status: check.status, verdict: verdict(verification.sentence(date: date, in: words)),
      curve: printed.flatMap { curve($0, at: expectation.line) }
    ).html(in: words)
  }

  // MARK: - Cells

  /// What no block covers is shown under the last cell.
  private func printedText(_ text: String) -> String {
    "<pre class=\"printed\"><code>\(htmlEscaped(text))</code></pre>\n"
  }

  /// Of a cell that is checked by itself.
  private func verdict(_ line: Int, _ result: ProgramResult?) -> String {
    let fence = edited.fence(at: line)
    let check = result?.checks.first { check in
      SitePage.kindsOfCells.contains(check.kind)
        && fence.map { ($0.line...$0.endLine).contains(check.line) } ?? false
    }
    guard let check else { return "" }
    let sentence = Verification(check: check).sentence(date: date, in: words)
    return "<div class=\"verdict \(check.status.rawValue)\">\(htmlEscaped(sentence))</div>\n"
  }

  /// What is wrong with a cell as a list, and its lines with the bad ones marked; below the last cell, what
  /// stands outside of all blocks of the program.
  private func problems(_ failures: [Failure], in line: Int) -> (list: String, marks: String) {
    guard let fence = edited.fence(at: line) else { return ("", "") }
    let lines = fence.content.lines.map(\.text)
    var list = ""
    var messages: [Int: String] = [:]
    let own = failures.filter { (fence.line...fence.endLine).contains($0.location.line) }
    for failure in own {
      let (row, column) = fence.place(of: failure.location)
      let message = words.message(of: inPlacesOfPage(failure))
      guard lines.indices.contains(row) else {
        list += item(htmlEscaped(message))
        continue
      }
      // Of several in a row the first, which the others may follow from.
      messages[row] = messages[row] ?? String(message.prefix { $0 != "\n" })
      let start = lines[row].utf8.prefix(column)
      let place =
        lines[..<row].reduce(0) { $0 + $1.utf16.count + 1 }
        + String(decoding: start, as: UTF8.self).utf16.count
      list += item(
        "<button type=\"button\" class=\"place\" value=\"\(place)\">\(row + 1):\(column + 1)</button> "
          + htmlEscaped(message))
    }
    if line == cells.last { list += otherProblems(failures) }
    let marks = lines.enumerated().map { row, text in
      let message = messages[row].map { " bad\" data-message=\"\(htmlEscaped($0))" } ?? ""
      return "<span class=\"line\(message)\">\(htmlEscaped(text)) </span>"
    }
    return (list, own.isEmpty ? "" : marks.joined())
  }

  /// The failure with the notes of its error by the rows of its cell, as the page tells errors, or by lines
  /// of the file as the page shows it.
  private func inPlacesOfPage(_ failure: Failure) -> Failure {
    func moved(_ notes: [CompileProblem.Note]) -> [CompileProblem.Note] {
      notes.map { note in
        guard let location = note.location, let place = edited.place(of: location) else {
          return note
        }
        let isHere = place.block == edited.place(of: failure.location)?.block
        var moved = note
        moved.location?.line = place.row + 1 + (isHere ? 0 : place.block)
        return moved
      }
    }
    var failure = failure
    switch failure.problem {
    case .compile(.error(let text, let notes)):
      failure.problem = .compile(.error(text, notes: moved(notes)))
    case .compile(.redeclaration(let text, let notes)):
      failure.problem = .compile(.redeclaration(text, notes: moved(notes)))
    default: break
    }
    return failure
  }

  private func otherProblems(_ failures: [Failure]) -> String {
    let others = failures.filter { failure in
      edited.fence(at: failure.location.line).map { block(at: $0.line) == nil } ?? true
    }
    func items(_ failures: [Failure]) -> String {
      failures.map { item(htmlEscaped(words.message(of: inPlacesOfPage($0)))) }.joined()
    }
    // Of an experiment, the numbers in the text around it are no news.
    let quoted = others.filter(\.isOfQuotedNumber)
    let details =
      quoted.isEmpty
      ? ""
      : item(
        "<details><summary>\(htmlEscaped(words.quoted(quoted.count)))</summary>"
          + "<ul>\(items(quoted))</ul></details>")
    return items(others.filter { !$0.isOfQuotedNumber }) + details
  }

  private func item(_ html: String) -> String { "<li>\(html)</li>" }

  /// As much of it as a page can show.
  private func shown(_ printed: ArraySlice<UInt8>) -> String {
    let most = LiveRunner.mostWatchedBytes
    return String(decoding: printed.prefix(most), as: UTF8.self)
      + (printed.count <= most ? "" : "\n\(words.cut(after: most, of: printed.count))\n")
  }
}

extension Failure {
  /// Whether it is a number in prose that the program prints otherwise.
  fileprivate var isOfQuotedNumber: Bool {
    switch problem {
    case .check(.otherNumber), .check(.noSuchLine): true
    default: false
    }
  }
}
