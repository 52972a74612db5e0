import Foundation

/// A listening socket on 127.0.0.1, and on no other address.
package final class LocalListener: Sendable {
  package let port: Int
  private let descriptor: Int32

  /// - Parameter port: 0 for any that is free.
  package init(port: Int) throws(Fault) {
    let doing = "listen on 127.0.0.1:\(port)"
    let descriptor = streamSocket()
    guard descriptor >= 0 else { throw .lastError(doing: doing) }
    var address = loopback(port)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    // What an earlier server's connections left behind may linger for a minute.
    var isOn: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
    let isListening = withUnsafeMutablePointer(to: &address) {
      // The system's calls take the address as the general one; it lives for the call.
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isListening else {
      defer { close(descriptor) }
      throw .lastError(doing: doing)
    }
    self.descriptor = descriptor
    self.port = Int(in_port_t(bigEndian: address.sin_port))
  }

  deinit { close(descriptor) }

  /// The next connection; nil where none comes within `seconds`.
  package func accept(within seconds: Double) -> LocalConnection? {
    var wish = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&wish, 1, Int32(seconds * 1000)) > 0 else { return nil }
    let connection = acceptConnection(descriptor)
    // Where no descriptor is left, others have to end first.
    if connection < 0 { usleep(10_000) }
    return connection < 0 ? nil : LocalConnection(connection)
  }
}

/// The address of a port of this machine's that no other machine reaches.
private func loopback(_ port: Int) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = in_port_t(port).bigEndian
  address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
  return address
}

/// One end of a connection; it is closed with this object.
package final class LocalConnection: Sendable {
  private let descriptor: Int32

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    // What is written goes out at once: otherwise every second part waits 40 ms for word of the first.
    var isOn: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
  }

  /// A connection to who listens at the port on 127.0.0.1.
  package init(to port: Int) throws(Fault) {
    descriptor = streamSocket()
    var address = loopback(port)
    // The system's calls take the address as the general one; it lives for the call.
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { [descriptor] in
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { throw .lastError(doing: "connect to 127.0.0.1:\(port)") }
  }

  deinit { close(descriptor) }

  /// Waits for more to read, `seconds` at the most.
  package func isReadable(within seconds: Double) -> Bool {
    var wish = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wish, 1, Int32(max(0, seconds) * 1000)) > 0
  }

  /// What has come, up to `count` bytes; empty at the end.
  package func read(upTo count: Int) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0 && errno == EINTR { continue }
      return Array(buffer[..<max(0, count)])
    }
  }

  /// Whether the other end is this user's own, too; where the system tells of all connections, one that it
  /// does not tell of is not.
  package var isOwn: Bool {
    guard let here = address(getsockname), let there = address(getpeername) else { return false }
    return isOwnConnection(from: there, to: here)
  }

  private func address(
    _ end: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
  ) -> sockaddr_in? {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    // The system's calls take the address as the general one; it lives for the call.
    let isKnown = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { end(descriptor, $0, &length) == 0 }
    }
    return isKnown ? address : nil
  }

  /// Tells the other side that no more comes.
  package func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Whether the other side has gone, also where it left something unread.
  package var isClosed: Bool {
    var wish = pollfd(fd: descriptor, events: hungUp, revents: 0)
    return poll(&wish, 1, 0) > 0 && wish.revents & (hungUp | Int16(POLLHUP | POLLERR)) != 0
  }

  /// False where the other side does not take it within `seconds`.
  package func write(_ bytes: some Sequence<UInt8>, within seconds: Double = 10) -> Bool {
    var rest = Array(bytes)[...]
    let end = ContinuousClock.now + .seconds(seconds)
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, sendFlags | Int32(MSG_DONTWAIT))
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN || errno == EWOULDBLOCK {
        var wish = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard ContinuousClock.now < end, poll(&wish, 1, 100) >= 0 || errno == EINTR else {
          return false
        }
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
