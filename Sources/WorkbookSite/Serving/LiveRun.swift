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
    let figures = RunFigures(program, in: edited, words, date: date)
    func end(_ status: LiveEvent.Status, _ text: String, _ shown: [LiveEvent] = []) {
      shown.forEach(tell)
      tell(LiveEvent(event: .ended, text: text, status: status))
    }
    if program.isBroken {
      end(.failed, words.ended(.failed), figures.all(edited.chapter.failures, nil))
      return nil
    }
    if program.isSkipped {
      end(.skipped, words.ended(.skipped))
      return nil
    }
    figures.beforeRun.forEach(tell)
    let told = Mutex<[Int: Int]>([:])
    let curves = LiveCurves()
    let result = try await runner.run(program) { [tell, words] in
      tell(LiveEvent(event: .compiling, text: words.compiling))
    } onProgress: { [tell, words] progress in
      tell(LiveEvent(event: .progress, text: words.message(of: progress)))
    } onPrinted: { [words, tell] transcript in
      if transcript.output.isEmpty { tell(LiveEvent(event: .running, text: words.running)) }
      for (line, whole) in printedSoFar(program, transcript).sorted(by: { $0.key < $1.key }) {
        guard let block = figures.block(at: line) else { continue }
        let range = whole.lowerBound..<endOfText(transcript.output, whole)
        let known = told.withLock { told in
          defer { told[line] = range.upperBound }
          return told[line]
        }
        let start = max(known ?? range.lowerBound, range.lowerBound)
        guard start < range.upperBound else { continue }
        if known ?? range.lowerBound <= range.lowerBound, let empty = figures.empty(line) {
          tell(empty)
        }
        let text = String(decoding: transcript.output[start..<range.upperBound], as: UTF8.self)
        tell(LiveEvent(event: .printed, block: block, text: text))
        if curves.isDue,
          let svg = figures.curve(
            String(decoding: transcript.output[range], as: UTF8.self), at: line)
        {
          tell(LiveEvent(event: .curve, block: block, html: svg))
        }
      }
    }
    let status: LiveEvent.Status =
      !result.failures.isEmpty ? .failed : result.status == .compiled ? .compiled : .passed
    let seconds = result.compileSeconds + (result.transcript?.seconds ?? 0)
    end(
      status, words.ended(status, after: result.isCached ? nil : seconds),
      figures.all(result.failures, result))
    return result
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

/// The curves of a program that runs are drawn again as they grow, ten times a second at the most.
private final class LiveCurves: Sendable {
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  var isDue: Bool {
    last.withLock { last in
      if let last, ContinuousClock.now - last < .milliseconds(100) { return false }
      last = .now
      return true
    }
  }
}
