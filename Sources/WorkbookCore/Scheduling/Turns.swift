import Synchronization
import WorkbookSystem

/// Lets so many go on at a time; the others wait, those who came first in front.
final class Turns: Sendable {
  private struct State {
    var free: Int
    var lastNumber = 0
    var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    /// Those that gave up before they had begun to wait.
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>

  init(count: Int) { state = Mutex(State(free: count)) }

  /// Waits for a turn, which `end` gives back; throws `Fault.cancelled` when the task is cancelled, and
  /// then has none.
  func wait() async throws(Fault) {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    let hasTurn = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer: Bool? = state.withLock { state in
          if state.cancelled.remove(number) != nil { return false }
          if state.free > 0 {
            state.free -= 1
            return true
          }
          state.waiting.append((number, continuation))
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let continuation: CheckedContinuation<Bool, Never>? = state.withLock { state in
        if let index = state.waiting.firstIndex(where: { $0.number == number }) {
          return state.waiting.remove(at: index).continuation
        }
        state.cancelled.insert(number)
        return nil
      }
      continuation?.resume(returning: false)
    }
    // Cancelled in time or too late for it: nothing of it stays.
    state.withLock { _ = $0.cancelled.remove(number) }
    guard hasTurn else { throw .cancelled }
  }

  func end() {
    let next: CheckedContinuation<Bool, Never>? = state.withLock { state in
      if state.waiting.isEmpty {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst().continuation
    }
    next?.resume(returning: true)
  }
}
