import Foundation
import Synchronization

/// Tells the requests of our own pages, in the browser that was given the printed address, from all
/// others: a server that runs code is spoken to by every page that its user visits.
final class RequestGuard: Sendable {
  enum Verdict: Hashable {
    case allowed
    /// It bears the token of the printed address, which is exchanged for the cookie.
    case isToBeLetIn
    case refused(Refusal)
  }

  enum Refusal: Hashable {
    /// `Host` is another: a name that was made to lead here (DNS rebinding).
    case otherHost
    case otherOrigin
    case noOrigin
    case noJSON
    case noCookie

    var status: Int {
      switch self {
      case .otherHost: 421
      case .noJSON: 415
      case .otherOrigin, .noOrigin, .noCookie: 403
      }
    }
  }

  let port: Int
  /// Of the printed address, and of the cookie: 256 bits each, in hexadecimal.
  let token = secret()
  let cookie = secret()
  /// The folder of all pages.
  ///
  /// Browsers send a cookie to every port of a host, but to no other path.
  let base = "/\(secret())/"
  /// Good once, and for nobody else: other users see the arguments of the process that opens a browser.
  let onceToken = secret()
  private let isOnceTokenUsed = Mutex(false)

  init(port: Int) { self.port = port }

  var host: String { "127.0.0.1:\(port)" }
  var origin: String { "http://\(host)" }
  /// Browsers keep cookies by host, whatever the port.
  var cookieName: String { "workbook-\(port)" }
  var address: String { "\(origin)/?token=\(token)" }
  var onceAddress: String { "\(origin)/?token=\(onceToken)" }
  var cookieHeader: String { "\(cookieName)=\(cookie); HttpOnly; SameSite=Strict; Path=\(base)" }

  func verdict(on request: HTTPRequest) -> Verdict {
    guard request.headers["host"] == host else { return .refused(.otherHost) }
    if let origin = request.headers["origin"], origin != self.origin {
      return .refused(.otherOrigin)
    }
    // What browsers say by themselves of who asks; `none` is the user, by the address or a bookmark.
    if let site = request.headers["sec-fetch-site"], !["same-origin", "none"].contains(site) {
      return .refused(.otherOrigin)
    }
    if request.method == .get, request.path == "/", let token = request.query["token"] {
      return isRight(token, request) ? .isToBeLetIn : .refused(.noCookie)
    }
    let isOurs = request.path.hasPrefix(base)
    guard isOurs, request.cookies(cookieName).contains(where: { areEqual($0, cookie) }) else {
      return .refused(.noCookie)
    }
    if request.method == .post {
      guard request.headers["origin"] != nil else { return .refused(.noOrigin) }
      guard request.headers["content-type"] == "application/json" else { return .refused(.noJSON) }
    }
    return .allowed
  }

  private func isRight(_ token: String, _ request: HTTPRequest) -> Bool {
    if areEqual(token, self.token) { return true }
    guard areEqual(token, onceToken), !request.isOfOthers else { return false }
    return isOnceTokenUsed.withLock { isUsed in
      defer { isUsed = true }
      return !isUsed
    }
  }
}

/// In a time that tells nothing of where they differ.
private func areEqual(_ a: String, _ b: String) -> Bool {
  a.utf8.count == b.utf8.count && zip(a.utf8, b.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
}

private func secret() -> String {
  var generator = SystemRandomNumberGenerator()
  return (0..<4).map { _ in
    let word = String(generator.next() as UInt64, radix: 16)
    return String(repeating: "0", count: 16 - word.count) + word
  }.joined()
}
