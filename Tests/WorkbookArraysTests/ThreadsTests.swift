import Synchronization
import Testing

@testable import WorkbookArrays

@Suite(.serialized)
struct ThreadsTests {
  @Test(arguments: [1, 2, 3, 8])
  func `every piece is done once, with more and with fewer threads than cores`(threads: Int) {
    let before = threadCount
    defer { threadCount = before }
    threadCount = threads
    for pieces in [0, 1, 2, 7, 100] {
      let counts = (0..<pieces).map { _ in Counter() }
      for _ in 0..<200 {
        inParallel(pieces: pieces) { counts[$0].count.add(1, ordering: .relaxed) }
      }
      #expect(counts.allSatisfy { $0.count.load(ordering: .relaxed) == 200 })
    }
  }

  @Test(arguments: [0, 1, 31, 32, 33, 1000, 100_003])
  func `ranges cover all and do not overlap`(count: Int) {
    let sum = Counter()
    let covered = Counter()
    inParallel(count, grain: 16) { range in
      sum.count.add(range.reduce(0, +), ordering: .relaxed)
      covered.count.add(range.count, ordering: .relaxed)
    }
    #expect(covered.count.load(ordering: .relaxed) == count)
    #expect(sum.count.load(ordering: .relaxed) == count * (count - 1) / 2)
  }

  @Test
  func `a call inside a call runs on its own thread`() {
    let counter = Counter()
    inParallel(pieces: 4) { _ in
      inParallel(pieces: 4) { _ in counter.count.add(1, ordering: .relaxed) }
    }
    #expect(counter.count.load(ordering: .relaxed) == 16)
  }

  @Test
  func `work after a sleep still finds its threads`() async throws {
    let counter = Counter()
    inParallel(pieces: 4) { _ in counter.count.add(1, ordering: .relaxed) }
    try await Task.sleep(for: .milliseconds(20))
    inParallel(pieces: 4) { _ in counter.count.add(1, ordering: .relaxed) }
    #expect(counter.count.load(ordering: .relaxed) == 8)
  }
}

private final class Counter: Sendable {
  let count = Atomic(0)
}
