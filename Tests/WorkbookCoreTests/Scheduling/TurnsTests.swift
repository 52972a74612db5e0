import Testing

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct TurnsTests {
  private actor Counts {
    private var now = 0
    private(set) var most = 0
    private(set) var all = 0

    func begin() {
      (now, all) = (now + 1, all + 1)
      most = max(most, now)
    }

    func end() { now -= 1 }
  }

  @Test func `no more than so many go on at a time, and all have their turn`() async throws {
    let turns = Turns(count: 2)
    let counts = Counts()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask {
          try await turns.wait()
          await counts.begin()
          try await Task.sleep(for: .milliseconds(1))
          await counts.end()
          turns.end()
        }
      }
      try await group.waitForAll()
    }
    #expect(await counts.most == 2)
    #expect(await counts.all == 50)
  }

  @Test func `who gives up while waiting has no turn, and takes none from another`() async throws {
    let turns = Turns(count: 1)
    try await turns.wait()
    let waiting = (0..<20).map { _ in Task { try await turns.wait() } }
    for task in waiting.dropLast() { task.cancel() }
    for task in waiting.dropLast() {
      await #expect(throws: Fault.cancelled) { try await task.value }
    }
    turns.end()
    try await waiting[19].value
    // One that was cancelled before it asks.
    let early = Task {
      while !Task.isCancelled { await Task.yield() }
      try await turns.wait()
    }
    early.cancel()
    await #expect(throws: Fault.cancelled) { try await early.value }
    turns.end()
    try await turns.wait()
  }
}
