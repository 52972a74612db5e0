import Foundation
import Synchronization
import WorkbookSystem

/// A server of HTTP/1.1 on 127.0.0.1, for the few tabs of one reader: each connection has a thread.
final class HTTPServer: Sendable {
  /// Answers a request by one `respond`, or by `stream` and what it is given to send parts with.
  ///
  /// Its task is cancelled when the other side goes.
  typealias Handler = @Sendable (HTTPRequest, HTTPExchange) async -> Void

  let port: Int
  private let listener: LocalListener
  private let connectionCount = Mutex(0)
  private let isStopped = Mutex(false)

  /// More at a time are answered with 503; a browser opens six to a host.
  private static let mostConnections = 64
  /// For a request to come, once it began.
  private static let requestSeconds = 10.0
  /// For the first byte of a connection, which any process of this machine can open.
  private static let firstSeconds = 5.0
  /// For the next request to begin on a connection that had one.
  private static let idleSeconds = 30.0

  /// - Parameter port: 0 for any that is free.
  init(port: Int) throws(Fault) {
    listener = try LocalListener(port: port)
    self.port = listener.port
  }

  /// Answers requests from now on, until `stop`.
  func start(_ handler: @escaping Handler) {
    // Threads of its own, and no task, wait for others: a reader who is slow keeps nobody else waiting.
    Thread.detachNewThread { [self] in
      while !isStopped.withLock({ $0 }) {
        if let connection = listener.accept(within: 0.1) { begin(connection, handler) }
      }
    }
  }

  /// Takes no more connections, and cancels the work at requests that have begun.
  func stop() { isStopped.withLock { $0 = true } }

  private func begin(_ connection: LocalConnection, _ handler: @escaping Handler) {
    let hasRoom = connectionCount.withLock { count in
      guard count < Self.mostConnections else { return false }
      count += 1
      return true
    }
    guard hasRoom else {
      let exchange = HTTPExchange()
      exchange.respond(.text("too many connections\n", status: 503))
      _ = connection.write(exchange.takePending())
      return
    }
    Thread.detachNewThread { [self] in
      serve(connection, handler)
      connectionCount.withLock { $0 -= 1 }
    }
  }

  /// The number of connections that are open.
  var openConnections: Int { connectionCount.withLock { $0 } }

  private func serve(_ connection: LocalConnection, _ handler: @escaping Handler) {
    var unread: [UInt8] = []
    var idleSeconds = Self.firstSeconds
    while true {
      let exchange = HTTPExchange()
      do throws(HTTPRequest.Problem) {
        guard var request = try read(from: connection, &unread, idleSeconds) else { return }
        idleSeconds = Self.idleSeconds
        exchange.keepsConnection = request.keepsConnection
        if !request.query.isEmpty { request.isOfOthers = !connection.isOwn }
        let task = Task { [request] in
          await handler(request, exchange)
          exchange.end()
        }
        // What is sent is written here: who does not read it holds up no task.
        var isWritten = true
        while !exchange.isOver {
          exchange.waitForMore(seconds: 0.05)
          let bytes = exchange.takePending()
          if isWritten, !bytes.isEmpty { isWritten = connection.write(bytes) }
          if !isWritten || connection.isClosed || isStopped.withLock({ $0 }) { task.cancel() }
        }
        guard isWritten, exchange.isComplete, exchange.keepsConnection else { return }
      } catch {
        exchange.keepsConnection = false
        let reason =
          error == .bodyTooLarge
          ? "this is more than a page may send at once" : "this is no request for a page"
        exchange.respond(.text(reason + "\n", status: error.rawValue))
        _ = connection.write(exchange.takePending())
        // Closed with something unread, the answer would be lost.
        connection.finishWriting()
        var left = 1 << 20
        while left > 0, connection.isReadable(within: 1) {
          let count = connection.read(upTo: 1 << 16).count
          left = count == 0 ? 0 : left - count
        }
        return
      }
    }
  }

  /// The next request; nil where none comes.
  private func read(
    from connection: LocalConnection, _ unread: inout [UInt8], _ idleSeconds: Double
  ) throws(HTTPRequest.Problem) -> HTTPRequest? {
    if unread.isEmpty {
      let end = ContinuousClock.now + .seconds(idleSeconds)
      while !connection.isReadable(within: 0.1) {
        if ContinuousClock.now >= end || isStopped.withLock({ $0 }) { return nil }
      }
    }
    let end = ContinuousClock.now + .seconds(Self.requestSeconds)
    func readMore() -> Bool {
      let left = (end - ContinuousClock.now) / .seconds(1)
      guard left > 0, connection.isReadable(within: left) else { return false }
      let bytes = connection.read(upTo: 1 << 16)
      unread += bytes
      return !bytes.isEmpty
    }
    var searched = 0
    var headEnd: Int?
    while headEnd == nil {
      headEnd = Self.emptyLine(in: unread, from: max(0, searched - 3))
      guard headEnd ?? unread.count <= HTTPRequest.mostHeaderBytes else { throw .headerTooLarge }
      searched = unread.count
      if headEnd == nil, !readMore() { return nil }
    }
    guard let headEnd else { return nil }
    var request = try HTTPRequest(head: Array(unread[..<headEnd]))
    let bodyStart = headEnd + 4
    let bodyEnd = bodyStart + (try request.bodyLength)
    while unread.count < bodyEnd {
      if !readMore() { return nil }
    }
    request.body = Array(unread[bodyStart..<bodyEnd])
    unread.removeFirst(bodyEnd)
    return request
  }

  private static func emptyLine(in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= 4, start <= bytes.count - 4 else { return nil }
    return (start...(bytes.count - 4)).first {
      bytes[$0] == 13 && bytes[$0 + 1] == 10 && bytes[$0 + 2] == 13 && bytes[$0 + 3] == 10
    }
  }
}
