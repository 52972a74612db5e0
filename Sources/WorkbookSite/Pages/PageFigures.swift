import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// The cells and output blocks of a page, by the lines of their opening fences.
///
/// Scripts count on this markup; see `BookPage`.
struct PageFigures {
  private let page: SitePage
  private let book: SiteBook
  private let words: SiteWords
  private let idPrefix: String
  private var fences: [Int: Fence] = [:]
  /// The programs of each cell, and by their names the lines of their cells.
  private var programs: [Int: [Program]] = [:]
  private var cells: [String: [Int]] = [:]
  private let curves: [Int: [Curve]]

  init(_ page: SitePage, in book: SiteBook, idPrefix: String) {
    self.page = page
    self.book = book
    self.idPrefix = idPrefix
    words = book.words(of: page.translation?.language)
    for fence in page.chapter.fences where fence.role != .other { fences[fence.line] = fence }
    for program in page.chapter.programs {
      for cell in program.cells {
        // Another cell is told apart by the programs that the book shows.
        if program.exercise.map({ $0.line == cell.line }) ?? true {
          programs[cell.line, default: []].append(program)
        }
        cells[program.name, default: []].append(cell.line)
      }
    }
    curves = page.shownCurves
  }

  /// Nil of a fence that is neither.
  func figure(at line: Int) -> String? {
    guard let fence = fences[line], let program = fence.program else { return nil }
    return fence.role == .cell ? cell(fence, program) : output(fence, program)
  }

  // MARK: - Cells

  private func cell(_ fence: Fence, _ program: String) -> String {
    let owners = programs[fence.line] ?? []
    let kind = owners.first.map { self.kind($0, fence.line) } ?? .run
    let beginning = beginning(of: program, before: fence.line)
    let also = owners.dropFirst().map(\.name).joined(separator: " ")
    var attributes = attributes(of: fence, program)
    if let beginning { attributes += " data-continues=\"\(htmlEscaped(beginning))\"" }
    if !also.isEmpty { attributes += " data-also=\"\(htmlEscaped(also))\"" }
    if shownInHTML(fence.text) != fence.text { attributes += code(fence.text) }
    let check = page.cellChecks.first { (fence.line...fence.endLine).contains($0.line) }
    let verdict = check.map { check in
      "\n<div class=\"verdict \(check.status.rawValue)\">"
        + proof(Verification(check: check), check.program, "cell-\(fence.line)", fence.line)
        + "</div>"
    }
    return """
      <figure class="cell" id="\(idPrefix)cell-\(fence.line)"\(attributes) data-kind="\(kind.rawValue)">
      <figcaption>\(caption(fence.line, owners, beginning, kind))</figcaption>
      <pre tabindex="0"><code class="language-swift">\(SwiftColours.html(fence.content))
      </code></pre>\(verdict ?? "")
      </figure>
      """
  }

  /// What an editor holds: what is shown would be another text.
  private func code(_ text: String) -> String {
    // Strings can be written. An attribute holds in ASCII what HTML does not.
    let json = (try? JSONEncoder().encode(text)) ?? Data()
    let ascii = String(decoding: json, as: UTF8.self).unicodeScalars.map { scalar in
      scalar.isASCII && scalar.value != 0x7F
        ? String(scalar)
        : String(scalar).utf16.map { "\\u" + String(0x1_0000 + Int($0), radix: 16).dropFirst() }
          .joined()
    }
    return " data-code=\"\(htmlEscaped(ascii.joined()))\""
  }

  private func attributes(of fence: Fence, _ program: String) -> String {
    " data-line=\"\(fence.line)\" data-program=\"\(htmlEscaped(program))\""
  }

  enum Kind: String {
    case run, error, traps, skip, exercise, declares
    case noRun = "no-run"
  }

  private func kind(_ program: Program, _ line: Int) -> Kind {
    switch program.cells.first(where: { $0.line == line })?.kind {
    case .error: return .error
    case .trap: return .traps
    case .skipped: return .skip
    case .declarations: return .declares
    case .plain, nil: break
    }
    if program.exercise != nil { return .exercise }
    return program.mode == .run ? .run : .noRun
  }

  /// The program whose cells the program begins with, too.
  private func beginning(of program: String, before line: Int) -> String? {
    let lines = (cells[program] ?? []).prefix { $0 < line }
    return lines.compactMap { fences[$0]?.program }.last { $0 != program }
  }

  /// The program's name, where its other cells are, and what is meant to go wrong.
  private func caption(
    _ line: Int, _ owners: [Program], _ beginning: String?, _ kind: Kind
  ) -> String {
    let names = owners.map { words.name(ofProgram: $0.name) }.joined(separator: ", ")
    var parts = ["<a href=\"#\(idPrefix)cell-\(line)\">\(htmlEscaped(names))</a>"]
    if let beginning { parts.append(htmlEscaped(words.continues(beginning))) }
    let lines = (owners.first.flatMap { cells[$0.name] } ?? []).filter(page.shownFences.contains)
    if lines.count > 1, let index = lines.firstIndex(of: line) {
      func link(_ line: Int?, _ mark: String, _ label: String) -> String {
        line.map {
          "<a href=\"#\(idPrefix)cell-\($0)\" aria-label=\"\(htmlEscaped(label))\">\(mark)</a>"
        } ?? ""
      }
      let previous = index > 0 ? lines[index - 1] : nil
      let next = index + 1 < lines.count ? lines[index + 1] : nil
      let places = [
        link(previous, "←", words.previousCell), "\(index + 1)/\(lines.count)",
        link(next, "→", words.nextCell),
      ]
      parts.append(places.filter { !$0.isEmpty }.joined(separator: " "))
    }
    switch kind {
    case .run, .exercise, .declares: break
    case .error: parts.append("<strong>\(words.meantNotToCompile)</strong>")
    case .traps: parts.append("<strong>\(words.meantToTrap)</strong>")
    case .noRun: parts.append(words.onlyCompiled)
    case .skip: parts.append(words.leftOut)
    }
    return parts.joined(separator: " · ")
  }

  // MARK: - Output

  private func output(_ fence: Fence, _ program: String) -> String {
    var figure = OutputFigure(expected: fence.text)
    if let output = page.outputs[fence.line] {
      figure.status = output.check?.status ?? .skipped
      if figure.status == .failed {
        figure.printed = output.printed
        figure.mark =
          page.failures.lazy
          .filter { (fence.line...fence.endLine).contains($0.location.line) }
          .compactMap { OutputFigure.Mark($0, in: fence) }.first
      }
      figure.verdict = proof(
        Verification(
          check: output.check, expectation: output.expectation, gap: output.gap),
        output.program, "output-\(fence.line)", fence.line)
      figure.curve = curves[fence.line].map { curves in
        CurvePicture(
          curves, quantity: output.isLoss ? words.curves.loss : words.curves.numberPrinted,
          words: words.curves
        ).inlineSVG
      }
    }
    return """
      <figure class="output" id="\(idPrefix)output-\(fence.line)"\(attributes(of: fence, program))>
      \(figure.html(in: words))
      </figure>
      """
  }

  /// What the run said, and how to repeat it.
  private func proof(
    _ verification: Verification, _ program: String, _ id: String, _ line: Int
  ) -> String {
    var facts: [String] = []
    if let error = verification.check?.maxAbsoluteError {
      facts.append(
        error == 0
          ? words.offByNothing
          : words.off(
            by: short(error), relative: verification.check?.maxRelativeError.map { short($0) }))
    }
    facts += book.proofFacts(in: words)
    let command = commandToRepeat(program, of: page.chapter.path)
    return """
      <details><summary>\(htmlEscaped(verification.sentence(date: book.date, in: words)))</summary>
      \(facts.map(htmlEscaped).joined(separator: " · ")) <code>\(htmlEscaped(command))</code> \
      <a href="#\(idPrefix)\(id)">\(htmlEscaped(words.line(line)))</a></details>
      """
  }

  // MARK: - Failures

  /// What is wrong with the chapter, below its title; nothing where it passed.
  var failures: String {
    guard !page.failures.isEmpty else { return "" }
    let items = page.failures.map { failure in
      let line = failure.location.line
      let place = "\(failure.location.path):\(line):\(failure.location.column)"
      let fence = fences.values.first {
        ($0.line...$0.endLine).contains(line) && page.shownFences.contains($0.line)
      }
      let shown = fence.map {
        "<a href=\"#\(idPrefix)\($0.role == .cell ? "cell" : "output")-\($0.line)\">\(htmlEscaped(place))</a>"
      }
      return "<li>\(shown ?? htmlEscaped(place)): \(htmlEscaped(words.message(of: failure)))</li>\n"
    }
    return """
      <div class="failed"><p>\(htmlEscaped(words.failure(date: book.date)))</p>
      <ul>
      \(items.joined())</ul></div>

      """
  }
}
