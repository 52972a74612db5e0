import Foundation
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// `workbook docs --preview`, as an author leaves it running.
@Suite struct PreviewTests {
  /// A port of the loopback that nobody listens at.
  private static func freePort() throws -> UInt16 {
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET, stream, 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    // The system's calls take the address as the general one; it lives for the call.
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    try #require(isBound)
    return UInt16(bigEndian: address.sin_port)
  }

  /// The text at an address once it contains what is waited for; nil after 60 seconds.
  private static func text(at address: URL, containing part: String) -> String? {
    for _ in 0..<600 {
      let text = (try? Data(contentsOf: address)).map { String(decoding: $0, as: UTF8.self) }
      if let text, text.contains(part) { return text }
      Thread.sleep(forTimeInterval: 0.1)
    }
    return nil
  }

  @Test func `the site is served, made anew when a chapter is saved, and gone after Control-C`()
    throws
  {
    let copy = try CaseCopy(of: "translation")
    let port = try Self.freePort()
    let process = Process()
    process.executableURL = builtFolder.appending(path: "workbook")
    process.arguments = ["docs", "chapters", "--preview", "--port", String(port)]
    process.currentDirectoryURL = copy.url
    var environment = ProcessInfo.processInfo.environment
    environment["XDG_CACHE_HOME"] = copy.url.appending(path: ".cache").path
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer { if process.isRunning { process.terminate() } }

    let address = try #require(
      URL(string: "http://127.0.0.1:\(port)/data/documentation/book/zh-b.json"))
    #expect(Self.text(at: address, containing: "词语") != nil)
    let chapter = copy.url.appending(path: "chapters/zh/b.md")
    let words = try String(contentsOf: chapter, encoding: .utf8)
    try Data(words.replacing("# 词语", with: "# 新词").utf8).write(to: chapter)
    #expect(Self.text(at: address, containing: "新词") != nil)

    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(throws: (any Error).self) { try Data(contentsOf: address) }
  }
}
