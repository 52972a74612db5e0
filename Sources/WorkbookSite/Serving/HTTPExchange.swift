import Foundation
import Synchronization

/// A request's answer on its way: nothing here waits for the other side.
final class HTTPExchange: Sendable {
  private struct State {
    var keepsConnection = false
    var isComplete = false
    var hasEnded = false
    var pending: [UInt8] = []
  }

  private let state = Mutex(State())
  private let hasMore = DispatchSemaphore(value: 0)

  var keepsConnection: Bool {
    get { state.withLock { $0.keepsConnection } }
    set { state.withLock { $0.keepsConnection = newValue } }
  }

  /// Whether the answer is whole.
  var isComplete: Bool { state.withLock { $0.isComplete } }

  func respond(_ response: HTTPResponse) {
    let head = response.head(isChunked: false, keepsConnection: keepsConnection)
    add(head + response.body, completes: true)
  }

  /// Begins an answer whose body comes by `send`, up to `finish`.
  func stream(_ response: HTTPResponse) {
    add(response.head(isChunked: true, keepsConnection: keepsConnection))
  }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    if bytes.isEmpty { return }
    add(Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8))
  }

  func finish() { add(Array("0\r\n\r\n".utf8), completes: true) }

  private func add(_ bytes: [UInt8], completes: Bool = false) {
    state.withLock { state in
      state.pending += bytes
      if completes { state.isComplete = true }
    }
    hasMore.signal()
  }

  // MARK: - For the connection

  /// No more will come.
  func end() {
    state.withLock { $0.hasEnded = true }
    hasMore.signal()
  }

  /// Whether all that will come was taken.
  var isOver: Bool { state.withLock { $0.hasEnded && $0.pending.isEmpty } }

  func waitForMore(seconds: Double) { _ = hasMore.wait(timeout: .now() + seconds) }

  func takePending() -> [UInt8] {
    state.withLock { state in
      defer { state.pending = [] }
      return state.pending
    }
  }
}
