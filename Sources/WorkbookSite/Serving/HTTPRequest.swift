import Foundation
import WorkbookSystem

/// A request of HTTP/1.1 (RFC 9112), as far as a page of ours makes one.
struct HTTPRequest: Hashable, Sendable {
  enum Method: String { case get = "GET", post = "POST" }

  var method: Method
  /// With its percent escapes resolved, and without its query.
  var path: String
  var query: [String: String]
  /// By their names in lower case.
  var headers: [String: String]
  var body: [UInt8] = []
  /// Whether it may come from another user of the machine.
  var isOfOthers = false

  /// More is refused.
  static let mostHeaderBytes = 16 << 10
  static let mostBodyBytes = 4 << 20

  /// What is wrong with a request, as the status to answer with.
  enum Problem: Int, Error {
    case malformed = 400
    case unknownMethod = 405
    case noLength = 411
    case bodyTooLarge = 413
    case headerTooLarge = 431
    case otherVersion = 505
  }

  /// Reads what stands before the empty line, without that.
  init(head: [UInt8]) throws(Problem) {
    guard head.allSatisfy({ $0 == 9 || $0 == 10 || $0 == 13 || $0 >= 0x20 && $0 != 0x7F }) else {
      throw .malformed
    }
    var lines = String(decoding: head, as: UTF8.self)
      .split(separator: "\r\n", omittingEmptySubsequences: false)[...]
    // A line feed alone is read as an end of the line by some and not by others.
    guard lines.allSatisfy({ !$0.utf8.contains { $0 == 10 || $0 == 13 } }) else { throw .malformed }
    let words = (lines.popFirst() ?? "").split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3 else { throw .malformed }
    guard words[2] == "HTTP/1.1" else { throw .otherVersion }
    guard let method = Method(rawValue: String(words[0])) else { throw .unknownMethod }
    self.method = method
    guard let target = Self.target(words[1]) else { throw .malformed }
    (path, query) = target
    headers = [:]
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, Self.isToken(parts[0]) else { throw .malformed }
      let name = parts[0].lowercased()
      // Which of two would count, one may not guess.
      guard headers[name] == nil else { throw .malformed }
      headers[name] = parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t"))
    }
    guard headers["host"] != nil else { throw .malformed }
    _ = try bodyLength
  }

  /// The number of bytes that follow.
  var bodyLength: Int {
    get throws(Problem) {
      guard headers["transfer-encoding"] == nil else { throw .noLength }
      guard let text = headers["content-length"] else {
        if method == .post { throw .noLength }
        return 0
      }
      guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else { throw .malformed }
      guard text.utf8.count < 10, let length = Int(text), length <= Self.mostBodyBytes else {
        throw .bodyTooLarge
      }
      return length
    }
  }

  var keepsConnection: Bool { headers["connection"]?.lowercased() != "close" }

  /// The values of the cookies of a name: others of this host may have set some, too.
  func cookies(_ name: String) -> [String] {
    (headers["cookie"] ?? "").split(separator: ";").compactMap { pair in
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name else {
        return nil
      }
      return parts[1].trimmingCharacters(in: .whitespaces)
    }
  }

  private static func target(_ text: Substring) -> (String, [String: String])? {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard text.hasPrefix("/"), !text.hasPrefix("//"), let path = parts[0].removingPercentEncoding,
      !path.utf8.contains(0)
    else { return nil }
    var query: [String: String] = [:]
    for pair in (parts.dropFirst().first ?? "").split(separator: "&") {
      let words = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let value = (words.dropFirst().first ?? "").removingPercentEncoding else { return nil }
      query[String(words[0])] = value
    }
    return (path, query)
  }

  /// What may be a header's name.
  private static func isToken(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { $0.isWordByte || "!#$%&'*+-.^`|~".utf8.contains($0) }
  }
}
