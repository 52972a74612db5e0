import Foundation
import Synchronization
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// One run of a program on a page, told as it goes on.
struct LiveRun: Sendable {
  let edited: EditedChapter
  let words: SiteWords
  let date: String
  let tell: @Sendable (LiveEvent) -> Void

  /// Runs the program to its end; nil where it cannot be run, which is then told.
  func run(_ program: Program, by runner: LiveRunner) async throws(Fault) -> ProgramResult? {
    func end(_ result: LiveResult) { tell(LiveEvent(event: .ended, result: result)) }
    if program.isBroken {
      end(LiveResult(status: "failed", failures: edited.chapter.failures.map(failure)))
      return nil
    }
    if program.isSkipped {
      end(LiveResult(status: "skipped"))
      return nil
    }
    let told = Mutex<[Int: Int]>([:])
    let curves = LiveCurves(program, words)
    let result = try await runner.run(program) { [tell] in
      tell(LiveEvent(event: .compiling))
    } onProgress: { [tell] progress in
      tell(LiveEvent(event: .progress, text: progress.message))
    } onPrinted: { [edited, tell] transcript in
      if transcript.output.isEmpty { tell(LiveEvent(event: .running)) }
      for (line, whole) in printedSoFar(program, transcript).sorted(by: { $0.key < $1.key }) {
        guard let block = edited.block(at: line) else { continue }
        let range = whole.lowerBound..<endOfText(transcript.output, whole)
        let start = told.withLock { told in
          defer { told[line] = range.upperBound }
          return max(told[line] ?? range.lowerBound, range.lowerBound)
        }
        guard start < range.upperBound else { continue }
        let text = String(decoding: transcript.output[start..<range.upperBound], as: UTF8.self)
        tell(LiveEvent(event: .printed, block: block, text: text))
        if let svg = curves.picture(of: transcript.output[range], at: line) {
          tell(LiveEvent(event: .curve, block: block, svg: svg))
        }
      }
    }
    end(liveResult(program, result))
    return result
  }

  // MARK: - Results

  func liveResult(_ program: Program, _ result: ProgramResult) -> LiveResult {
    let expectations = Dictionary(
      program.expectations.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
    // Of blocks that its program did not get through, too.
    let soFar = result.transcript.map { printedSoFar(program, $0) } ?? [:]
    var blocks: [LiveResult.Block] = []
    for check in result.checks where check.kind == .output {
      guard let block = edited.block(at: check.line), let fence = edited.fence(at: check.line),
        let expectation = expectations[check.line]
      else { continue }
      let range = check.printed ?? soFar[check.line]
      let figure = figure(
        fence, check, expectation, range.map { shown(result.output[$0]) }, result)
      blocks.append(LiveResult.Block(block: block, html: figure.html(in: words)))
    }
    // What no block covers is shown under the last cell.
    for (line, range) in soFar where expectations[line] == nil {
      guard let block = edited.block(at: line) else { continue }
      blocks.append(LiveResult.Block(block: block, printed: shown(result.output[range])))
    }
    let isFailed = !result.failures.isEmpty
    let status = isFailed ? "failed" : result.status == .compiled ? "compiled" : "passed"
    let errors = result.failures.flatMap(result.lastErrors)
    return LiveResult(
      status: status, isCached: result.isCached,
      seconds: result.compileSeconds + (result.transcript?.seconds ?? 0), blocks: blocks,
      failures: result.failures.map(failure),
      errors: errors.isEmpty ? nil : errors.joined(separator: "\n"))
  }

  private func figure(
    _ fence: Fence, _ check: Check, _ expectation: Expectation, _ printed: String?,
    _ result: ProgramResult
  ) -> OutputFigure {
    let failures = result.failures.filter {
      (fence.line...fence.endLine).contains($0.location.line)
    }
    let verification = Verification(
      check: check, expectation: expectation, isBehindGap: result.hasGap)
    let verdict = [verification.sentence(date: date, in: words)] + failures.map(words.message)
    let isFailed = check.status == .failed
    return OutputFigure(
      expected: isFailed ? fence.text : printed ?? fence.text, printed: isFailed ? printed : nil,
      mark: failures.lazy.compactMap { OutputFigure.Mark($0, in: fence) }.first,
      status: check.status, verdict: htmlEscaped(verdict.joined(separator: " — ")),
      curve: printed.flatMap { curvePicture(of: $0, expectation, words) })
  }

  private func failure(_ failure: Failure) -> LiveResult.Failure {
    let place = edited.place(of: failure.location)
    var told = LiveResult.Failure(
      block: place?.block, row: place?.row, column: place?.column, kind: failure.kind.rawValue,
      message: words.message(of: failure))
    switch failure.problem {
    case .check(.otherNumber), .check(.noSuchLine): told.isInText = true
    default: break
    }
    return told
  }

  /// As much of it as a page can show.
  private func shown(_ printed: ArraySlice<UInt8>) -> String {
    let isWhole = printed.count <= LiveRunner.mostWatchedBytes
    return String(decoding: printed.prefix(LiveRunner.mostWatchedBytes), as: UTF8.self)
      + (isWhole ? "" : "\n…\n")
  }
}

/// Where whole characters end in a part of what is printed; the rest of the last one may be on its way.
func endOfText(_ bytes: [UInt8], _ part: Range<Int>) -> Int {
  for length in 1...3 where part.count >= length {
    let byte = bytes[part.upperBound - length]
    if byte & 0xC0 == 0x80 { continue }
    // The first of so many.
    let wanted = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
    return wanted > length ? part.upperBound - length : part.upperBound
  }
  return part.upperBound
}

/// The curves of a program that runs, drawn again as they grow, ten times a second at the most.
private final class LiveCurves: Sendable {
  private let expectations: [Int: Expectation]
  private let words: SiteWords
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  init(_ program: Program, _ words: SiteWords) {
    self.words = words
    expectations = Dictionary(
      program.expectations.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func picture(of printed: ArraySlice<UInt8>, at line: Int) -> String? {
    guard let expectation = expectations[line] else { return nil }
    let isDue = last.withLock { last in
      if let last, ContinuousClock.now - last < .milliseconds(100) { return false }
      last = .now
      return true
    }
    guard isDue else { return nil }
    return curvePicture(of: String(decoding: printed, as: UTF8.self), expectation, words)
  }
}

/// The curve of a block as SVG; nil where it has none.
func curvePicture(
  of printed: String, _ expectation: Expectation, _ words: SiteWords
) -> String? {
  let curves = Curve.curves(in: printed, name: words.curves.loss)
    .filter { expectation.isLoss || !$0.isCounted }
  return curves.isEmpty
    ? nil
    : CurvePicture(
      curves, quantity: expectation.isLoss ? words.curves.loss : words.curves.numberPrinted,
      words: words.curves
    ).inlineSVG
}
