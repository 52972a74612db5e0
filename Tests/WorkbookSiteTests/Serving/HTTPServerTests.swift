import Foundation
import Synchronization
import Testing

@testable import WorkbookSite
@testable import WorkbookSystem

/// The server's end of the wire, byte by byte.
@Suite struct HTTPServerTests {
  /// Runs a server while `body` speaks to it.
  static func withServer(
    _ handler: @escaping HTTPServer.Handler, _ body: @Sendable (HTTPServer) async throws -> Void
  ) async throws {
    let server = try HTTPServer(port: 0)
    server.start(handler)
    defer { server.stop() }
    try await body(server)
  }

  /// What comes back for bytes that are sent, until the server closes.
  ///
  /// On a thread of its own: one that waits may not be one of the few that the server's tasks run on.
  static func answer(_ bytes: String, from server: HTTPServer) async throws -> String {
    let connection = try LocalConnection(to: server.port)
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        _ = connection.write(Array(bytes.utf8))
        var answer: [UInt8] = []
        while connection.isReadable(within: 600) {
          let more = connection.read(upTo: 4096)
          if more.isEmpty { break }
          answer += more
        }
        continuation.resume(returning: String(decoding: answer, as: UTF8.self))
      }
    }
  }

  #if os(Linux)
    @Test func `a server knows its user's connections, and takes no other for one`() throws {
      let listener = try LocalListener(port: 0)
      let connection = try LocalConnection(to: listener.port)
      #expect(try #require(listener.accept(within: 10)).isOwn)
      withExtendedLifetime(connection) {}

      // By IPv6, the system tells of it elsewhere.
      let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = in_port_t(listener.port).bigEndian
      #expect(inet_pton(AF_INET6, "::ffff:127.0.0.1", &address.sin6_addr) == 1)
      let isConnected = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
        }
      }
      // Where there is no IPv6, there is no such way either.
      if isConnected { #expect(try !#require(listener.accept(within: 10)).isOwn) }
    }
  #endif

  static let get = "GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"

  @Test func `requests of one connection are answered in turn, also where they come at once`()
    async throws
  {
    try await Self.withServer { request, exchange in
      exchange.respond(.text("\(request.method.rawValue) \(request.path) \(request.body.count)"))
    } _: { server in
      let post = "POST /y HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc"
      let first = Self.get.replacing("Connection: close\r\n", with: "")
      let answer = try await Self.answer(first + post, from: server)
      #expect(answer.components(separatedBy: "HTTP/1.1 200 OK").count == 3)
      #expect(answer.contains("\r\n\r\nGET /x 0") && answer.hasSuffix("\r\n\r\nPOST /y 3"))
    }
  }

  @Test func `every answer forbids what a page of ours never needs`() async throws {
    try await Self.withServer { _, exchange in
      exchange.respond(.text("no\n", status: 404))
    } _: { server in
      let answer = try await Self.answer(Self.get, from: server)
      for (name, value) in HTTPResponse.guards {
        #expect(answer.contains("\r\n\(name): \(value)\r\n"))
      }
    }
  }

  @Test func `parts are sent as they come`() async throws {
    try await Self.withServer { _, exchange in
      exchange.stream(HTTPResponse())
      for part in ["one\n", "", "two\n"] { exchange.send(part) }
      exchange.finish()
    } _: { server in
      let answer = try await Self.answer(Self.get, from: server)
      #expect(answer.contains("Transfer-Encoding: chunked\r\n"))
      #expect(answer.hasSuffix("\r\n\r\n4\r\none\n\r\n4\r\ntwo\n\r\n0\r\n\r\n"))
    }
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\nHost: h\r\nX: " + String(repeating: "x", count: 20_000), 431),
    ("nonsense\r\n\r\n", 400), ("PUT / HTTP/1.1\r\nHost: h\r\n\r\n", 405),
    ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n", 413),
  ])
  func `what is no request is told so, and the connection closed`(bytes: String, status: Int)
    async throws
  {
    try await Self.withServer { _, exchange in
      exchange.respond(.text(""))
    } _: { server in
      let answer = try await Self.answer(bytes, from: server)
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
      #expect(answer.contains("Connection: close\r\n"))
    }
  }

  @Test func `who goes away cancels the work`() async throws {
    let isCancelled = Mutex(false)
    try await Self.withServer { _, exchange in
      exchange.stream(HTTPResponse())
      while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(5)) }
      isCancelled.withLock { $0 = true }
    } _: { server in
      do {
        let connection = try LocalConnection(to: server.port)
        _ = connection.write(Array(Self.get.utf8))
        while !connection.isReadable(within: 0) { try await Task.sleep(for: .milliseconds(5)) }
      }
      while !isCancelled.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
      while server.openConnections > 0 { try await Task.sleep(for: .milliseconds(5)) }
    }
  }

  @Test func `more connections than a reader needs are turned away, and later ones are not`()
    async throws
  {
    try await Self.withServer { request, exchange in
      while request.path == "/wait", !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(50))
      }
      exchange.respond(.text("yes"))
    } _: { server in
      do {
        let busy = try (0..<64).map { _ in
          let connection = try LocalConnection(to: server.port)
          _ = connection.write(Array(Self.get.replacing("/x", with: "/wait").utf8))
          return connection
        }
        while server.openConnections < 64 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await Self.answer(Self.get, from: server).hasPrefix("HTTP/1.1 503 "))
        withExtendedLifetime(busy) {}
      }
      while server.openConnections > 0 { try await Task.sleep(for: .milliseconds(5)) }
      #expect(try await Self.answer(Self.get, from: server).hasSuffix("yes"))
    }
  }

  @Test func `a port that another listens at is a fault that names it`() throws {
    let first = try HTTPServer(port: 0)
    #expect(throws: Fault.self) { try HTTPServer(port: first.port) }
  }
}
