#if os(Linux)
  import Foundation

  /// A call as the kernel shows it, and what its arguments point to.
  struct ShownCall {
    /// The thread that makes it, as the launcher knows it.
    var thread: pid_t
    var number: Int
    var arguments: [UInt64]

    /// As a whole number of C's.
    func int(_ index: Int) -> Int32 { Int32(truncatingIfNeeded: arguments[index]) }

    // MARK: The thread's memory

    struct Address {
      var host: String
      var port: Int
      var isAnyPortHere: Bool { host == "127.0.0.1" && port == 0 }
    }

    /// nil where it is none of the internet's.
    func address(at address: UInt64, count: UInt64) -> Address? {
      guard let bytes = memory(address, Int(clamping: min(count, 28))), bytes.count >= 8 else {
        return nil
      }
      let port = Int(bytes[2]) << 8 | Int(bytes[3])
      var text = [CChar](repeating: 0, count: 64)
      switch Int32(bytes[0]) | Int32(bytes[1]) << 8 {
      case AF_INET:
        _ = bytes.withUnsafeBytes { inet_ntop(AF_INET, $0.baseAddress! + 4, &text, 64) }
        return Address(host: Self.text(text), port: port)
      case AF_INET6 where bytes.count >= 24:
        _ = bytes.withUnsafeBytes { inet_ntop(AF_INET6, $0.baseAddress! + 8, &text, 64) }
        return Address(host: "[\(Self.text(text))]", port: port)
      default: return nil
      }
    }

    private static func text(_ characters: [CChar]) -> String {
      String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// That of a `msghdr`, or of the first of several; nil where it is none of the internet's.
    func messageAddress(at address: UInt64) -> Address? {
      guard let header = memory(address, 16), header.count == 16 else { return nil }
      return self.address(at: Self.number(header[..<8]), count: Self.number(header[8..<12]))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    func string(at address: UInt64) -> String? {
      // A page at a time: the next one may not be there.
      var bytes: [UInt8] = []
      while bytes.count < Int(PATH_MAX) {
        let next = address &+ UInt64(bytes.count)
        guard let chunk = memory(next, Int(4096 - next % 4096)) else { return nil }
        bytes += chunk.prefix { $0 != 0 }
        if chunk.contains(0) { return String(decoding: bytes, as: UTF8.self) }
      }
      return nil
    }

    /// The words of a `timespec` of access and one of change; nil where they cannot be read.
    func times(at address: UInt64) -> [Int]? {
      if address == 0 { return [0, SystemCall.now, 0, SystemCall.now] }
      guard let bytes = memory(address, 32), bytes.count == 32 else { return nil }
      return stride(from: 0, to: 32, by: 8).map {
        Int(truncatingIfNeeded: Self.number(bytes[$0..<$0 + 8]))
      }
    }

    private func memory(_ address: UInt64, _ count: Int) -> [UInt8]? {
      let descriptor = open("/proc/\(thread)/mem", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0, count > 0 else { return nil }
      defer { close(descriptor) }
      var bytes = [UInt8](repeating: 0, count: count)
      let read = pread(descriptor, &bytes, count, off_t(truncatingIfNeeded: address))
      return read > 0 ? Array(bytes.prefix(read)) : nil
    }
  }
#endif
