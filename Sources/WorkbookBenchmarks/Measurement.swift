import Foundation
import NDArrays

/// Some work that can be timed, and its like elsewhere.
struct Work {
  let name: String
  /// The fastest that the machine could do it once, in seconds.
  let limit: Double
  /// What the peer does once, as a line for it.
  let peerCommand: String
  /// How often it is done in a round.
  let repetitions: Int
  /// Makes ready, and returns what is to be timed.
  let prepare: () -> () -> Void
}

/// How long some work took.
struct Measurement {
  let name: String
  /// The median over all rounds, in seconds.
  let seconds: Double
  let limit: Double
  /// The peer's median, in seconds.
  let peerSeconds: Double?
  /// The median of the rounds' ratios: what slows a round down slows both sides of it down.
  let ratio: Double?
}

/// Does some work in rounds, in turn with its peer.
///
/// The median counts, or of rounds a hundredth as long and a hundred times as many, the fastest
/// fiftieth: those that nobody else on the machine was in the way of. On one thread it is the time of the
/// processor that is measured, here and there, from which others on the machine take nothing away.
func measure(_ work: Work, rounds: Int, isBest: Bool, peer: Peer?) -> Measurement {
  let clock = getNumThreads() == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC
  let parts = isBest ? 100 : 1
  let repetitions = max(1, work.repetitions / parts)
  var own: [Double] = []
  var theirs: [Double] = []
  for _ in 0..<rounds {
    let step = work.prepare()
    step()
    for _ in 0..<parts {
      let start = seconds(of: clock)
      for _ in 0..<repetitions { step() }
      own.append((seconds(of: clock) - start) / Double(repetitions))
    }
    if let seconds = peer?.run("\(work.repetitions) \(work.peerCommand)") {
      theirs.append(seconds)
      // A peer's threads spin a while after their work; Intel's and GNU's OpenMP up to 200 ms.
      if getNumThreads() > 1 { usleep(250_000) }
    }
  }
  let ratios = zip(own, theirs).map { $1 / $0 }
  return Measurement(
    name: work.name, seconds: isBest ? own.sorted()[own.count / 50] : median(own),
    limit: work.limit, peerSeconds: theirs.isEmpty ? nil : median(theirs),
    ratio: ratios.isEmpty ? nil : median(ratios))
}

private func seconds(of clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// How often work of some seconds is to be done in a round.
func repetitions(_ seconds: Double) -> Int { max(1, Int(0.1 / seconds)) }
